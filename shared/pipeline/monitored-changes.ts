import type { Dependency } from "../dependencies/dependency.ts";
import type { Cause, ChangeSet, Finding, OperationRef } from "../diff/change-set.ts";
import type { OperationSummary } from "../spec/model.ts";

type MonitoringFilter = Pick<Dependency, "monitoringMode" | "filteredDomains" | "filteredEndpoints">;

/**
 * What a dependency wants to hear of a change set. In `partial` mode that is the changes which reach an operation of a
 * filtered domain (a tag, or the first path segment) or endpoint (`GET /v1/*`), and those of the whole document. The
 * snapshot keeps every operation.
 *
 * @param operations those of both documents: a removed operation has its domain in the older one
 */
export const monitoredChanges = (
  changeSet: ChangeSet,
  filter: MonitoringFilter,
  operations: readonly OperationSummary[],
): ChangeSet => {
  if (filter.monitoringMode === "full") return changeSet;
  const endpoints = filter.filteredEndpoints.map(endpointPattern);
  const domains = new Set(filter.filteredDomains);
  const inDomain = new Set(operations.filter(isOf(domains)).map(nameOf));
  const isMonitored = (operation: OperationRef): boolean =>
    inDomain.has(nameOf(operation)) || endpoints.some((pattern) => pattern.test(nameOf(operation)));
  const reaches = ({ affectedOperations }: Finding): boolean =>
    affectedOperations.length === 0 || affectedOperations.some(isMonitored);

  const kept = new Map(
    [...changeSet.findings.entries()].filter(([, finding]) => reaches(finding)).map(([old], index) => [old, index]),
  );
  const findings = changeSet.findings.filter((_, index) => kept.has(index));
  const causes = changeSet.causes.flatMap((cause): Cause[] => {
    const own = cause.findings.flatMap((index) => kept.get(index) ?? []);
    return own.length === 0 ? [] : [{ ...cause, findings: own }];
  });
  const count = (level: Finding["level"]): number => findings.filter((finding) => finding.level === level).length;
  return {
    ...changeSet,
    findings,
    causes,
    counts: {
      breaking: count("breaking"),
      risky: count("risky"),
      safe: count("safe"),
      total: findings.length,
      causes: causes.length,
    },
  };
};

const nameOf = ({ method, path }: OperationRef): string => `${method} ${path}`;

const isOf =
  (domains: ReadonlySet<string>) =>
  ({ domain, tags, path }: OperationSummary): boolean =>
    domains.has(domain) || tags.some((tag) => domains.has(tag)) || domains.has(path.split("/")[1] ?? "");

/** `GET /v1/*`: `*` stands for anything, in the method too. */
const endpointPattern = (endpoint: string): RegExp =>
  new RegExp(`^${endpoint.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
