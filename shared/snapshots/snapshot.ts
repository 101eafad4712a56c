/** One version of a document that was seen. Never changes once written. */
export type Snapshot = {
  /** `<ULID of the fetch>-<first 32 hex of bodySha256>`: sorts by time, and the body hashes to it. */
  id: string;
  tenantId: string;
  dependencyId: string;
  jobId: string;
  createdAt: string;
  isBaseline: boolean;
  previousSnapshotId: string | null;
  /** Hash of the fetched bytes after content decoding. */
  bodySha256: string;
  bodyKey: string;
  bodyBytes: number;
  modelKey: string;
  operationsKey: string;
  operationCount: number;
  rootHash: string;
  annotationsHash: string;
  dialect: string;
  format: "json" | "yaml";
  title: string;
  version: string;
  sourceUrl: string;
  warningCount: number;
};

/** @example snapshotId("01J…", "ab12…") → "01J…-ab12…" (32 hex digits of the hash) */
export const snapshotId = (ulid: string, bodySha256: string): string => `${ulid}-${bodySha256.slice(0, 32)}`;
