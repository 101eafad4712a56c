import { describe, expect, it } from "vitest";
import type { Evidence } from "../../chaos/evidence.ts";
import { judge, unsettled } from "../../chaos/invariants/invariants.ts";
import { soundEvidence } from "./sound-evidence.ts";

const brokenIn = (evidence: Evidence): string[] =>
  judge(evidence).flatMap(({ promise, broken }) => broken.map(() => promise));

type Sound = ReturnType<typeof soundEvidence>;
const first = <T>(all: readonly T[]): T => {
  const [one] = all;
  if (one === undefined) throw new Error("there is none");
  return one;
};

/** `items` with its first one, or the one at `index`, in another state. */
const withChanged = <T>(items: readonly T[], fields: Partial<T>, index = 0): T[] =>
  items.map((item, position) => (position === index ? { ...item, ...fields } : item));

const withJob = ({ jobs }: Sound, fields: Partial<Sound["jobs"][number]["value"]>, place = {}) => ({
  jobs: jobs.map((one, index) => (index === 1 ? { value: { ...one.value, ...fields }, place } : one)),
});

const withDependency = (
  { dependencies }: Sound,
  fields: Partial<Sound["dependencies"][number]["value"]>,
): Pick<Evidence, "dependencies"> => ({
  dependencies: dependencies.map(({ value, place }) => ({ value: { ...value, ...fields }, place })),
});

describe("the promises that a chaos is judged by", () => {
  it("are all kept where everything went right, and each was looked at", () => {
    const judgements = judge(soundEvidence());
    expect(judgements.flatMap(({ broken }) => broken)).toEqual([]);
    const unseen = judgements.filter(({ looked }) => looked === 0).map(({ promise }) => promise);
    expect(unseen).toEqual([
      "a failed job says why",
      "nothing comes again that was acknowledged, unless its sender was killed in between",
    ]);
  });

  it.each<[string, (sound: Sound) => Partial<Evidence>, string[]]>([
    [
      "a change event is lost",
      ({ changes }) => ({ changes: changes.slice(1) }),
      ["each step has the change events that a comparison outside the pipeline gives, each once"],
    ],
    [
      "a change event is doubled",
      ({ changes }) => ({ changes: [...changes, { ...first(changes), id: "another" }] }),
      ["each step has the change events that a comparison outside the pipeline gives, each once"],
    ],
    [
      "a change event is of snapshots that there are not",
      ({ changes }) => ({ changes: [...changes, { ...first(changes), fromSnapshotId: "01-0" }] }),
      ["no change event is of no step"],
    ],
    [
      "a cause is not told",
      ({ deliveries, receipts }) => ({ deliveries: deliveries.slice(1), receipts: receipts.slice(1) }),
      ["each cause is told to each channel that wants it, once"],
    ],
    [
      "a cause is told twice under two ids",
      ({ deliveries, receipts }) => ({
        deliveries: [...deliveries, { ...first(deliveries), id: "dlv_again" }],
        receipts: [...receipts, { ...first(receipts), deliveryId: "dlv_again" }],
      }),
      ["each cause is told to each channel that wants it, once"],
    ],
    [
      "a delivery that is recorded as sent was acknowledged by nobody",
      ({ receipts }) => ({ receipts: withChanged(receipts, { answer: "refused" }) }),
      ["what was sent has arrived, signed"],
    ],
    [
      "a message bears a wrong signature",
      ({ receipts }) => ({ receipts: withChanged(receipts, { isSigned: false }) }),
      ["what was sent has arrived, signed"],
    ],
    [
      "a delivery is pending for ever",
      ({ deliveries }) => ({ deliveries: withChanged(deliveries, { status: "pending" }) }),
      ["every delivery was sent"],
    ],
    [
      "a delivery is claimed for ever",
      ({ deliveries }) => ({ deliveries: withChanged(deliveries, { claimedUntilMs: 1 }) }),
      ["no lease and no claim is held"],
    ],
    [
      "a message arrived that is no delivery",
      ({ receipts }) => ({ receipts: [...receipts, { ...first(receipts), deliveryId: "dlv_unknown" }] }),
      ["what arrived is a delivery, the same each time"],
    ],
    [
      "a message comes again in other words",
      ({ receipts }) => ({
        receipts: [{ ...first(receipts), answer: "refused", bodySha256: "cd" }, ...receipts],
      }),
      ["what arrived is a delivery, the same each time"],
    ],
    [
      "a message comes again though it was acknowledged",
      ({ receipts }) => ({ receipts: [...receipts, first(receipts)] }),
      ["nothing comes again that was acknowledged, unless its sender was killed in between"],
    ],
    [
      "a job is left running, and holds its dependency",
      (sound) => ({
        ...withJob(sound, { status: "running", stage: "alert", leaseOwner: "gone" }, { GSI2PK: "UNFINISHED#1" }),
        ...withDependency(sound, { activeJobId: "01KDVBYC5000000000000JOB01" }),
        runningExecutions: ["01KDVBYC5000000000000JOB01-1"],
      }),
      [
        "every job has ended",
        "no execution runs on",
        "no lease and no claim is held",
        "no dependency is held by a job that ended",
      ],
    ],
    [
      "a job that ended stands among the unfinished ones",
      (sound) => withJob(sound, {}, { GSI2PK: "UNFINISHED#1" }),
      ["every job has ended"],
    ],
    [
      "a term is given twice",
      (sound) => {
        const { checkpoints } = first(sound.jobs).value;
        const parse = { at: "", output: {}, term: checkpoints.fetch?.term ?? 0 };
        return withJob(sound, { checkpoints: { ...checkpoints, parse } });
      },
      ["terms only grow"],
    ],
    [
      "a version is never seen",
      ({ site }) => ({ sites: [{ ...site, publications: [...site.publications, { version: 2, atMs: 0 }] }] }),
      [
        "what a host serves in the end is the current snapshot",
        "every version that was served until it was seen has its snapshot, in order, once",
      ],
    ],
    [
      "a version between two is skipped",
      ({ site }) => {
        const [one, last] = site.publications;
        const publications = [one, { version: 7, atMs: 0 }, last].filter((each) => each !== undefined);
        return { sites: [{ ...site, publications }] };
      },
      ["every version that was served until it was seen has its snapshot, in order, once"],
    ],
    [
      "a snapshot is older than what it holds",
      ({ snapshots }) => ({ snapshots: withChanged(snapshots, { createdAt: "2025-01-01T00:00:00.000Z" }, 1) }),
      ["no snapshot is of what was not served before"],
    ],
    [
      "two snapshots are of the same step",
      ({ snapshots }) => ({ snapshots: [...snapshots, { ...first(snapshots.slice(1)), id: "01-1", jobId: "failed" }] }),
      [
        "each snapshot differs from the one before, and none is made twice of the same step",
        "each snapshot differs from the one before, and none is made twice of the same step",
      ],
    ],
    [
      "a finished job's snapshot leads nowhere",
      ({ snapshots }) => ({ snapshots: [...snapshots, { ...first(snapshots), id: "01-1", rootHash: "other" }] }),
      ["snapshots that lead nowhere are of jobs that did not finish"],
    ],
    [
      "an object holds something else, and another is gone",
      ({ objects }) => ({ objects: withChanged(objects.slice(0, -1), { sha256: "00" }) }),
      [
        "an object hashes to its key, and what a snapshot names is there",
        "an object hashes to its key, and what a snapshot names is there",
      ],
    ],
    [
      "a dependency stands elsewhere in the index",
      (sound) => withDependency(sound, { nextCheckAt: "2027-01-01T00:00:00.000Z" }),
      ["each dependency stands where its next check is in the index of what is due"],
    ],
    [
      "a dependency fell out of the schedule",
      (sound) => withDependency(sound, { nextCheckAt: undefined }),
      ["each dependency stands where its next check is in the index of what is due"],
    ],
    [
      "a recovery is not told",
      ({ deliveries, receipts }) => ({
        deliveries: [...deliveries, { ...first(deliveries), id: "dlv_bad", eventType: "dependency.unhealthy" }],
        receipts: [...receipts, { ...first(receipts), deliveryId: "dlv_bad" }],
      }),
      ["who was told that it is unhealthy was told of the recovery"],
    ],
    [
      "the history leaves a job out",
      ({ site, history }) => ({ history: new Map([[site.id, (history.get(site.id) ?? []).slice(1)]]) }),
      ["the history has each job once, newest first, and the checks between them in order"],
    ],
    [
      "a check is counted twice",
      ({ served }) => ({ served: served.filter(({ manner }) => manner === "honest").slice(1) }),
      [
        "every version that was served until it was seen has its snapshot, in order, once",
        "no snapshot is of what was not served before",
        "no check is counted that did not look",
      ],
    ],
    [
      "a run counts a check twice",
      ({ runs }) => ({ runs: withChanged(runs, { jobsCompleted: 2 }) }),
      ["no run counts more ends than it asked for checks"],
    ],
    [
      "a host is overrun",
      () => ({ peaks: new Map([["127.0.0.1:9000", 3]]) }),
      ["no host has more workers at once than its allowance"],
    ],
    ["a letter is dead", () => ({ deadLetters: [{ queue: "checks", count: 1 }] }), ["no letter is dead"]],
    [
      "a job failed without a word",
      (sound) => ({ jobs: [...sound.jobs, { value: { ...first(sound.jobs).value, status: "failed" }, place: {} }] }),
      ["a failed job says why", "the history has each job once, newest first, and the checks between them in order"],
    ],
  ])("see that %s", (_, damage, expected) => {
    const sound = soundEvidence();
    expect(brokenIn({ ...sound, ...damage(sound) })).toEqual(expected);
  });

  it("allow a message to come again whose sender was killed before it could note the answer", () => {
    const sound = soundEvidence();
    const receipt = first(sound.receipts);
    const again = { ...receipt, atMs: receipt.atMs + 60_000 };
    const kill = { functionName: "forewarn-local-deliver", pid: 1, atMs: receipt.atMs + 5 };
    expect(brokenIn({ ...sound, receipts: [...sound.receipts, again], kills: [kill] })).toEqual([]);
  });

  it("wait for what only time brings, and not for what no time heals", () => {
    const sound = soundEvidence();
    const pending = withChanged(sound.deliveries, { status: "pending" });
    expect(unsettled({ ...sound, deliveries: pending })).toHaveLength(1);
    expect(unsettled({ ...sound, changes: sound.changes.slice(1) })).toEqual([]);
  });
});
