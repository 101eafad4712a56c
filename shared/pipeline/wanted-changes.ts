import type { Dependency } from "../dependencies/dependency.ts";
import { adjustmentOf, type DependencyRules } from "../dependencies/dependency-rules.ts";
import type { PerDependencyStore } from "../dependencies/ports.ts";
import type { ChangeSet } from "../diff/change-set.ts";
import { adjustChangeSet } from "../rules/adjust-change-set.ts";
import type { OperationSummary } from "../spec/model.ts";
import { monitoredChanges } from "./monitored-changes.ts";

/**
 * What one dependency hears of a change set: without what it does not monitor or ignores, at the levels that it has of its own.
 * @param operations those of both documents; not looked at in `full` mode
 * @param today the day the job was made, ISO 8601: a repeated stage must come to the same judgement
 */
export const wantedChanges = async (
  rules: Pick<PerDependencyStore<DependencyRules>, "get">,
  dependency: Dependency,
  changeSet: ChangeSet,
  operations: readonly OperationSummary[],
  today: string,
): Promise<ChangeSet> => {
  const monitored = monitoredChanges(changeSet, dependency, operations);
  const request = adjustmentOf(await rules.get(dependency.tenantId, dependency.id));
  // As `forewarn diff` does it; the rules name no tags.
  return request === undefined ? monitored : adjustChangeSet(monitored, request, { today, tagsOf: () => [] });
};
