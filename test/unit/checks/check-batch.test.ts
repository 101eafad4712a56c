import { describe, expect, it } from "vitest";
import { UpstreamNotFoundError, UpstreamUnavailableError } from "../../../shared/net/errors.ts";
import { canonicalSha256 } from "../../../shared/pipeline/canonical-hash.ts";
import { sha256 } from "../../../shared/snapshots/sha256.ts";
import { petsReordered } from "../pipeline/documents.ts";
import { syncJobFixture } from "../sync-fixtures.ts";
import {
  addDependency,
  beginAnew,
  body,
  bytes,
  check,
  history,
  messageFor,
  newId,
  now,
  startAt,
  startMs,
  tallied,
  tenantId,
  url,
  world,
} from "./check-world.ts";

beginAnew();

describe("a check", () => {
  it("that finds nothing new is one conditional request and one write: no job, no execution", async () => {
    const dependency = await addDependency();
    expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
    expect(world.requests).toEqual([{ url, etag: '"1"', lastModified: undefined, headers: {} }]);
    expect(await history(dependency)).toEqual([]);
    expect(world.stores.workflow.sent).toEqual([]);
    expect(await now(dependency)).toMatchObject({
      unchangedChecks: { count: 1, firstAt: startAt, lastAt: startAt },
      lastCheckedAt: startAt,
      health: { status: "healthy", lastSuccessAt: startAt },
    });
    expect(await tallied()).toEqual({ completed: 1, failed: 0 });
  });

  it("that gets the bytes of the current snapshot again finds nothing new, and takes over their validators", async () => {
    const dependency = await addDependency({ bodySha256: sha256(bytes) });
    world.answers.set(url, body({ etag: '"2"' }));
    expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
    expect(await now(dependency)).toMatchObject({ etag: '"2"', unchangedChecks: { count: 1 } });
  });

  it("that gets the same JSON in another order finds nothing new", async () => {
    const dependency = await addDependency({ canonicalSha256: canonicalSha256(bytes) });
    world.answers.set(url, body({ body: petsReordered(), etag: '"2"' }));
    expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
    expect(await now(dependency)).toMatchObject({ etag: '"2"', unchangedChecks: { count: 1 } });
  });

  it("that finds other bytes hands them over to a sync that begins behind fetch", async () => {
    const unchangedChecks = { count: 37, firstAt: "2025-12-30T00:00:00.000Z", lastAt: "2025-12-31T23:00:00.000Z" };
    const dependency = await addDependency({ unchangedChecks });
    world.answers.set(url, body({ etag: '"2"', contentType: "application/json" }));
    expect(await check([messageFor(dependency)])).toEqual(["changed"]);
    const hash = sha256(bytes);
    const bodyKey = `tenants/${tenantId}/bodies/${hash}`;
    const output = { outcome: "body", bodyKey, bodySha256: hash, bodyBytes: bytes.byteLength, sourceUrl: url };
    const [job] = await history(dependency);
    expect(job).toMatchObject({
      trigger: "schedule",
      status: "queued",
      stage: "parse",
      baseSnapshotId: "s-1",
      checkpoints: { fetch: { at: startAt, output: { ...output, etag: '"2"', contentType: "application/json" } } },
      checksBefore: unchangedChecks,
    });
    expect(await world.stores.bodies.get(bodyKey)).toEqual(bytes);
    expect(world.stores.workflow.sent).toMatchObject([{ jobId: job?.id, resumeAt: "parse" }]);
    const after = await now(dependency);
    expect(after).toMatchObject({ activeJobId: job?.id });
    expect(after).not.toHaveProperty("unchangedChecks");
    expect(world.requests).toHaveLength(1);
    expect(await tallied()).toEqual({ completed: 1, failed: 0 });
  });

  it("asks without a condition while there is no snapshot, and makes the baseline of what comes", async () => {
    const dependency = await addDependency({ currentSnapshotId: undefined, bodySha256: sha256(bytes) });
    world.answers.set(url, body());
    expect(await check([messageFor(dependency)])).toEqual(["changed"]);
    expect(world.requests).toEqual([{ url, headers: {} }]);
    expect(await history(dependency)).toMatchObject([{ baseSnapshotId: null }]);
  });

  it("of an upload takes no request: the same bytes are unchanged, others begin a sync", async () => {
    const upload = { specUrl: undefined, uploadKey: `tenants/${tenantId}/uploads/${sha256(bytes)}` };
    const same = await addDependency({ ...upload, bodySha256: sha256(bytes) });
    const other = await addDependency({ ...upload, id: "01KDTV0000DEPENDENCY000002", bodySha256: sha256("old") });
    expect(await check([messageFor(same), messageFor(other)])).toEqual(["unchanged", "changed"]);
    expect(world.requests).toEqual([]);
    expect(await history(other)).toMatchObject([{ stage: "fetch", checkpoints: {} }]);
  });
});

describe("a check that fails", () => {
  it("for good is a failed job of the history and is counted; nothing is executed", async () => {
    const dependency = await addDependency();
    world.answers.set(url, new UpstreamNotFoundError(url, 404));
    expect(await check([messageFor(dependency)])).toEqual(["failed"]);
    const [job] = await history(dependency);
    expect(job).toMatchObject({ status: "failed", stage: "fetch", finishedAt: startAt, trigger: "schedule" });
    expect(job?.errors).toMatchObject([{ name: "UpstreamNotFoundError", kind: "permanent", stage: "fetch" }]);
    const after = await now(dependency);
    expect(after).toMatchObject({ health: { consecutiveFailures: 1, lastError: { name: "UpstreamNotFoundError" } } });
    expect(after).not.toHaveProperty("activeJobId");
    expect(world.stores.workflow.sent).toEqual([]);
    expect(await tallied()).toEqual({ completed: 0, failed: 1 });
  });

  it("and may pass is tried twice more, later each time, before it is counted", async () => {
    const dependency = await addDependency();
    world.answers.set(url, new UpstreamUnavailableError("it answered 502"));
    const delays: number[] = [];
    let message = messageFor(dependency);
    for (const end of ["retrying", "retrying", "failed"]) {
      expect(await check([message])).toEqual([end]);
      const again = world.stores.checkQueue.sent.pop();
      if (again === undefined) continue;
      ({ message } = again);
      delays.push(again.delayMs);
    }
    expect(delays).toEqual([30_000, 120_000]);
    expect(await history(dependency)).toHaveLength(1);
    expect(await now(dependency)).toMatchObject({ health: { consecutiveFailures: 1 } });
  });

  it("pauses the dependency at the tenth time, and one that passes brings it back", async () => {
    const health = { status: "unhealthy", consecutiveFailures: 9 } as const;
    const dependency = await addDependency({ health });
    world.answers.set(url, new UpstreamNotFoundError(url, 404));
    await check([messageFor(dependency)]);
    expect(await now(dependency)).toMatchObject({
      health: { status: "paused", consecutiveFailures: 10 },
      nextCheckAt: "2026-01-02T00:00:00.000Z",
    });
    world.answers.clear();
    await world.clock.advance(86_400_000);
    expect(await check([messageFor(dependency, { dueAt: "2026-01-02T00:00:00.000Z" })])).toEqual(["unchanged"]);
    const after = await now(dependency);
    expect(after?.health).toMatchObject({ status: "healthy", consecutiveFailures: 0 });
    expect(Date.parse(after?.nextCheckAt ?? "")).toBeLessThanOrEqual(world.clock.nowMs() + 3_600_000);
  });

  it("because of us comes back by itself and counts for nothing", async () => {
    const dependency = await addDependency();
    const recordUnchanged = () => Promise.reject(new Error("throttled"));
    const ports = { checks: { ...world.stores.checks, recordUnchanged } };
    expect(await check([messageFor(dependency)], { ports })).toEqual(["broken"]);
    expect(await now(dependency)).toEqual(dependency);
    expect(await check([messageFor(dependency)])).toEqual(["unchanged"]);
  });
});

describe("a host that answers 429", () => {
  it("makes its dependencies wait as long as it asks, which is no failure, and no other host's", async () => {
    const limited = await addDependency();
    const sameHost = await addDependency({ id: "01KDTV0000DEPENDENCY000002", specUrl: `${url}?2` });
    const other = await addDependency({ id: "01KDTV0000DEPENDENCY000003", specUrl: "https://b.example.com/" });
    const retryAtMs = startMs + 600_000;
    world.answers.set(url, { outcome: "rateLimited", retryAtMs });
    const messages = [limited, sameHost, other].map((dependency) => messageFor(dependency));
    expect(await check(messages)).toEqual(["postponed", "postponed", "unchanged"]);
    expect(world.requests.map((request) => request.url)).toEqual([url, "https://b.example.com/"]);
    const until = new Date(retryAtMs).toISOString();
    for (const [dependency, count] of [
      [limited, 1],
      [sameHost, 0],
    ] as const) {
      expect(await now(dependency)).toEqual({ ...dependency, nextCheckAt: until, rateLimited: { until, count } });
      expect(await history(dependency)).toEqual([]);
    }
    // Another worker, another tenant's message: the pause is the host's.
    world.answers.clear();
    expect(await check([messageFor(sameHost)])).toEqual(["skipped"]);
    await world.clock.advance(600_000);
    expect(await check([messageFor(sameHost, { dueAt: until })])).toEqual(["unchanged"]);
    expect(await now(sameHost)).not.toHaveProperty("rateLimited");
  });

  it("again and again is asked less and less often, down to the cadence", async () => {
    const delays: number[] = [];
    for (const count of [0, 1, 2, 9]) {
      const dependency = await addDependency({
        id: newId(),
        specUrl: `https://h${count}.example.com/`,
        rateLimited: { until: startAt, count },
      });
      world.answers.set(dependency.specUrl ?? "", { outcome: "rateLimited", retryAtMs: startMs + 1_000 });
      expect(await check([messageFor(dependency)])).toEqual(["postponed"]);
      delays.push(Date.parse((await now(dependency))?.nextCheckAt ?? "") - startMs);
    }
    expect(delays).toEqual([60_000, 120_000, 240_000, 3_600_000]);
  });

  it("in a 503 is left alone too, by everybody", async () => {
    const one = await addDependency();
    const two = await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    world.answers.set(
      url,
      new UpstreamUnavailableError("it answered 503", { status: 503, retryAtMs: startMs + 60_000 }),
    );
    expect(await check([messageFor(one)])).toEqual(["retrying"]);
    expect(await check([messageFor(two)])).toEqual(["postponed"]);
    expect(world.requests).toHaveLength(1);
  });
});

describe("a batch", () => {
  it("fetches from ten hosts at once, and from one host one after another in one turn", async () => {
    let atOnce = 0;
    let most = 0;
    world.during = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    const dependencies = [];
    for (let number = 0; number < 10; number += 1)
      dependencies.push(await addDependency({ id: newId(), specUrl: `https://h${number}.example.com/` }));
    expect(await check(dependencies.map((one) => messageFor(one)))).toEqual(Array(10).fill("unchanged"));
    expect([most, world.stores.hosts.writes]).toEqual([10, 10]);

    most = 0;
    const ofOneHost = [];
    for (let number = 0; number < 10; number += 1)
      ofOneHost.push(await addDependency({ id: newId(), specUrl: `${url}?${number}` }));
    expect(await check(ofOneHost.map((one) => messageFor(one)))).toEqual(Array(10).fill("unchanged"));
    expect([most, world.stores.hosts.writes]).toEqual([1, 12]);
  });

  it("sends messages again for later whose host has no turn to give, or for which there is no time", async () => {
    const dependency = await addDependency();
    const limits = { maxTurns: 1, intervalMs: 0 };
    await world.stores.hosts.take("api.example.com", {
      holder: "another",
      requests: 1,
      nowMs: startMs,
      holdMs: 60_000,
      limits,
    });
    const ends = check([messageFor(dependency)], { maxTurns: 1 });
    await world.clock.advance(3_000);
    expect(await ends).toEqual(["waiting"]);
    await world.stores.hosts.giveBack("api.example.com", "another");
    expect(await check([messageFor(dependency)], { remainingMs: 60_000 })).toEqual(["waiting"]);
    expect(world.stores.checkQueue.sent).toEqual(Array(2).fill({ message: messageFor(dependency), delayMs: 12_500 }));
    expect(world.requests).toEqual([]);
    expect(await now(dependency)).toEqual(dependency);
  });

  it("is not spoilt by one message, whatever is wrong with it", async () => {
    const dependency = await addDependency();
    const broken = await addDependency({ id: "01KDTV0000DEPENDENCY000002", specUrl: "https://b.example.com/" });
    world.answers.set("https://b.example.com/", new TypeError("a bug of ours"));
    const unknown = messageFor({ ...dependency, id: "unknown" });
    expect(await check([messageFor(broken), unknown, messageFor(dependency)])).toEqual([
      "broken",
      "skipped",
      "unchanged",
    ]);
  });
});

describe("a message", () => {
  it("that comes twice, or late, is not fetched for again", async () => {
    const dependency = await addDependency();
    const message = messageFor(dependency);
    expect(await check([message])).toEqual(["unchanged"]);
    expect(await check([message])).toEqual(["skipped"]);
    expect(world.requests).toHaveLength(1);
    expect(await now(dependency)).toMatchObject({ unchangedChecks: { count: 1 } });
  });

  it("is dropped for a dependency that is disabled, or in a sync", async () => {
    const disabled = await addDependency({ enabled: false });
    const busy = await addDependency({ id: "01KDTV0000DEPENDENCY000002" });
    await world.stores.jobs.create(syncJobFixture({ dependencyId: busy.id }));
    expect(await check([messageFor(disabled), messageFor(busy)])).toEqual(["skipped", "skipped"]);
    expect(world.requests).toEqual([]);
  });

  it.each([
    ["unchanged", undefined],
    ["changed", body()],
    ["failed", new UpstreamNotFoundError(url, 404)],
    ["postponed", { outcome: "rateLimited", retryAtMs: startMs + 1_000 } as const],
  ])("whose dependency a manual sync takes during the fetch leaves that sync alone (%s)", async (_, answer) => {
    const dependency = await addDependency();
    if (answer !== undefined) world.answers.set(url, answer);
    const manual = syncJobFixture({ dependencyId: dependency.id, baseSnapshotId: "s-1" });
    world.during = () => world.stores.jobs.create(manual);
    expect(await check([messageFor(dependency)])).toEqual(["superseded"]);
    expect(await history(dependency)).toEqual([manual]);
    expect(await now(dependency)).toEqual({ ...dependency, activeJobId: manual.id });
  });

  it("whose document another one was put in place of during the fetch says nothing of the new one", async () => {
    const dependency = await addDependency();
    world.answers.set(url, body());
    const patch = { specUrl: "https://new.example.com/openapi.json", nextCheckAt: startAt };
    world.during = () => world.stores.dependencies.update(tenantId, dependency.id, patch, startMs);
    expect(await check([messageFor(dependency)])).toEqual(["superseded"]);
    expect(await history(dependency)).toEqual([]);
  });
});
