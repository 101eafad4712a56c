import type { Dependency } from "../dependencies/dependency.ts";
import type { ChangeSet, Finding, OperationRef } from "../diff/change-set.ts";
import { groupByCause } from "../rules/causes.ts";
import type { OperationSummary } from "../spec/model.ts";

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
  const endpoints = filter.filteredEndpoints.map((endpoint) => endpoint.split("*"));
  const domains = new Set(filter.filteredDomains);
  const inDomain = new Set(operations.filter(isOf(domains)).map(nameOf));
  const isMonitored = (operation: OperationRef): boolean =>
    inDomain.has(nameOf(operation)) || endpoints.some((parts) => hasInOrder(nameOf(operation), parts));
  const reaches = ({ affectedOperations }: Finding): boolean =>
    affectedOperations.length === 0 || affectedOperations.some(isMonitored);

  const findings = changeSet.findings.filter(reaches);
  const causes = groupByCause(findings, new Map(changeSet.causes.map(({ key, scope }) => [key, scope])));
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

/**
 * Whether `text` is these parts with anything, or nothing, between two of them. The parts are a tenant's: as a regular
 * expression, a few dozen `*` would keep a worker busy for hours.
 */
const hasInOrder = (text: string, parts: readonly string[]): boolean => {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return position <= text.length - last.length;
};
