import { beforeEach, describe, expect, it } from "vitest";
import { settleInvocation } from "../../../shared/contracts/sync-workflow.ts";
import { defaultHealthThresholds } from "../../../shared/health/assess-failure.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { createMemoryStores, type MemoryStores } from "../../../shared/memory/memory-stores.ts";
import { endOfExecution, settleJob } from "../../../shared/pipeline/settle.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";
import { dependencyId, jobId, nowMs, tenantId } from "./stage-context.ts";

const at = "2026-01-01T00:00:00.000Z";

let stores: MemoryStores;
let clock: VirtualClock;

beforeEach(async () => {
  clock = createVirtualClock(nowMs);
  stores = createMemoryStores();
  await stores.dependencies.create(dependencyFixture());
  await stores.jobs.create(syncJobFixture({ stage: "parse" }));
});

/** Settles what the state machine would send: a time-out may come without a `Cause`. */
const settle = (name: string, cause?: string, attempt = 1) => {
  const error = { Error: name, ...(cause === undefined ? {} : { Cause: cause }) };
  const invocation = settleInvocation.parse({ kind: "failed", jobId, attempt, error });
  return settleJob({ jobs: stores.jobs, clock }, invocation, defaultHealthThresholds);
};
const settleCancel = (attempt = 1) =>
  settleJob({ jobs: stores.jobs, clock }, { kind: "cancelled", jobId, attempt }, defaultHealthThresholds);
const dependency = () => stores.dependencies.get(tenantId, dependencyId);

describe("a failed execution", () => {
  it("ends the job with the error that the stage reported, frees the dependency and counts the failure", async () => {
    const message = "the document is not valid JSON at line 3, column 7: expected a comma";
    const job = await settle(
      "InvalidDocumentError",
      JSON.stringify({ message, kind: "permanent", stage: "normalize" }),
    );
    expect(job).toEqual(
      syncJobFixture({
        status: "failed",
        stage: "parse",
        errors: [{ at, stage: "normalize", attempt: 1, name: "InvalidDocumentError", message, kind: "permanent" }],
        finishedAt: at,
        updatedAt: at,
      }),
    );
    expect(await dependency()).toEqual(
      dependencyFixture({
        health: {
          status: "healthy",
          consecutiveFailures: 1,
          lastFailureAt: at,
          lastError: { name: "InvalidDocumentError", message },
        },
        lastCheckedAt: at,
        updatedAt: at,
      }),
    );
  });

  it.each([
    ["States.HeartbeatTimeout", undefined, "stage parse failed: its worker stopped answering, on every try"],
    ["States.Timeout", undefined, "stage parse failed: it ran longer than an hour"],
    ["States.Timeout", "", "stage parse failed: it ran longer than an hour"],
    [
      "Runtime.ExitError",
      '{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1 Error: signal: killed"}',
      "stage parse failed: its worker exited, on every try (out of memory?)",
    ],
    [
      "Sandbox.Timedout",
      '{"errorType":"Sandbox.Timedout"}',
      "stage parse failed: its worker ran into the function's time limit, on every try",
    ],
    ["Lambda.Unknown", "", "stage parse failed: Lambda.Unknown"],
    ["Lambda.Unknown", "the function <b>died</b>", "stage parse failed: Lambda.Unknown: the function <b>died</b>"],
    ["States.Runtime", '{"message":"not ours"}', 'stage parse failed: States.Runtime: {"message":"not ours"}'],
  ])("says in words what the platform's %s means", async (name, cause, message) => {
    const job = await settle(name, cause);
    expect(job?.errors).toEqual([{ at, stage: "parse", attempt: 1, name, message, kind: "retryable" }]);
  });

  it("says the platform's name of an error that came without a cause", async () => {
    const job = await settle("Lambda.Unknown");
    expect(job?.errors.map(({ message }) => message)).toEqual(["stage parse failed: Lambda.Unknown"]);
  });

  it("notes once what the stage noted already when it gave up", async () => {
    const claim = { jobId, stage: "parse" as const, attempt: 1, owner: "worker", nowMs, durationMs: 30_000 };
    const claimed = await stores.jobs.claimStage(claim);
    if (!claimed.claimed) throw new Error("the claim was refused");
    const said = { message: "the document is not valid JSON", kind: "permanent", stage: "parse" } as const;
    const noted = { at, attempt: 1, name: "InvalidDocumentError", ...said };
    await stores.jobs.release(claimed.lease, nowMs, { error: noted });
    await clock.advance(5_000);
    const job = await settle("InvalidDocumentError", JSON.stringify(said));
    expect(job).toMatchObject({ status: "failed", finishedAt: "2026-01-01T00:00:05.000Z" });
    expect(job?.errors).toEqual([noted]);
    expect((await dependency())?.health).toMatchObject({
      consecutiveFailures: 1,
      lastError: { name: noted.name, message: noted.message },
    });
  });

  it("cuts a cause that is no word of ours short", async () => {
    const job = await settle("Lambda.Unknown", "x".repeat(9_000));
    expect(job?.errors[0]?.message).toBe(`stage parse failed: Lambda.Unknown: ${"x".repeat(500)}`);
  });

  it("does nothing more when it is repeated", async () => {
    const first = await settle("Lambda.Unknown", "");
    const after = await dependency();
    await clock.advance(5_000);
    expect(await settle("Lambda.Unknown", "")).toEqual(first);
    expect(await dependency()).toEqual(after);
  });

  it("leaves a newer attempt alone", async () => {
    await settle("Lambda.Unknown", "");
    await stores.jobs.requeue(jobId, nowMs);
    expect(await settle("Lambda.Unknown", "", 1)).toMatchObject({ status: "queued", attempt: 2 });
    expect((await dependency())?.health.consecutiveFailures).toBe(1);
  });

  it("leaves a finished job alone", async () => {
    const claim = { jobId, stage: "done" as const, attempt: 1, owner: "worker", nowMs, durationMs: 30_000 };
    const claimed = await stores.jobs.claimStage(claim);
    if (!claimed.claimed) throw new Error("the claim was refused");
    await stores.jobs.finish(claimed.lease, { at, term: 1, output: {} }, "unchanged", { atMs: nowMs });
    expect(await settle("States.HeartbeatTimeout", "")).toMatchObject({ status: "finished", errors: [] });
    expect((await dependency())?.health).toEqual({ status: "healthy", consecutiveFailures: 0, lastSuccessAt: at });
  });

  it("answers nothing for a job that is gone", async () => {
    const error = { Error: "Lambda.Unknown", Cause: "" };
    const invocation = { kind: "failed", jobId: "gone", attempt: 1, error } as const;
    expect(await settleJob({ jobs: stores.jobs, clock }, invocation, defaultHealthThresholds)).toBeUndefined();
  });

  it("makes the dependency degraded, unhealthy and paused at the 3rd, 5th and 10th failure in a row", async () => {
    const statuses: (string | undefined)[] = [];
    for (let attempt = 1; attempt <= 11; attempt += 1) {
      await settle("Lambda.Unknown", "", attempt);
      statuses.push((await dependency())?.health.status);
      await stores.jobs.requeue(jobId, nowMs);
    }
    const [healthy, degraded, unhealthy, paused] = ["healthy", "degraded", "unhealthy", "paused"];
    expect(statuses).toEqual([
      ...[healthy, healthy],
      ...[degraded, degraded],
      ...[unhealthy, unhealthy, unhealthy, unhealthy, unhealthy],
      ...[paused, paused],
    ]);
  });
});

describe("a cancelled execution", () => {
  it("ends the job and frees the dependency, whose health stays as it is", async () => {
    const job = await settleCancel();
    expect(job).toEqual(syncJobFixture({ status: "cancelled", stage: "parse", finishedAt: at, updatedAt: at }));
    expect(await dependency()).toEqual(dependencyFixture());
  });

  it("does nothing more when it is repeated, or late", async () => {
    await settleCancel();
    await stores.jobs.requeue(jobId, nowMs);
    expect(await settleCancel()).toMatchObject({ status: "queued", attempt: 2 });
    expect((await dependency())?.activeJobId).toBe(jobId);
  });
});

describe("what the execution ends with", () => {
  it("is the reason that the job noted for this attempt", async () => {
    const cause = JSON.stringify({ message: "the document is empty", kind: "permanent", stage: "fetch" });
    const job = await settle("EmptyDocumentError", cause);
    const error = { Error: "EmptyDocumentError", Cause: cause };
    expect(endOfExecution({ kind: "failed", jobId, attempt: 1, error }, job)).toEqual({
      error: "EmptyDocumentError",
      message: "the document is empty",
    });
  });

  it("is what the state machine caught when there is no job to note it on", () => {
    const error = { Error: "States.Timeout", Cause: "" };
    expect(endOfExecution({ kind: "failed", jobId: "gone", attempt: 1, error }, undefined)).toEqual({
      error: "States.Timeout",
      message: "",
    });
  });
});
