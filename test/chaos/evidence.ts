import type { Delivery } from "../../shared/alerts/channel.ts";
import type { StoredDependency } from "../../shared/aws/items/dependency-item.ts";
import type { ChangeEvent } from "../../shared/changes/change-event.ts";
import type { SyncJob } from "../../shared/jobs/job.ts";
import type { RunRecord } from "../../shared/orchestrator/run-record.ts";
import type { Snapshot } from "../../shared/snapshots/snapshot.ts";
import type { FleetChannel, Member } from "./fleet.ts";
import type { Kill } from "./killer.ts";
import type { Receipt } from "./receivers.ts";
import type { Publication, ServedAnswer } from "./upstream/hostile-upstream.ts";

/** Where an item stands in the second index, as the table has it. */
export type IndexPlace = { GSI2PK?: string | undefined; GSI2SK?: string | undefined };

/** One row of a sync history, as the API shows it. */
export type HistoryRow =
  | { type: "job"; id: string }
  | { type: "checks"; count: number; firstAt: string; lastAt: string };

/** A dependency of the fleet with what its host did. */
export type WatchedSite = Pick<Member, "id" | "tenantId" | "number"> & {
  temper: Pick<Member["temper"], "name" | "isPatient" | "course">;
  publications: readonly Publication[];
};

/** What the tables, buckets and queues hold of the fleet. */
export type Stored = {
  dependencies: { value: StoredDependency; place: IndexPlace }[];
  jobs: { value: SyncJob; place: IndexPlace }[];
  snapshots: Snapshot[];
  changes: ChangeEvent[];
  deliveries: Delivery[];
  runs: RunRecord[];
  /** Names of the fleet's executions that run still. */
  runningExecutions: string[];
  /** Messages by dead-letter queue. */
  deadLetters: { queue: string; count: number }[];
};

/** Everything that is judged in the end: what the system holds, and what the outside knows to be true. */
export type Evidence = Stored & {
  /** Objects of the fleet's tenants, each with the hash of what it holds. */
  objects: { key: string; sha256: string }[];
  /** Rows by dependency, newest first. */
  history: ReadonlyMap<string, readonly HistoryRow[]>;
  sites: readonly WatchedSite[];
  channels: readonly FleetChannel[];
  served: readonly ServedAnswer[];
  /** Most requests at once by `host:port`. */
  peaks: ReadonlyMap<string, number>;
  maxFetchesPerHost: number;
  receipts: readonly Receipt[];
  kills: readonly Kill[];
};
