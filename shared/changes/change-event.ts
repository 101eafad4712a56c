import type { CauseScope, Level, OperationRef } from "../diff/change-set.ts";

/** One judged change between two snapshots (`1-product.md` A). */
export type ChangeEvent = {
  /** `<to-snapshot's ULID>-<32 hex>`: deterministic, so that writing it twice is writing it once; sorts by time. */
  id: string;
  tenantId: string;
  dependencyId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
  ruleId: string;
  /** What happened to the thing: the rule's action (`add`, `remove`, `change`, …). */
  kind: string;
  severity: Level;
  operation: OperationRef | null;
  pointer: string;
  /** One sentence. */
  summary: string;
  /** Machine arguments of the rule, and places in both documents. */
  detail: Record<string, unknown>;
  causeKey: string;
  causeScope: CauseScope;
  /** At most 1,000; `affectedOperationCount` is the true number. */
  affectedOperations: OperationRef[];
  affectedOperationCount: number;
  detectedAt: string;
  acknowledgedAt?: string;
  acknowledgedBy?: string;
  resolvedAt?: string;
  resolvedBy?: string;
};

export type ChangeFilter = {
  dependencyId?: string;
  severity?: Level;
  ruleId?: string;
  causeKey?: string;
  /** `open`: neither acknowledged nor resolved. */
  state?: "open" | "acknowledged" | "resolved";
  toSnapshotId?: string;
};
