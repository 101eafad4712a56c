import type { Level } from "../../../shared/diff/change-set.ts";
import { levelOrder } from "../../../shared/rules/causes.ts";
import type { Snapshot } from "../../../shared/snapshots/snapshot.ts";
import type { Evidence, WatchedSite } from "../evidence.ts";
import { createJudge, type ExpectedChanges, findingText } from "../expected-changes.ts";
import { type Invariant, judgeEach } from "./invariant.ts";
import { chainOf, versionOf } from "./snapshot-invariants.ts";

/** From one snapshot of a dependency's chain to the next one. */
type Step = { site: WatchedSite; before: Snapshot; after: Snapshot; expected: ExpectedChanges };

const judge = createJudge();

const stepsOf = (evidence: Evidence): Step[] =>
  evidence.sites.flatMap((site) => {
    const chain = chainOf(evidence, site);
    return chain.slice(1).flatMap((after, index) => {
      const before = chain[index];
      const from = before && versionOf(evidence, site, before);
      const to = versionOf(evidence, site, after);
      if (before === undefined || from === undefined || to === undefined) return [];
      const expected = judge({ number: site.number, course: site.temper.course, from, to });
      return [{ site, before, after, expected }];
    });
  });

const nameOf = ({ site, before, after }: Step): string =>
  `dependency ${site.id} (${site.temper.name}), ${before.id} → ${after.id} (job ${after.jobId})`;

/** What of `found` is missing or too much, for a story. */
const differenceOf = (found: readonly string[], expected: readonly string[]): string => {
  const rest = [...found];
  const missing = expected.filter((one) => {
    const index = rest.indexOf(one);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
  return [
    ...(missing.length > 0 ? [`lost: ${missing.join("; ")}`] : []),
    ...(rest.length > 0 ? [`too much: ${rest.join("; ")}`] : []),
  ].join("; ");
};

const admits = (minSeverity: Level, level: Level): boolean =>
  levelOrder.indexOf(level) <= levelOrder.indexOf(minSeverity);

export const changeInvariants: readonly Invariant[] = [
  {
    promise: "each step has the change events that a comparison outside the pipeline gives, each once",
    check: (evidence) =>
      judgeEach(stepsOf(evidence), (step) => {
        const own = evidence.changes.filter(
          (one) => one.fromSnapshotId === step.before.id && one.toSnapshotId === step.after.id,
        );
        const difference = differenceOf(own.map(findingText).sort(), step.expected.findings);
        return difference === "" ? undefined : `${nameOf(step)}: ${difference}`;
      }),
  },
  {
    promise: "no change event is of no step",
    check: (evidence) => {
      const steps = new Set(evidence.snapshots.map(({ id, previousSnapshotId }) => `${previousSnapshotId} → ${id}`));
      return judgeEach(evidence.changes, ({ id, dependencyId, fromSnapshotId, toSnapshotId }) =>
        steps.has(`${fromSnapshotId} → ${toSnapshotId}`)
          ? undefined
          : `change ${id} of ${dependencyId} is of ${fromSnapshotId} → ${toSnapshotId}`,
      );
    },
  },
  {
    promise: "each cause is told to each channel that wants it, once",
    check: (evidence) =>
      judgeEach(
        stepsOf(evidence).flatMap((step) =>
          evidence.channels
            .filter(({ tenantId }) => tenantId === step.site.tenantId)
            .map((channel) => ({ step, channel })),
        ),
        ({ step, channel }) => {
          const own = evidence.deliveries.filter(
            ({ channelId, dependencyId, eventType, payload }) =>
              channelId === channel.id &&
              dependencyId === step.site.id &&
              eventType === "api.changed" &&
              payload.includes(step.before.id) &&
              payload.includes(step.after.id),
          );
          const wanted = [...step.expected.causes].filter(([, level]) => admits(channel.minSeverity, level));
          const told = own.map(({ causeKey }) => String(causeKey)).sort();
          const difference = differenceOf(told, wanted.map(([key]) => key).sort());
          return difference === "" ? undefined : `${nameOf(step)} to channel ${channel.id}: ${difference}`;
        },
      ),
  },
];
