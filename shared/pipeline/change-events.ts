import type { ChangeEvent } from "../changes/change-event.ts";
import type { ChangeSet } from "../diff/change-set.ts";
import type { SyncJob } from "../jobs/job.ts";
import { sha256 } from "../snapshots/sha256.ts";

/** An item of 400 KiB holds them with room to spare (DynamoDB's limit); the change set in S3 has them all. */
const maxListedOperations = 1_000;

/**
 * The change events of a change set, in its order. Ids follow from what changed and between which snapshots, so that a
 * second run writes the same events.
 */
export const toChangeEvents = (
  changeSet: ChangeSet,
  job: Pick<SyncJob, "tenantId" | "dependencyId" | "baseSnapshotId">,
  toSnapshotId: string,
  detectedAt: string,
): ChangeEvent[] => {
  const { tenantId, dependencyId, baseSnapshotId } = job;
  if (baseSnapshotId === null) return [];
  const causeScopes = new Map(changeSet.causes.map((cause) => [cause.key, cause.scope]));
  const seen = new Map<string, number>();
  return changeSet.findings.map((finding): ChangeEvent => {
    const identity = JSON.stringify([
      dependencyId,
      baseSnapshotId,
      toSnapshotId,
      finding.ruleId,
      finding.direction,
      // One edit of a shared schema can change a parameter of this name in several groups of operations.
      finding.affectedOperations,
      finding.pointer,
      finding.args,
    ]);
    // Findings that nothing tells apart (two flows of one security scheme) are counted, so that none is lost.
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return {
      id: `${toSnapshotId.slice(0, 26)}-${sha256(`${identity}#${occurrence}`).slice(0, 32)}`,
      tenantId,
      dependencyId,
      fromSnapshotId: baseSnapshotId,
      toSnapshotId,
      ruleId: finding.ruleId,
      kind: finding.kind,
      severity: finding.level,
      operation: finding.operation,
      pointer: finding.pointer,
      summary: finding.message,
      detail: {
        args: finding.args,
        direction: finding.direction,
        before: finding.before,
        after: finding.after,
        ...(finding.judgedLevel === undefined
          ? {}
          : { severityOverride: { from: finding.judgedLevel, to: finding.level } }),
        ...(finding.ignoredOperations === undefined ? {} : { ignoredOperations: finding.ignoredOperations }),
      },
      causeKey: finding.causeKey,
      causeScope: causeScopes.get(finding.causeKey) ?? "endpoint",
      affectedOperations: finding.affectedOperations.slice(0, maxListedOperations),
      affectedOperationCount: finding.affectedOperations.length,
      detectedAt,
    };
  });
};
