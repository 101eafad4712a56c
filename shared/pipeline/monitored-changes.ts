import type { Dependency } from "../dependencies/dependency.ts";
import type { ChangeSet, Finding, OperationRef } from "../diff/change-set.ts";
import { groupByCause } from "../rules/causes.ts";
import { countsOf } from "../rules/compare-models.ts";
import { matchesWildcard } from "../rules/wildcard.ts";
import type { OperationSummary } from "../spec/model.ts";
import { domainsOfOperation } from "./operation-domains.ts";

type MonitoringFilter = Pick<Dependency, "monitoringMode" | "filteredDomains" | "filteredEndpoints">;

/**
 * What a dependency wants to hear of a change set. In `partial` mode that is the changes which reach an operation of a
 * filtered domain (a tag, or the first path segment) or endpoint (`GET /v1/*`), and those of the whole document. Level,
 * summary and reach of a cause are then those of the changes that are left. The snapshot keeps every operation.
 *
 * @param operations those of both documents: a removed operation has its domain in the older one
 */
export const monitoredChanges = (
  changeSet: ChangeSet,
  filter: MonitoringFilter,
  operations: readonly OperationSummary[],
): ChangeSet => {
  if (filter.monitoringMode === "full") return changeSet;
  const domains = new Set(filter.filteredDomains);
  const isOfDomain = (operation: OperationSummary) => domainsOfOperation(operation).some((one) => domains.has(one));
  const inDomain = new Set(operations.filter(isOfDomain).map(nameOf));
  const isMonitored = (operation: OperationRef): boolean =>
    inDomain.has(nameOf(operation)) ||
    filter.filteredEndpoints.some((pattern) => matchesWildcard(pattern, nameOf(operation)));
  const reaches = ({ affectedOperations }: Finding): boolean =>
    affectedOperations.length === 0 || affectedOperations.some(isMonitored);

  const findings = changeSet.findings.filter(reaches);
  const causes = groupByCause(findings, new Map(changeSet.causes.map(({ key, scope }) => [key, scope])));
  return { ...changeSet, findings, causes, counts: countsOf(findings, causes) };
};

const nameOf = ({ method, path }: OperationRef): string => `${method} ${path}`;
