import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Snapshot } from "./snapshot.ts";

export type SnapshotStore = {
  /** Writing the same id again changes nothing. */
  putOnce(snapshot: Snapshot): Promise<void>;
  get(tenantId: string, dependencyId: string, snapshotId: string): Promise<Snapshot | undefined>;
  list(tenantId: string, dependencyId: string, page: PageRequest): Promise<Page<Snapshot>>;
};

/**
 * Immutable bytes under keys that hold their content hash. Stored compressed (zstd) with the codec beside the body;
 * callers see plain bytes.
 */
export type BodyStore = {
  /** Writing a key that exists changes nothing. */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** `undefined` when there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Stored (compressed) size in bytes and codec; `undefined` when there is no such key. */
  head(key: string): Promise<{ storedBytes: number; contentType: string; codec: "zstd" | "identity" } | undefined>;
  /** URL that reads the stored object for `expiresInSeconds`; the answer carries `Content-Encoding` where compressed. */
  presignGet(key: string, expiresInSeconds: number): Promise<string>;
  /**
   * What stores a body without its passing through us: a PUT to the URL with these headers, within `expiresInSeconds`. The
   * store takes exactly these bytes and no others; a key that exists is written again.
   */
  presignPut(key: string, body: DeclaredBody, expiresInSeconds: number): Promise<PresignedPut>;
};

/** A body that somebody else is to store: its length, its SHA-256 in hexadecimal, and its media type. */
export type DeclaredBody = { bytes: number; sha256: string; contentType: string };

export type PresignedPut = { url: string; headers: Record<string, string> };

/** Keys in the body store: a tenant's bodies are its own, so that no timing tells what another tenant has. */
export const bodyKeys = {
  body: (tenantId: string, sha256: string): string => `tenants/${tenantId}/bodies/${sha256}`,
  upload: (tenantId: string, sha256: string): string => `tenants/${tenantId}/uploads/${sha256}`,
  model: (tenantId: string, modelSha256: string): string => `tenants/${tenantId}/models/${modelSha256}`,
  operations: (tenantId: string, listSha256: string): string => `tenants/${tenantId}/operations/${listSha256}`,
  /** Vectors of some texts, as an embed job stores them while it runs. */
  vectors: (tenantId: string, contentSha256: string): string => `tenants/${tenantId}/vectors/${contentSha256}`,
  /** A search index: of one dependency, or of all of the tenant's together. */
  searchIndex: (tenantId: string, contentSha256: string): string => `tenants/${tenantId}/indexes/${contentSha256}`,
  changeSet: (tenantId: string, contentSha256: string): string => `tenants/${tenantId}/change-sets/${contentSha256}`,
};
