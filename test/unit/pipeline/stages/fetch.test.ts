import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { EmptyDocumentError, HtmlPageError, UpstreamNotFoundError } from "../../../../shared/net/errors.ts";
import type { FetchedBody, FetchOutcome, FetchRequest } from "../../../../shared/net/guarded-fetch.ts";
import { canonicalSha256 } from "../../../../shared/pipeline/canonical-hash.ts";
import { MissingBodyError, SecretUnavailableError, StillRateLimitedError } from "../../../../shared/pipeline/errors.ts";
import { fetchStage } from "../../../../shared/pipeline/stages/fetch.ts";
import { sha256 } from "../../../../shared/snapshots/sha256.ts";
import { dependencyFixture, syncJobFixture } from "../../sync-fixtures.ts";
import { petsDocument } from "../documents.ts";
import { nowMs, stageContext, tenantId } from "../stage-context.ts";

const url = "https://api.example.com/openapi.json";
const bytes = petsDocument();
const hash = sha256(bytes);
const bodyKey = `tenants/${tenantId}/bodies/${hash}`;
const maxRateLimitWaits = 3;

const answer = (fields: Partial<FetchedBody> = {}): FetchedBody => ({
  outcome: "body",
  body: bytes,
  finalUrl: url,
  status: 200,
  elapsedMs: 5,
  redirects: [],
  ...fields,
});

let stores: MemoryStores;
let clock: VirtualClock;
let requests: FetchRequest[];
let outcome: FetchOutcome | Error;

beforeEach(() => {
  stores = createMemoryStores();
  clock = createVirtualClock(nowMs);
  requests = [];
  outcome = answer();
});

const stage = () =>
  fetchStage(
    {
      bodies: stores.bodies,
      secrets: stores.secrets,
      hosts: stores.hosts,
      clock,
      async fetch({ signal, ...request }) {
        expect(signal).toBeInstanceOf(AbortSignal);
        requests.push(request);
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
    { maxRateLimitWaits, hostLimits: { maxTurns: 1, intervalMs: 0 }, fetchTimeoutMs: 60_000 },
  );

describe("fetch", () => {
  it("stores the body under its hash and leaves what the later stages need", async () => {
    outcome = answer({ contentType: "application/json", etag: '"7"', lastModified: "Thu, 01 Jan 2026 00:00:00 GMT" });
    expect(await stage().run(stageContext())).toEqual({
      result: "completed",
      output: {
        outcome: "body",
        bodyKey,
        bodySha256: hash,
        canonicalSha256: canonicalSha256(bytes),
        bodyBytes: bytes.byteLength,
        sourceUrl: url,
        contentType: "application/json",
        etag: '"7"',
        lastModified: "Thu, 01 Jan 2026 00:00:00 GMT",
      },
    });
    expect(await stores.bodies.get(bodyKey)).toEqual(bytes);
    expect(await stores.bodies.head(bodyKey)).toMatchObject({ contentType: "application/json" });
    expect(requests).toEqual([{ url, headers: {} }]);
  });

  it("names the address where the redirects ended", async () => {
    outcome = answer({ finalUrl: "https://cdn.example.com/v3.json", redirects: ["https://cdn.example.com/v3.json"] });
    const { output } = completed(await stage().run(stageContext()));
    expect(output.sourceUrl).toBe("https://cdn.example.com/v3.json");
  });

  it("comes to the same when it runs again", async () => {
    const first = await stage().run(stageContext());
    expect(await stage().run(stageContext())).toEqual(first);
  });

  it("asks only for what changed when the pinned snapshot is the one that the validators belong to", async () => {
    const dependency = dependencyFixture({ currentSnapshotId: "s-1", etag: '"7"', lastModified: "yesterday" });
    outcome = { outcome: "notModified" };
    const job = syncJobFixture({ baseSnapshotId: "s-1" });
    expect(await stage().run(stageContext({ dependency, job }))).toEqual({
      result: "completed",
      output: { outcome: "notModified" },
    });
    expect(requests).toEqual([{ url, etag: '"7"', lastModified: "yesterday", headers: {} }]);
  });

  it.each([
    ["another snapshot", "s-0"],
    ["none, as it makes the baseline", null],
  ])("sends no validators when the job is pinned to %s", async (_, baseSnapshotId) => {
    const dependency = dependencyFixture({ currentSnapshotId: "s-1", etag: '"7"', lastModified: "yesterday" });
    await stage().run(stageContext({ dependency, job: syncJobFixture({ baseSnapshotId }) }));
    expect(requests).toEqual([{ url, headers: {} }]);
  });

  it("sends the tenant's secret in the header that the dependency names", async () => {
    stores.secrets.put(tenantId, "pets-token", "Bearer abc");
    stores.secrets.put("another", "pets-token", "Bearer theirs");
    const dependency = dependencyFixture({ auth: { secretName: "pets-token", header: "Authorization" } });
    await stage().run(stageContext({ dependency }));
    expect(requests).toEqual([{ url, headers: { Authorization: "Bearer abc" } }]);
  });

  it("sends nothing at all when the secret is missing", async () => {
    stores.secrets.put("another", "pets-token", "Bearer theirs");
    const dependency = dependencyFixture({ auth: { secretName: "pets-token", header: "Authorization" } });
    await expect(stage().run(stageContext({ dependency }))).rejects.toEqual(new SecretUnavailableError("pets-token"));
    expect(requests).toEqual([]);
  });

  it("lets the job wait as long as a 429 asks", async () => {
    outcome = { outcome: "rateLimited", retryAtMs: nowMs + 90_000 };
    const job = syncJobFixture({ rateLimitedCount: maxRateLimitWaits - 1 });
    expect(await stage().run(stageContext({ job }))).toEqual({
      result: "rateLimited",
      retryAtMs: nowMs + 90_000,
      isCounted: true,
    });
  });

  it("gives up when the host still answers 429 after the last wait", async () => {
    outcome = { outcome: "rateLimited", retryAtMs: nowMs + 90_000 };
    const job = syncJobFixture({ rateLimitedCount: maxRateLimitWaits });
    await expect(stage().run(stageContext({ job }))).rejects.toEqual(new StillRateLimitedError(url, maxRateLimitWaits));
  });

  it("goes straight to the end when the bytes are those of the current snapshot, with their validators", async () => {
    outcome = answer({ etag: '"8"' });
    const dependency = dependencyFixture({ currentSnapshotId: "s-1", bodySha256: hash });
    const pinned = syncJobFixture({ baseSnapshotId: "s-1" });
    expect(await stage().run(stageContext({ dependency, job: pinned }))).toEqual({
      result: "completed",
      output: { outcome: "notModified", etag: '"8"', lastModified: undefined },
    });
    expect(completed(await stage().run(stageContext({ dependency }))).output).toMatchObject({ outcome: "body" });
  });

  it("throws on what the guarded fetch refuses", async () => {
    outcome = new UpstreamNotFoundError(url, 404);
    await expect(stage().run(stageContext())).rejects.toBe(outcome);
  });

  it.each([
    ["an empty body", "", EmptyDocumentError],
    ["a web page", "<!doctype html><html><title>Log in</title></html>", HtmlPageError],
  ])("refuses %s and stores nothing", async (_, text, error) => {
    const body = new TextEncoder().encode(text);
    outcome = answer({ body });
    await expect(stage().run(stageContext())).rejects.toBeInstanceOf(error);
    expect(await stores.bodies.head(`tenants/${tenantId}/bodies/${sha256(body)}`)).toBeUndefined();
  });
});

describe("fetch, of a host that others fetch from too", () => {
  const host = "api.example.com";
  const limits = { maxTurns: 1, intervalMs: 0 };
  const takeByAnother = () =>
    stores.hosts.take(host, { holder: "another", requests: 1, nowMs, holdMs: 60_000, limits });

  it("waits a few seconds for its turn", async () => {
    await takeByAnother();
    const result = stage().run(stageContext());
    await clock.advance(1_000);
    await stores.hosts.giveBack(host, "another");
    expect(requests).toEqual([]);
    await clock.advance(1_000);
    expect(await result).toMatchObject({ result: "completed" });
  });

  it("leaves a longer wait to the state machine, and it is none of those that an attempt may have", async () => {
    await takeByAnother();
    const result = stage().run(stageContext());
    await clock.advance(5_000);
    expect(await result).toEqual({ result: "rateLimited", retryAtMs: nowMs + 6_000, isCounted: false });
    expect(requests).toEqual([]);
  });

  it("keeps everybody away from a host that answers 429, and gives its turn back whatever happened", async () => {
    outcome = { outcome: "rateLimited", retryAtMs: nowMs + 90_000 };
    await stage().run(stageContext());
    outcome = answer();
    const waits = { result: "rateLimited", retryAtMs: nowMs + 90_000, isCounted: false };
    expect(await stage().run(stageContext())).toEqual(waits);
    await clock.advance(90_000);
    outcome = new UpstreamNotFoundError(url, 404);
    await expect(stage().run(stageContext())).rejects.toBe(outcome);
    outcome = answer();
    expect(await stage().run(stageContext())).toMatchObject({ result: "completed" });
  });
});

describe("fetch of an upload", () => {
  const uploadKey = `tenants/${tenantId}/uploads/${hash}`;
  const dependency = dependencyFixture({ specUrl: undefined, uploadKey });

  it("takes the uploaded document and reaches no network", async () => {
    await stores.bodies.putOnce(uploadKey, bytes, "application/json");
    expect(await stage().run(stageContext({ dependency }))).toEqual({
      result: "completed",
      output: { outcome: "body", bodyKey, bodySha256: hash, bodyBytes: bytes.byteLength, sourceUrl: "upload" },
    });
    expect(await stores.bodies.get(bodyKey)).toEqual(bytes);
    expect(requests).toEqual([]);
  });

  it("says where it looked when the upload is gone", async () => {
    await expect(stage().run(stageContext({ dependency }))).rejects.toEqual(new MissingBodyError(uploadKey));
  });

  it("refuses an upload that is no document", async () => {
    await stores.bodies.putOnce(uploadKey, new TextEncoder().encode(" \n"), "text/plain");
    await expect(stage().run(stageContext({ dependency }))).rejects.toEqual(
      new EmptyDocumentError("the uploaded document"),
    );
  });
});

const completed = (result: Awaited<ReturnType<ReturnType<typeof stage>["run"]>>) => {
  if (result.result !== "completed") throw new Error(`the stage ended as ${result.result}`);
  return result;
};
