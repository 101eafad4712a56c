import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { EmptyDocumentError } from "../../../shared/net/errors.ts";
import { type RunStagePorts, runStage, type StageWorker, yieldBelowMs } from "../../../shared/pipeline/run-stage.ts";
import type { Stage, StageContext, StageResult } from "../../../shared/pipeline/stage.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

const startMs = Date.parse("2026-01-01T00:00:00Z");
const leaseDurationMs = 30_000;
const { tenantId, id: dependencyId } = dependencyFixture();
const { id: jobId } = syncJobFixture();

let clock: VirtualClock;
let stores: MemoryStores;
let ports: RunStagePorts;
let logged: string[];

beforeEach(async () => {
  clock = createVirtualClock(startMs);
  stores = createMemoryStores();
  logged = [];
  ports = { ...stores, clock, log: (event) => void logged.push(event) };
  await stores.dependencies.create(dependencyFixture());
  await stores.jobs.create(syncJobFixture());
});

const stageOf = (run: (context: StageContext) => Promise<StageResult>): Stage => ({ name: "fetch", run });
const completes = (output: Record<string, unknown> = { outcome: "body" }): Stage =>
  stageOf(async () => ({ result: "completed", output }));
/** Works until it is told to stop. */
const worksOn = (): Stage =>
  stageOf(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
const worker = (name = "worker-1", remainingMs = 900_000): StageWorker => ({
  owner: name,
  leaseDurationMs,
  remainingMs: () => remainingMs,
});
const invocation = (taskToken = "token-1", attempt = 1) => ({ tenantId, dependencyId, jobId, attempt, taskToken });
const job = async () => {
  const stored = await stores.jobs.get(jobId);
  if (stored === undefined) throw new Error("the job is gone");
  return stored;
};
const failures = () => stores.tokens.sent.flatMap((sent) => (sent.report === "fail" ? [sent.errorName] : []));

describe("runStage", () => {
  it("claims, works, checkpoints and only then reports", async () => {
    const stage = stageOf(async ({ job: claimed }) => {
      expect(claimed).toMatchObject({ status: "running", stage: "fetch", term: 1, leaseOwner: "worker-1" });
      expect(stores.tokens.sent).toEqual([]);
      return { result: "completed", output: { outcome: "body", bodyKey: "k", warnings: [1] } };
    });
    expect(await runStage(ports, stage, invocation(), worker())).toBe("succeeded");
    expect(await job()).toMatchObject({
      status: "running",
      stage: "parse",
      term: 1,
      checkpoints: { fetch: { at: "2026-01-01T00:00:00.000Z", term: 1, output: { outcome: "body", bodyKey: "k" } } },
    });
    expect((await job()).leaseOwner).toBeUndefined();
    expect(stores.tokens.sent).toEqual([
      { report: "succeed", token: "token-1", output: { outcome: "body", bodyKey: "k" } },
    ]);
  });

  it("only reports again when the checkpoint is there already", async () => {
    await runStage(ports, completes(), invocation(), worker());
    const stage = stageOf(() => Promise.reject(new Error("must not run")));
    expect(await runStage(ports, stage, invocation("token-2"), worker("worker-2"))).toBe("repeated");
    expect(stores.tokens.sent.map((sent) => [sent.report, sent.token])).toEqual([
      ["succeed", "token-1"],
      ["succeed", "token-2"],
    ]);
    expect((await job()).term).toBe(1);
  });

  it("leaves a live lease alone", async () => {
    await stores.jobs.claimStage({ ...claimOf("worker-0"), durationMs: leaseDurationMs });
    expect(await runStage(ports, completes(), invocation(), worker())).toBe("failed");
    expect(failures()).toEqual(["LeaseHeldError"]);
    expect(await job()).toMatchObject({ leaseOwner: "worker-0", term: 1, checkpoints: {} });
  });

  it("takes over from a worker whose lease ended, with a higher term", async () => {
    await stores.jobs.claimStage({ ...claimOf("worker-0"), durationMs: leaseDurationMs });
    await clock.advance(leaseDurationMs);
    expect(await runStage(ports, completes(), invocation("token-2"), worker())).toBe("succeeded");
    expect((await job()).checkpoints.fetch?.term).toBe(2);
  });

  it("renews the lease every third of it and heartbeats with each renewal", async () => {
    let finish = () => {};
    const stage = stageOf(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { result: "completed", output: {} };
    });
    const running = runStage(ports, stage, invocation(), worker());
    await clock.advance(leaseDurationMs * 2);
    expect((await job()).leaseExpiresAtMs).toBe(startMs + leaseDurationMs * 3);
    finish();
    expect(await running).toBe("succeeded");
    expect(stores.tokens.sent.map((sent) => sent.report)).toEqual([...Array(6).fill("heartbeat"), "succeed"]);
  });

  it("goes on through a renewal that merely failed", async () => {
    let calls = 0;
    const renew: typeof stores.jobs.renew = async (...args) => {
      calls += 1;
      if (calls === 1) throw new Error("throttled");
      return stores.jobs.renew(...args);
    };
    let finish = () => {};
    const stage = stageOf(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { result: "completed", output: {} };
    });
    const running = runStage({ ...ports, jobs: { ...stores.jobs, renew } }, stage, invocation(), worker());
    await clock.advance(leaseDurationMs);
    finish();
    expect(await running).toBe("succeeded");
    expect(logged).toContain("sync.renewal_failed");
  });

  it("stops before its lease ends when it cannot renew, and writes nothing", async () => {
    const renew = () => Promise.reject(new Error("the store is down"));
    let stoppedAtMs = 0;
    const stage = stageOf(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            stoppedAtMs = clock.nowMs();
            reject(signal.reason);
          });
        }),
    );
    const running = runStage({ ...ports, jobs: { ...stores.jobs, renew } }, stage, invocation(), worker());
    await clock.advance(leaseDurationMs);
    expect(await running).toBe("failed");
    expect(stoppedAtMs).toBeLessThan(startMs + leaseDurationMs);
    expect(failures()).toEqual(["LeaseLostError"]);
    expect((await job()).checkpoints).toEqual({});
  });

  it("lets no stale worker commit after another one claimed", async () => {
    // A worker that was frozen past the end of its lease: its clock stood still, and it renewed nothing.
    const frozen = { nowMs: () => startMs, sleep: abortable };
    let thaw = () => {};
    const stage = stageOf(async () => {
      await new Promise<void>((resolve) => {
        thaw = resolve;
      });
      return { result: "completed", output: { by: "the stale one" } };
    });
    const stale = runStage({ ...ports, clock: frozen }, stage, invocation(), worker());
    await clock.advance(leaseDurationMs + 1);
    await runStage(ports, completes({ by: "the new one" }), invocation("token-2"), worker("worker-2"));
    thaw();
    expect(await stale).toBe("failed");
    expect((await job()).checkpoints.fetch?.output).toEqual({ by: "the new one" });
    expect(failures()).toEqual(["LeaseLostError"]);
  });

  it("does not commit what a stage that ignored the signal finished too late, although nobody else claimed", async () => {
    const renew = () => Promise.reject(new Error("the store is down"));
    let finish = () => {};
    const stage = stageOf(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { result: "completed", output: {} };
    });
    const running = runStage({ ...ports, jobs: { ...stores.jobs, renew } }, stage, invocation(), worker());
    await clock.advance(leaseDurationMs);
    finish();
    expect(await running).toBe("failed");
    expect(failures()).toEqual(["LeaseLostError"]);
    expect((await job()).checkpoints).toEqual({});
  });

  it("notices a cancel at its next renewal, stops the work and ends the job", async () => {
    const running = runStage(ports, worksOn(), invocation(), worker());
    await clock.advance(1_000);
    await stores.jobs.requestCancel(jobId, clock.nowMs());
    await clock.advance(leaseDurationMs / 3);
    expect(await running).toBe("failed");
    expect(failures()).toEqual(["JobCancelledError"]);
    expect(await job()).toMatchObject({ status: "cancelled", checkpoints: {} });
    expect((await stores.dependencies.get(tenantId, dependencyId))?.activeJobId).toBeUndefined();
  });

  it("stops when the state machine no longer waits for its token", async () => {
    const running = runStage(ports, worksOn(), invocation(), worker());
    stores.tokens.stale.add("token-1");
    await clock.advance(leaseDurationMs / 3);
    expect(await running).toBe("stale");
    expect(await job()).toMatchObject({ status: "running", checkpoints: {}, errors: [] });
    expect((await job()).leaseOwner).toBeUndefined();
  });

  it("notes what went wrong, frees the lease and tells the state machine why", async () => {
    const stage = stageOf(() => Promise.reject(new EmptyDocumentError("https://api.example.com/openapi.json")));
    expect(await runStage(ports, stage, invocation(), worker())).toBe("failed");
    const stored = await job();
    expect(stored.leaseOwner).toBeUndefined();
    expect(stored.errors).toEqual([
      {
        at: "2026-01-01T00:00:00.000Z",
        stage: "fetch",
        attempt: 1,
        name: "EmptyDocumentError",
        message: expect.stringContaining("empty"),
        kind: "permanent",
      },
    ]);
    const [sent] = stores.tokens.sent;
    if (sent?.report !== "fail") throw new Error("no failure was reported");
    expect(JSON.parse(sent.cause)).toEqual({ message: stored.errors[0]?.message, kind: "permanent", stage: "fetch" });
  });

  it("calls an error that no one foresaw retryable", async () => {
    await runStage(
      ports,
      stageOf(() => Promise.reject(new TypeError("x is not a function"))),
      invocation(),
      worker(),
    );
    expect(failures()).toEqual(["UnexpectedError"]);
    expect((await job()).errors[0]).toMatchObject({ kind: "retryable", message: "x is not a function" });
  });

  it("hands the baton over when its function's time is nearly up, and the next worker goes on from the progress", async () => {
    const seen: (string | undefined)[] = [];
    const stage = stageOf(async ({ job: claimed, mustYield, saveProgress }) => {
      seen.push(claimed.progress?.cursor);
      if (!mustYield()) return { result: "completed", output: {} };
      await saveProgress({ message: "wrote 50 of 90", completed: 50, total: 90, cursor: "50" });
      return { result: "yielded" };
    });
    expect(await runStage(ports, stage, invocation(), worker("worker-1", yieldBelowMs - 1))).toBe("failed");
    expect(failures()).toEqual(["StageYielded"]);
    expect(await job()).toMatchObject({ errors: [], progress: { message: "wrote 50 of 90" } });
    expect(await runStage(ports, stage, invocation("token-2"), worker("worker-2"))).toBe("succeeded");
    expect(seen).toEqual([undefined, "50"]);
  });

  it("lets a rate-limited job wait without a worker, without a failure and without a checkpoint", async () => {
    const retryAtMs = startMs + 90_000;
    const stage = stageOf(async () => ({ result: "rateLimited", isCounted: true, retryAtMs }));
    expect(await runStage(ports, stage, invocation(), worker())).toBe("waiting");
    expect(stores.tokens.sent).toEqual([
      { report: "succeed", token: "token-1", output: { outcome: "rateLimited", retryAt: "2026-01-01T00:01:30.000Z" } },
    ]);
    expect(await job()).toMatchObject({
      rateLimitedCount: 1,
      rateLimitedUntil: "2026-01-01T00:01:30.000Z",
      checkpoints: {},
      errors: [],
    });
  });

  it("writes nothing for an attempt that is over", async () => {
    expect(await runStage(ports, completes(), invocation("token-1", 7), worker())).toBe("failed");
    expect(failures()).toEqual(["StaleAttemptError"]);
    expect((await job()).term).toBe(0);
  });
});

const claimOf = (owner: string) => ({ jobId, stage: "fetch" as const, attempt: 1, owner, nowMs: clock.nowMs() });

const abortable = (_durationMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
