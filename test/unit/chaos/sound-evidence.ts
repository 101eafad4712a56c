import type { Delivery } from "../../../shared/alerts/channel.ts";
import { dependencyItem } from "../../../shared/aws/items/dependency-item.ts";
import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import { type Checkpoint, type SyncJob, syncStages } from "../../../shared/jobs/job.ts";
import { toChangeEvents } from "../../../shared/pipeline/change-events.ts";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { sha256 } from "../../../shared/snapshots/sha256.ts";
import { type Snapshot, snapshotId } from "../../../shared/snapshots/snapshot.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import type { Evidence, WatchedSite } from "../../chaos/evidence.ts";
import type { Receipt } from "../../chaos/receivers.ts";
import { documentAt } from "../../chaos/upstream/documents.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

const { id: dependencyId, tenantId } = dependencyFixture();
const startMs = Date.parse("2026-01-01T00:00:00Z");
const secondMs = 1_000;
const at = (second: number): string => new Date(startMs + second * secondMs).toISOString();

const versions = [0, 1].map((version) => documentAt(0, version, "editing"));
const models = versions.map(({ plain }) => normalize(parseDocument(plain)));

const snapshotAt = (version: number, previousSnapshotId: string | null): Snapshot => {
  const bodySha256 = sha256(versions[version]?.plain ?? "");
  const name = (kind: string) => `tenants/${tenantId}/${kind}/${sha256(`${kind} ${version}`)}`;
  return {
    ...{ id: snapshotId(`01KDVBYC500000000000SNAP0${version}`, bodySha256), tenantId, dependencyId },
    ...{ jobId: jobIdOf(version), createdAt: at(version * 10 + 2), isBaseline: version === 0, previousSnapshotId },
    ...{ bodySha256, bodyKey: `tenants/${tenantId}/bodies/${bodySha256}`, bodyBytes: 1 },
    ...{ modelKey: name("models"), operationsKey: name("operations"), operationCount: 3 },
    ...{ rootHash: models[version]?.rootHash ?? "", annotationsHash: "", dialect: "3.0", format: "json" },
    ...{ title: "Chaos 0", version: String(version), sourceUrl: "http://127.0.0.1/0.json", warningCount: 0 },
  };
};

const jobIdOf = (version: number): string => `01KDVBYC5000000000000JOB0${version}`;

const jobAt = (version: number, baseSnapshotId: string | null): SyncJob => {
  const checkpoints = syncStages.map((stage, index): [string, Checkpoint] => [
    stage,
    { at: at(version * 10 + 2), term: index + 1, output: {} },
  ]);
  return syncJobFixture({
    ...{ id: jobIdOf(version), status: "finished", outcome: version === 0 ? "baseline" : "changed", stage: "done" },
    ...{ term: syncStages.length, checkpoints: Object.fromEntries(checkpoints), baseSnapshotId },
    ...{ createdAt: at(version * 10), updatedAt: at(version * 10 + 3), finishedAt: at(version * 10 + 3) },
  });
};

const deliveriesOf = (changeSet: ChangeSet, job: SyncJob, from: Snapshot, to: Snapshot): Delivery[] =>
  changeSet.causes.map(({ key }, index) => ({
    ...{ id: `dlv_${index}`, tenantId, channelId: "chn_1", eventType: "api.changed", dependencyId, jobId: job.id },
    ...{ causeKey: key, status: "sent", payload: `${from.id} ${to.id}`, attempts: [], createdAt: at(13) },
    updatedAt: at(14),
  }));

/**
 * What is found after a chaos in which everything went right: one dependency whose host published two versions, and one channel.
 * A new copy at each call.
 */
export const soundEvidence = (): Evidence & { site: WatchedSite } => {
  const first = snapshotAt(0, null);
  const second = snapshotAt(1, first.id);
  const jobs = [jobAt(0, null), jobAt(1, first.id)];
  const [before, after] = models;
  const [, changedJob] = jobs;
  if (before === undefined || after === undefined || changedJob === undefined) throw new Error("two of each");
  const changeSet = compareModels(before, after);
  const deliveries = deliveriesOf(changeSet, changedJob, first, second);
  const dependency = {
    ...dependencyFixture({ currentSnapshotId: second.id, nextCheckAt: at(300), lastCheckedAt: at(13) }),
    isRemoved: false,
  };
  const site: WatchedSite = {
    ...{ id: dependencyId, tenantId, number: 0, temper: { name: "steady", isPatient: true, course: "editing" } },
    publications: versions.map(({ version }) => ({ version, atMs: startMs + version * 10 * secondMs })),
  };
  return {
    site,
    sites: [site],
    dependencies: [{ value: dependency, place: dependencyItem.place(dependency) }],
    jobs: jobs.map((value) => ({ value, place: {} })),
    snapshots: [first, second],
    changes: toChangeEvents(changeSet, changedJob, second.id, at(12)),
    deliveries,
    channels: [{ id: "chn_1", tenantId, minSeverity: "safe" }],
    runs: [
      {
        ...{ id: 1, startedAt: at(9), completedAt: at(9), status: "completed", tablesAssessed: 1, tablesSkipped: 0 },
        ...{ tablesHealthy: 0, jobsSubmitted: 1, jobsCompleted: 1, jobsFailed: 0, dryRun: false, error: null },
      },
    ],
    runningExecutions: [],
    deadLetters: [{ queue: "checks", count: 0 }],
    objects: [first, second].flatMap(({ bodyKey, modelKey, operationsKey }) =>
      [bodyKey, modelKey, operationsKey].map((key) => ({ key, sha256: key.split("/").at(-1) ?? "" })),
    ),
    history: new Map([
      [
        dependencyId,
        [
          { type: "job", id: jobIdOf(1) },
          { type: "checks", count: 2, firstAt: at(5), lastAt: at(8) },
          { type: "job", id: jobIdOf(0) },
        ],
      ],
    ]),
    served: [
      {
        number: 0,
        manner: "honest",
        version: 0,
        atMs: startMs + secondMs,
        isWhole: true,
        bodySha256: first.bodySha256,
      },
      { number: 0, manner: "unchanged", version: 0, atMs: startMs + 5 * secondMs, isWhole: true },
      { number: 0, manner: "unchanged", version: 0, atMs: startMs + 8 * secondMs, isWhole: true },
      {
        ...{ number: 0, manner: "honest", version: 1, atMs: startMs + 11 * secondMs, isWhole: true },
        bodySha256: second.bodySha256,
      },
    ],
    peaks: new Map([["127.0.0.1:9000", 2]]),
    maxFetchesPerHost: 2,
    receipts: deliveries.map(
      ({ id }): Receipt => ({
        ...{ channelId: "chn_1", deliveryId: id, atMs: startMs + 14 * secondMs, answer: "acknowledged" },
        ...{ bodySha256: "ab", isSigned: true },
      }),
    ),
    kills: [],
  };
};
