import type { Page, PageRequest } from "../jobs/paging.ts";
import type { ApiKey, Tenant } from "./tenant.ts";

export type TenantStore = {
  create(tenant: Tenant): Promise<void>;
  get(tenantId: string): Promise<Tenant | undefined>;
  list(page: PageRequest): Promise<Page<Tenant>>;
};

export type ApiKeyStore = {
  create(key: ApiKey): Promise<void>;
  /** Revoked keys included; the caller decides. */
  findByHash(sha256: string): Promise<ApiKey | undefined>;
  list(tenantId: string, page: PageRequest): Promise<Page<ApiKey>>;
  /** `undefined` when the tenant has no such key; revoking twice keeps the first time. */
  revoke(tenantId: string, keyId: string, at: string): Promise<ApiKey | undefined>;
};

/** The answer that was given the first time. */
export type StoredResponse = { statusCode: number; body: string };

/** `Idempotency-Key` of a POST: the second request with the same key gets the first one's answer, for a day. */
export type IdempotencyStore = {
  /**
   * `inProgress` while the first request has not been answered (and began less than a minute ago);
   * `mismatch` when the key came with another request before.
   */
  begin(
    tenantId: string,
    key: string,
    requestSha256: string,
    nowMs: number,
  ): Promise<
    { outcome: "begun" } | { outcome: "replay"; response: StoredResponse } | { outcome: "inProgress" | "mismatch" }
  >;
  complete(tenantId: string, key: string, response: StoredResponse): Promise<void>;
  /** Forgets a request that failed with a 5xx, so that it can be tried again. */
  abandon(tenantId: string, key: string): Promise<void>;
};
