import type { ChangeEvent, ChangeFilter } from "./change-event.ts";

const stateOf = (event: ChangeEvent): NonNullable<ChangeFilter["state"]> => {
  if (event.resolvedAt !== undefined) return "resolved";
  return event.acknowledgedAt === undefined ? "open" : "acknowledged";
};

/** Whether the event has everything that the filter asks for; an empty filter takes all. */
export const matchesFilter = (event: ChangeEvent, filter: ChangeFilter): boolean => {
  const { state, ...equal } = filter;
  if (state !== undefined && stateOf(event) !== state) return false;
  return (
    (equal.dependencyId === undefined || event.dependencyId === equal.dependencyId) &&
    (equal.severity === undefined || event.severity === equal.severity) &&
    (equal.ruleId === undefined || event.ruleId === equal.ruleId) &&
    (equal.causeKey === undefined || event.causeKey === equal.causeKey) &&
    (equal.toSnapshotId === undefined || event.toSnapshotId === equal.toSnapshotId)
  );
};

/** Name of a list of changes for its cursors: pages of one filter do not go on under another. */
export const changeListName = (tenantId: string, filter: ChangeFilter): string => {
  const { dependencyId, severity, ruleId, causeKey, state, toSnapshotId } = filter;
  return `changes/${tenantId}/${JSON.stringify([dependencyId, severity, ruleId, causeKey, state, toSnapshotId])}`;
};
