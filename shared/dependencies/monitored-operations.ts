import { domainsOfOperation } from "../pipeline/operation-domains.ts";
import { matchesWildcard } from "../rules/wildcard.ts";
import type { OperationSummary } from "../spec/model.ts";
import type { Dependency } from "./dependency.ts";

/** Whether a dependency is about an operation: in `partial` mode those of its filtered domains and endpoints are. */
export const monitors = (
  filter: Pick<Dependency, "monitoringMode" | "filteredDomains" | "filteredEndpoints">,
  operation: OperationSummary,
): boolean =>
  filter.monitoringMode === "full" ||
  domainsOfOperation(operation).some((domain) => filter.filteredDomains.includes(domain)) ||
  filter.filteredEndpoints.some((pattern) => matchesWildcard(pattern, `${operation.method} ${operation.path}`));
