import type { ChangeSet, Finding, Level, OperationRef } from "../../diff/change-set.ts";
import { levelOrder } from "../../rules/causes.ts";
import { matchesWildcard } from "../../rules/wildcard.ts";
import type { AlertPreference } from "./alert-preference.ts";

export type ScopeContext = {
  dependency: { id: string; name: string };
  /** Tags and first path segment of an operation, in either document. */
  domainsOf(operation: OperationRef): readonly string[];
};

/**
 * The worst level of a cause's changes that reach the preference's scope; `undefined` when none does. A change of the
 * whole document reaches every domain and every operation.
 */
export function levelInScope(
  { scope, scopeValue }: Pick<AlertPreference, "scope" | "scopeValue">,
  cause: ChangeSet["causes"][number],
  findings: readonly Finding[],
  { dependency, domainsOf }: ScopeContext,
): Level | undefined {
  if (scope === "api") {
    return [dependency.id, dependency.name].some((text) => matchesWildcard(scopeValue, text)) ? cause.level : undefined;
  }
  const isInScope = (operation: OperationRef): boolean =>
    scope === "endpoint"
      ? matchesWildcard(scopeValue, `${operation.method} ${operation.path}`)
      : domainsOf(operation).some((domain) => matchesWildcard(scopeValue, domain));
  const levels = cause.findings.flatMap((index) => {
    const finding = findings[index];
    if (finding === undefined) return [];
    const { affectedOperations, level } = finding;
    return affectedOperations.length === 0 || affectedOperations.some(isInScope) ? [level] : [];
  });
  return levelOrder.find((level) => levels.includes(level));
}
