import type { Level, OperationRef } from "../diff/change-set.ts";
import type { Route } from "./preferences/choose-route.ts";

/** One edit of a document, as far as an alert speaks of it. */
export type Cause = {
  /** Stable across runs; deliveries are identified by it. */
  key: string;
  scope: string;
  /** Worst severity of its changes. */
  severity: Level;
  /** One sentence. */
  summary: string;
  /** Every operation it reaches. */
  operations: OperationRef[];
  changeIds: string[];
};

/** A change event, as an alert lists it. */
export type AlertChange = {
  id: string;
  ruleId: string;
  severity: Level;
  summary: string;
  /** `null` when it is about more or fewer than one operation. */
  operation: OperationRef | null;
  pointer: string;
};

/** One message to one channel about one cause: what the deliveries queue carries. */
export type PlannedDelivery = {
  /** Deterministic, so that planning twice plans nothing new, and the receiver's key against duplicates. */
  id: string;
  channelId: string;
  tenantId: string;
  dependency: { id: string; name: string };
  jobId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
  cause: Cause;
  route: Route;
};
