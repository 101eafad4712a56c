import { beforeAll, describe, expect, it } from "vitest";
import type { FeedTokenStore } from "../../shared/feeds/feed-token.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import type { ApiKeyStore, IdempotencyStore, TenantStore } from "../../shared/tenants/ports.ts";
import type { ApiKey, Tenant } from "../../shared/tenants/tenant.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import { isoAt, minuteMs, newId, sampleApiKey, sampleTenant, sha256, startMs } from "./samples.ts";

/** What every store of tenants does. `makeStore` gives one that no other test uses. */
export const tenantStoreContract = (name: string, makeStore: () => Promise<TenantStore>): void => {
  describe(`tenant store: ${name}`, () => {
    it("stores tenants once and lists them newest first, page by page", async () => {
      const tenants = await makeStore();
      const own: Tenant[] = [];
      for (let count = 0; count < 5; count += 1) {
        const tenant = sampleTenant({ createdAt: isoAt(startMs + count) });
        await tenants.create(tenant);
        own.unshift(tenant);
      }
      const [newest] = own;
      if (newest === undefined) throw new Error("no tenants");
      await expect(tenants.create({ ...newest, name: "Other" })).rejects.toThrow(ConflictError);
      expect(await tenants.get(newest.id)).toEqual(newest);
      expect(await tenants.get(newId())).toBeUndefined();
      for (const limit of [2, 100])
        await eventually(async () => expect(await allPages((page) => tenants.list(page), limit)).toEqual(own));
      await expect(tenants.list({ limit: 1, cursor: "e30" })).rejects.toThrow("cursor");
    });
  });
};

/** What every store of API keys does. */
export const apiKeyStoreContract = (name: string, makeStore: () => Promise<ApiKeyStore>): void => {
  describe(`API key store: ${name}`, () => {
    let keys: ApiKeyStore;
    beforeAll(async () => {
      keys = await makeStore();
    });

    it("finds a key by its hash alone", async () => {
      const key = sampleApiKey({ scopes: ["read"] });
      await keys.create(key);
      await expect(keys.create(key)).rejects.toThrow(ConflictError);
      expect(await keys.findByHash(key.sha256)).toEqual(key);
      expect(await keys.findByHash(sha256("another key"))).toBeUndefined();
      expect(await keys.findByHash(key.id)).toBeUndefined();
    });

    it("lists a tenant's keys newest first, page by page, and none of another's", async () => {
      const tenantId = newId();
      const own: ApiKey[] = [];
      for (let count = 0; count < 5; count += 1) {
        const key = sampleApiKey({ tenantId });
        await keys.create(key);
        own.unshift(key);
      }
      for (const limit of [2, 100])
        await eventually(async () => expect(await allPages((page) => keys.list(tenantId, page), limit)).toEqual(own));
      expect(await keys.list(newId(), { limit: 10 })).toEqual({ items: [] });
      const cursor = await firstCursor((page) => keys.list(tenantId, page));
      await expect(keys.list(newId(), { limit: 1, cursor })).rejects.toThrow("cursor");
    });

    it("revokes a key, keeps the first time, and lets no other tenant do it", async () => {
      const key = sampleApiKey();
      await keys.create(key);
      await eventually(async () => expect((await keys.list(key.tenantId, { limit: 1 })).items).toEqual([key]));
      expect(await keys.revoke(newId(), key.id, isoAt(startMs))).toBeUndefined();
      expect(await keys.revoke(key.tenantId, newId(), isoAt(startMs))).toBeUndefined();
      const revoked = { ...key, revokedAt: isoAt(startMs) };
      expect(await keys.revoke(key.tenantId, key.id, isoAt(startMs))).toEqual(revoked);
      expect(await keys.revoke(key.tenantId, key.id, isoAt(startMs + minuteMs))).toEqual(revoked);
      expect(await keys.findByHash(key.sha256)).toEqual(revoked);
    });
  });
};

/** What every store of idempotency records does. */
export const idempotencyStoreContract = (name: string, makeStore: () => Promise<IdempotencyStore>): void => {
  describe(`idempotency store: ${name}`, () => {
    let records: IdempotencyStore;
    beforeAll(async () => {
      records = await makeStore();
    });

    const begun = { outcome: "begun" };
    const request = sha256("POST /api/dependencies {}");
    const response = { statusCode: 201, body: '{"data":{}}' };
    const dayMs = 24 * 60 * minuteMs;

    it("lets one of twenty begin, and has the others wait", async () => {
      const tenantId = newId();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => records.begin(tenantId, "key-1", request, startMs)),
      );
      expect(answers.filter(({ outcome }) => outcome === "begun")).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === "inProgress")).toHaveLength(19);
    });

    it("gives the first answer again for a day, then begins anew", async () => {
      const tenantId = newId();
      await records.begin(tenantId, "key-1", request, startMs);
      await records.complete(tenantId, "key-1", response);
      await records.complete(tenantId, "key-1", { statusCode: 500, body: "" });
      const replay = { outcome: "replay", response };
      expect(await records.begin(tenantId, "key-1", request, startMs + dayMs - 1)).toEqual(replay);
      expect(await records.begin(tenantId, "key-1", request, startMs + dayMs)).toEqual(begun);
      expect(await records.begin(tenantId, "key-1", request, startMs + dayMs)).toEqual({ outcome: "inProgress" });
    });

    it("refuses another request under the same key", async () => {
      const tenantId = newId();
      await records.begin(tenantId, "key-1", request, startMs);
      const other = sha256("another request");
      const mismatch = { outcome: "mismatch" };
      expect(await records.begin(tenantId, "key-1", other, startMs)).toEqual(mismatch);
      expect(await records.begin(tenantId, "key-1", other, startMs + 2 * minuteMs)).toEqual(mismatch);
      await records.complete(tenantId, "key-1", response);
      expect(await records.begin(tenantId, "key-1", other, startMs)).toEqual(mismatch);
    });

    it("lets a request begin again when the first gave no answer within a minute", async () => {
      const tenantId = newId();
      await records.begin(tenantId, "key-1", request, startMs);
      expect(await records.begin(tenantId, "key-1", request, startMs + minuteMs - 1)).toEqual({
        outcome: "inProgress",
      });
      expect(await records.begin(tenantId, "key-1", request, startMs + minuteMs)).toEqual(begun);
    });

    it("forgets an abandoned request, never an answered one", async () => {
      const tenantId = newId();
      await records.begin(tenantId, "key-1", request, startMs);
      await records.abandon(tenantId, "key-1");
      expect(await records.begin(tenantId, "key-1", request, startMs)).toEqual(begun);
      await records.complete(tenantId, "key-1", response);
      await records.abandon(tenantId, "key-1");
      await records.abandon(tenantId, "key-2");
      await records.complete(tenantId, "key-2", response);
      expect(await records.begin(tenantId, "key-1", request, startMs)).toEqual({ outcome: "replay", response });
      expect(await records.begin(tenantId, "key-2", request, startMs)).toEqual(begun);
    });

    it("keeps the keys of tenants apart, whatever their text", async () => {
      const tenantId = newId();
      for (const key of ["", "a#b", "é".repeat(2_000)])
        for (const owner of [tenantId, newId()])
          expect(await records.begin(owner, key, request, startMs)).toEqual(begun);
    });
  });
};

/** What every store of feed tokens does. */
export const feedTokenStoreContract = (name: string, makeStore: () => Promise<FeedTokenStore>): void => {
  describe(`feed token store: ${name}`, () => {
    it("finds a token by its hash, and nothing by another", async () => {
      const tokens = await makeStore();
      const token = { sha256: sha256(newId()), tenantId: newId(), dependencyId: newId(), createdAt: isoAt(startMs) };
      await tokens.put(token);
      await tokens.put({ ...token, tenantId: newId() });
      expect(await tokens.find(token.sha256)).toEqual(token);
      expect(await tokens.find(sha256(token.sha256))).toBeUndefined();
    });
  });
};
