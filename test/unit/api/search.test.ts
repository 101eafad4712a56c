import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import type { Embedder } from "../../../shared/embeddings/embedder.ts";
import { buildIndex } from "../../../shared/search/build-index.ts";
import { encodeIndex } from "../../../shared/search/index-file.ts";
import { fillTenant } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

const model = { id: "embedded:test", dimension: 2 };

/** Money to the right, animals upwards. */
const embedder: Embedder = {
  embed: async (_model, texts) => texts.map((text) => Float32Array.from(/money|refund/i.test(text) ? [1, 0] : [0, 1])),
};

const rows = [
  { method: "POST", path: "/refunds", summary: "Refund a payment", tags: ["payments"], vector: [1, 0] },
  { method: "GET", path: "/pets", summary: "List pets", tags: [], vector: [0, 1] },
];

let api: ApiHarness;
let client: ApiClient;
let key: string;
let dependencyId: string;

/** A tenant whose one dependency is indexed. */
const indexed = async (options: Parameters<typeof createApiHarness>[0]) => {
  api = createApiHarness(options);
  let tenantId: string;
  ({ client, key, tenantId } = await api.createTenant("acme"));
  dependencyId = (await fillTenant(api, tenantId)).dependencyId ?? "";
  const operations = rows.map(({ vector, ...row }, at) => ({
    operation: {
      ...row,
      operationId: `op${at}`,
      domain: row.path.slice(1),
      deprecated: false,
      hash: "h",
      vectorId: "v",
    },
    fields: { title: row.summary, path: row.path, tags: row.tags.join(" "), inputs: "", description: "" },
    vector: Float32Array.from(vector),
  }));
  await api.bodies.putOnce(
    "k",
    encodeIndex(buildIndex({ dependencyId, snapshotId: "s1", model }, operations)),
    "application/octet-stream",
  );
  await api.searchManifests.replace({ tenantId, version: 1, mergedKey: "k", parts: [{ dependencyId, key: "k" }] });
  return tenantId;
};
const search = async (query: { q: string; dependencyId?: string }) =>
  (await client.call("searchOperations", { query })).data;

describe("searching operations", () => {
  beforeEach(() => indexed({ embedder }));

  it("answers by words and by meaning, and says of each hit why", async () => {
    expect(await search({ q: "money refund" })).toEqual([
      {
        dependencyId,
        dependencyName: "pets",
        snapshotId: "s1",
        method: "POST",
        path: "/refunds",
        operationId: "op0",
        summary: "Refund a payment",
        deprecated: false,
        tags: ["payments"],
        score: 1,
        explanation: {
          text: "“refund” in title, path (1st by words); 1st by meaning, similarity 1.00",
          words: { score: expect.any(Number), rank: 1, matched: [{ word: "refund", fields: ["title", "path"] }] },
          meaning: { similarity: 1, rank: 1, model: model.id },
        },
      },
    ]);
  });

  it("shows nothing of another tenant, of what is not monitored, and of what is gone", async () => {
    const stranger = await api.createTenant("other");
    expect((await stranger.client.call("searchOperations", { query: { q: "refund" } })).data).toEqual([]);
    const filter = { monitoringMode: "partial" as const, filteredEndpoints: ["GET /*"] };
    await client.call("updateDependency", { params: { dependencyId }, body: filter });
    expect(await search({ q: "refund" })).toEqual([]);
    expect((await search({ q: "pets" })).map(({ path }) => path)).toEqual(["/pets"]);
    await client.call("deleteDependency", { params: { dependencyId } });
    expect(await search({ q: "pets" })).toEqual([]);
  });

  it("refuses a question without words, too many hits, and a dependency that is not there", async () => {
    const status = async (query: string) => (await api.request(`GET /api/search/operations?${query}`, { key })).status;
    expect(await Promise.all(["", "q=+", "q=a&limit=101", "q=a&other=1"].map(status))).toEqual([400, 400, 400, 400]);
    expect(await status("q=a&dependencyId=01NOBODY")).toBe(404);
  });
});

it("goes by words alone while the model cannot be asked, and logs it", async () => {
  await indexed({});
  const [hit] = await search({ q: "refund" });
  expect(hit?.explanation).toEqual({
    text: "“refund” in title, path (1st by words); asked to write, as POST does",
    words: expect.objectContaining({ rank: 1 }),
    method: { intent: "write", isFit: true },
  });
  expect(api.logged.filter(({ event }) => event === "search.model_unavailable")).toHaveLength(1);
});

describe("embed jobs", () => {
  const place = () => ({ params: { dependencyId } });
  let tenantId: string;
  beforeEach(async () => {
    tenantId = await indexed({ embedder });
    api.embedQueue.sent.length = 0;
  });
  const failedJob = () => ({
    tenantId,
    dependencyId,
    status: "failed" as const,
    snapshotId: "s1",
    model,
    revision: 1,
    attempts: 5,
    term: 6,
    chunkKeys: [],
    lastError: { name: "EmbeddingProviderError", message: "away", atMs: Date.parse("2026-03-01T11:00:00.000Z") },
    operationCount: 2,
    embeddedCount: 1,
    updatedAtMs: Date.parse("2026-03-01T11:00:00.000Z"),
  });

  it("are not there before the first snapshot, and cannot be asked for", async () => {
    const none = { dependencyId, job_attempts: 0, badge: { state: "not_indexed", label: "not indexed" } };
    expect((await client.call("getEmbedJob", place())).data).toEqual(none);
    await expect(client.call("retryEmbedJob", place())).rejects.toMatchObject({ status: 409 });
    expect(api.embedQueue.sent).toEqual([]);
  });

  it("that failed are tried again on request, once, and keep what they have", async () => {
    await api.embedJobs.change({ tenantId, dependencyId }, failedJob);
    const { data: jobs } = await client.call("listEmbedJobs", {});
    expect(jobs.filter((job) => job.dependencyId === dependencyId)).toEqual([
      {
        dependencyId,
        job_status: "failed",
        job_attempts: 5,
        badge: { state: "failed", label: "failed", tooltip: "away" },
        lastError: { name: "EmbeddingProviderError", message: "away", at: "2026-03-01T11:00:00.000Z" },
        operationCount: 2,
        embeddedCount: 1,
        snapshotId: "s1",
        model: model.id,
        updatedAt: "2026-03-01T11:00:00.000Z",
      },
    ]);
    expect((await client.call("retryEmbedJob", place())).data).toMatchObject({
      job_status: "pending",
      badge: { label: "queued" },
    });
    expect(api.embedQueue.sent).toEqual([{ request: { tenantId, dependencyId }, delayMs: 0 }]);
    await expect(client.call("retryEmbedJob", place())).rejects.toMatchObject({ status: 409 });
    expect((await client.call("getDependency", place())).data.embedding).toEqual({ state: "queued", label: "queued" });
  });
});
