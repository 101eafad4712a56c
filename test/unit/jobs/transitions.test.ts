import { describe, expect, it } from "vitest";
import type { JobError } from "../../../shared/jobs/job.ts";
import { applyFailure, maxJobErrors } from "../../../shared/jobs/transitions.ts";
import { syncJobFixture } from "../sync-fixtures.ts";

const noted: JobError = {
  at: "2026-01-01T00:00:00.000Z",
  stage: "fetch",
  attempt: 2,
  name: "UpstreamUnavailableError",
  message: "the host answered 503",
  kind: "retryable",
};
const endedAt = "2026-01-01T00:00:09.000Z";
const running = (errors: JobError[]) =>
  syncJobFixture({ status: "running", attempt: 2, leaseOwner: "worker", leaseExpiresAtMs: 1, taskToken: "t", errors });
const failed = (errors: JobError[]) =>
  syncJobFixture({ status: "failed", attempt: 2, errors, finishedAt: endedAt, updatedAt: endedAt });

describe("a job that fails", () => {
  it("ends, lets go of its lease and notes the error", () => {
    const error = { ...noted, at: endedAt };
    expect(applyFailure(running([]), error)).toEqual(failed([error]));
  });

  it("notes once what its stage noted when it gave up, at that time", () => {
    expect(applyFailure(running([noted]), { ...noted, at: endedAt })).toEqual(failed([noted]));
  });

  it("keeps every try that the stage noted before", () => {
    const tries = [noted, { ...noted, at: "2026-01-01T00:00:05.000Z" }];
    expect(applyFailure(running(tries), { ...noted, at: endedAt }).errors).toEqual(tries);
  });

  it.each([
    ["name", { name: "UnexpectedError" }],
    ["stage", { stage: "parse" as const }],
    ["attempt", { attempt: 1 }],
    ["message", { message: "the host answered 502" }],
  ])("notes an error of another %s beside the last one", (_, earlier) => {
    const error = { ...noted, at: endedAt };
    const last = { ...noted, ...earlier };
    expect(applyFailure(running([last]), error).errors).toEqual([last, error]);
  });

  it("notes again what was noted before another error", () => {
    const between = { ...noted, name: "UnexpectedError" };
    const error = { ...noted, at: endedAt };
    expect(applyFailure(running([noted, between]), error).errors).toEqual([noted, between, error]);
  });

  it("remembers the newest errors only", () => {
    const earlier = Array.from({ length: maxJobErrors }, (_, index) => ({ ...noted, message: `try ${index}` }));
    const error = { ...noted, at: endedAt };
    expect(applyFailure(running(earlier), error).errors).toEqual([...earlier.slice(1), error]);
  });
});
