import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { AppError } from "../../../shared/errors.ts";
import { LeaseLostError } from "../../../shared/jobs/errors.ts";
import { UpstreamUnavailableError } from "../../../shared/net/errors.ts";
import { defineJobType } from "../../../shared/sessions/job-types/job-type.ts";
import type { Session } from "../../../shared/sessions/session.ts";
import { sessionBodies } from "../../../shared/sessions/session-bodies.ts";
import { createSession } from "../../../shared/sessions/session-life.ts";
import { sessionShelf } from "../../../shared/sessions/session-shelf.ts";
import { startJob } from "../../../shared/sessions/start-job.ts";
import { tendSessionJobs } from "../../../shared/sessions/tend-session-jobs.ts";
import { addNumbers } from "./fixture-job-type.ts";
import { createSessionWorld, type SessionWorld } from "./session-world.ts";

const startMs = Date.parse("2026-03-01T12:00:00.000Z");
const tenantId = "t1";

/** Fails as often as it is told, waits when it is told, answers too much when it is told. */
const moody = defineJobType({
  name: "fixture.moody",
  input: z.strictObject({ mood: z.enum(["retryable", "permanent", "waiting", "huge"]) }),
  result: z.object({ text: z.string() }),
  progress: z.object({ tries: z.int() }),
  counts: "none",
  start: () => ({ tries: 0 }),
  stages: {
    processing: async ({ input, progress, saveProgress }) => {
      await saveProgress({ tries: progress.tries + 1 });
      if (progress.tries >= 2) return { result: { text: `after ${progress.tries}` } };
      switch (input.mood) {
        case "retryable":
          throw new UpstreamUnavailableError("https://docs.test/ answered 503");
        case "permanent":
          throw new UnreadableDocumentationError(
            "Failed to extract schema from documentation\nConsider uploading more",
          );
        case "waiting":
          return { progress: { tries: progress.tries + 1 }, waitUntilMs: startMs + 60_000 };
        case "huge":
          return { result: { text: "x".repeat(300_000) } };
      }
    },
  },
});

class UnreadableDocumentationError extends AppError {
  override readonly name = "UnreadableDocumentationError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
}

let world: SessionWorld;
let session: Session;
let nowMs: number;
let remainingMs: () => number;
beforeEach(async () => {
  nowMs = startMs;
  remainingMs = () => 600_000;
  world = createSessionWorld({
    types: [addNumbers, moody],
    laneWidth: 2,
    nowMs: () => nowMs,
    remainingMs: () => remainingMs(),
  });
  session = await createSession(world.ports, tenantId, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
});

const start = (numbers: number[], label = "sum") =>
  startJob(world.ports, session, addNumbers, { numbers, label }, true);
const startMoody = (mood: string) => startJob(world.ports, session, moody, { mood }, true);
const jobOf = async (jobId: string) => {
  const job = await world.ports.sessions.getJob({ tenantId, sessionId: session.id, jobId });
  if (job === undefined) throw new Error("the job is gone");
  return job;
};
const resultOf = async (jobId: string) => {
  const { status, result } = await jobOf(jobId);
  return [status, result !== undefined && "json" in result ? JSON.parse(result.json) : undefined];
};

describe("the jobs of one type", () => {
  it("start in the order in which they were created, as many at once as the lane is wide", async () => {
    const jobs = [await start([1]), await start([2]), await start([3]), await start([4])];
    const orderOf = () => world.started.map(({ jobId }) => jobs.findIndex(({ id }) => id === jobId));
    const atFirst = orderOf();
    const [first, second] = world.started.splice(0);
    if (first === undefined || second === undefined) throw new Error("two jobs should have started");
    await world.invoke(second);
    const afterSecond = orderOf();
    await world.invoke(first);
    expect([atFirst, afterSecond, orderOf()]).toEqual([[0, 1], [2], [2, 3]]);
  });

  it("do not wait for those of another type or of another tenant", async () => {
    await start([1]);
    await start([2]);
    await startMoody("waiting");
    const other = await createSession(world.ports, "t2", session.id);
    await startJob(world.ports, other, addNumbers, { numbers: [] }, true);
    expect(world.started.map((input) => [input.tenantId, input.jobType])).toEqual([
      ["t1", "fixture.addNumbers"],
      ["t1", "fixture.addNumbers"],
      ["t1", "fixture.moody"],
      ["t2", "fixture.addNumbers"],
    ]);
  });
});

describe("a job", () => {
  it("goes on from its saved progress when its worker died, and the dead one writes no more", async () => {
    const { id } = await start([2, 3, 5]);
    const [input] = world.started.splice(0);
    if (input === undefined) throw new Error("nothing was started");
    const place = { tenantId, sessionId: session.id, jobId: id };
    const claim = { owner: "dead", nowMs, durationMs: 30_000, taskToken: "dead-token" };
    const dead = await world.ports.sessions.claim(place, claim);
    if (!dead.claimed) throw new Error("the claim was refused");
    const json = JSON.stringify({ added: 2, sum: 100 });
    await world.ports.sessions.save(dead.lease, { stage: "processing", progress: { sha256: "", json } }, nowMs);
    const held = await world.invoke(input);
    nowMs += 30_001;
    await world.invoke(input);
    const late = world.ports.sessions.save(dead.lease, { stage: "chunking" }, nowMs);
    await expect(late).rejects.toMatchObject({ name: "LeaseLostError" });
    const bodies = sessionBodies(world.ports.bodies, tenantId, id);
    const shelf = sessionShelf(
      world.ports.records,
      bodies,
      session,
      () => dead.lease,
      () => nowMs,
    );
    await expect(shelf.put({ docId: "page", source: "scraper", chunks: [] })).rejects.toThrow(LeaseLostError);
    expect(await shelf.list()).toEqual([]);
    expect([held, await resultOf(id)]).toMatchObject([
      { told: "failure", error: "LeaseHeldError" },
      ["finished", { sum: 105 }],
    ]);
  });

  it("hands the baton over before its worker's end", async () => {
    const { id } = await start([2, 3, 5]);
    const [input] = world.started.splice(0);
    if (input === undefined) throw new Error("nothing was started");
    remainingMs = () => 59_000;
    const slice = await world.invoke(input);
    const between = await jobOf(id);
    remainingMs = () => 600_000;
    await world.invoke(input);
    expect([slice, between.status, between.leaseOwner, await resultOf(id)]).toMatchObject([
      { told: "failure", error: "StageYielded" },
      "running",
      undefined,
      ["finished", { sum: 10 }],
    ]);
  });

  it("waits without a worker until the time that its type named", async () => {
    const { id } = await startMoody("waiting");
    const [input] = world.started.splice(0);
    if (input === undefined) throw new Error("nothing was started");
    const told = await world.invoke(input);
    const { waitingUntil, leaseOwner } = await jobOf(id);
    expect([told, waitingUntil, leaseOwner]).toEqual([
      { told: "success", output: { outcome: "waiting", retryAt: "2026-03-01T12:01:00.000Z" } },
      "2026-03-01T12:01:00.000Z",
      undefined,
    ]);
  });

  it("is tried again after what may pass, and fails with the lines of what may not", async () => {
    const passing = await startMoody("retryable");
    const failing = await startMoody("permanent");
    await world.runAll();
    expect([await resultOf(passing.id), (await jobOf(failing.id)).status, (await jobOf(failing.id)).errors]).toEqual([
      ["finished", { text: "after 2" }],
      "failed",
      ["Failed to extract schema from documentation", "Consider uploading more"],
    ]);
  });

  it("fails when its result is larger than a job may have", async () => {
    const { id } = await startMoody("huge");
    await world.runAll();
    expect((await jobOf(id)).errors).toEqual([
      "the result has 300011 bytes of JSON, more than the 262144 that a job may have",
    ]);
  });

  it("that was cancelled while it was queued is left alone by its worker", async () => {
    const { id } = await start([1]);
    const place = { tenantId, sessionId: session.id, jobId: id };
    const end = { status: "cancelled", errors: ["Job cancelled/interrupted: cancelled on request"] } as const;
    await world.ports.sessions.abandon(place, addNumbers.name, end, nowMs);
    const [input] = world.started.splice(0);
    const told = input === undefined ? undefined : await world.invoke(input);
    expect([told, (await jobOf(id)).status]).toMatchObject([
      { told: "failure", error: "StaleAttemptError" },
      "cancelled",
    ]);
  });
});

describe("the orchestrator", () => {
  it("starts what could not be started, and what waits for jobs that are gone", async () => {
    const jobs = [await start([1]), await start([2]), await start([3])];
    world.started.splice(0);
    for (const job of jobs.slice(0, 2))
      await world.ports.records.remove("job", { tenantId, sessionId: session.id, jobId: job.id });
    expect(await tendSessionJobs(world.ports)).toEqual({ started: 1, reclaimed: 0, failed: 0 });
    expect(world.started.map(({ jobId }) => jobId)).toEqual([jobs[2]?.id]);
  });

  it("tells the state machine of a lost worker, and ends a job that nobody works on", async () => {
    const { id } = await start([1]);
    const place = { tenantId, sessionId: session.id, jobId: id };
    await world.ports.sessions.claim(place, { owner: "dead", nowMs, durationMs: 30_000, taskToken: "dead" });
    nowMs += 59_000;
    const early = await tendSessionJobs(world.ports);
    nowMs += 1_001;
    const told: string[] = [];
    const tokens = {
      ...world.ports.tokens,
      fail: async (token: string, error: string) => {
        told.push(`${token} ${error}`);
        return "accepted" as const;
      },
    };
    const reclaimed = await tendSessionJobs({ ...world.ports, tokens });
    nowMs += 3 * 3_600_000;
    const staleTokens = { ...world.ports.tokens, fail: async () => "stale" as const };
    await tendSessionJobs({ ...world.ports, tokens: staleTokens });
    expect([early.reclaimed, reclaimed.reclaimed, told, (await jobOf(id)).errors]).toEqual([
      0,
      1,
      ["dead WorkerLost"],
      ["Job cancelled/interrupted: its execution ended without a word", "Start the job again."],
    ]);
  });
});
