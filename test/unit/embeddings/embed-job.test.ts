import { describe, expect, it } from "vitest";
import { badgeOf } from "../../../shared/embeddings/badge.ts";
import {
  type EmbedJob,
  isDueAgain,
  withClaim,
  withFailure,
  withRequest,
  withRetry,
} from "../../../shared/embeddings/embed-job.ts";

const model = { id: "embedded:m", dimension: 2 };
const id = { tenantId: "t", dependencyId: "d" };
const job = (own: Partial<EmbedJob> = {}): EmbedJob => ({
  ...id,
  status: "pending",
  snapshotId: "s1",
  model,
  revision: 1,
  attempts: 0,
  term: 1,
  chunkKeys: [],
  updatedAtMs: 0,
  ...own,
});

describe("an embed job", () => {
  it("is tried five times, after 10, 20, 40 and 80 s, and then has failed", () => {
    const failure = { name: "E", message: "no", isPermanent: false, isTimeout: false };
    const waits: (number | undefined)[] = [];
    let current = job();
    for (let tries = 0; tries < 5; tries += 1) {
      current = withFailure(current, failure, 32, 1000);
      waits.push(current.notBeforeMs === undefined ? undefined : current.notBeforeMs - 1000);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, undefined]);
    expect(current).toEqual(
      job({ status: "failed", attempts: 5, lastError: { name: "E", message: "no", atMs: 1000 }, updatedAtMs: 1000 }),
    );
  });

  it("halves its batch when a call times out, and never below one text", () => {
    const timeout = { name: "E", message: "late", isPermanent: false, isTimeout: true };
    expect([32, 3, 1].map((size) => withFailure(job(), timeout, size, 0).batchSize)).toEqual([16, 1, 1]);
  });

  it("is not claimed while another lease lives, while it waits, or once it is over", () => {
    const claim = { owner: "b", nowMs: 100, leaseDurationMs: 50 };
    const lease = { owner: "a", term: 1, expiresAtMs: 101 };
    expect(withClaim(job({ status: "running", lease }), claim)).toEqual({ refused: "held", untilMs: 101 });
    expect(withClaim(job({ notBeforeMs: 120 }), claim)).toEqual({ refused: "waiting", untilMs: 120 });
    expect(withClaim(job({ status: "done" }), claim)).toEqual({ refused: "over" });
  });

  it("is claimed under a higher term once the lease has run out", () => {
    const lease = { owner: "a", term: 1, expiresAtMs: 100 };
    const claimed = withClaim(job({ status: "running", lease }), { owner: "b", nowMs: 100, leaseDurationMs: 50 });
    expect(claimed).toEqual({
      claimed: job({
        status: "running",
        term: 2,
        lease: { owner: "b", term: 2, expiresAtMs: 150 },
        attemptStartedAtMs: 100,
        updatedAtMs: 100,
      }),
    });
  });

  it("begins anew for another model, keeps answering from the old index, and drops the old model's chunks", () => {
    const index = { key: "k", snapshotId: "s1", model, operationCount: 3, builtAtMs: 0 };
    const other = { id: "openai:x", dimension: 3 };
    const done = job({ status: "done", index, chunkKeys: ["c"] });
    expect(withRequest(done, { ...id, snapshotId: "s1", model, revision: 1 }, 5)).toBeUndefined();
    expect(withRequest(done, { ...id, snapshotId: "s1", model: other, revision: 1 }, 5)).toEqual(
      job({ term: 2, model: other, index, updatedAtMs: 5 }),
    );
  });

  it("is made anew by a release that writes another form of index, from the vectors that there are", () => {
    const index = { key: "k", snapshotId: "s1", model, operationCount: 3, builtAtMs: 0 };
    const done = job({ status: "done", index, chunkKeys: ["c"] });
    expect(withRequest(done, { ...id, snapshotId: "s1", model, revision: 2 }, 5)).toEqual(
      job({ term: 2, revision: 2, index, chunkKeys: ["c"], updatedAtMs: 5 }),
    );
  });

  it("is tried again on a person's word only once it has failed", () => {
    const failed = job({
      status: "failed",
      attempts: 5,
      batchSize: 4,
      lastError: { name: "E", message: "no", atMs: 0 },
    });
    expect(withRetry(failed, 7)).toEqual(job({ updatedAtMs: 7 }));
    expect(withRetry(job({ attempts: 1 }), 7)).toBeUndefined();
  });

  it("is missed by the orchestrator when its lease has ended, or its message is five minutes late", () => {
    const lease = { owner: "w", term: 1, expiresAtMs: 100 };
    const minutes = (count: number) => count * 60_000;
    expect([99, 100].map((nowMs) => isDueAgain(job({ status: "running", lease }), nowMs))).toEqual([false, true]);
    expect([4, 5].map((at) => isDueAgain(job(), minutes(at)))).toEqual([false, true]);
    expect([5, 6].map((at) => isDueAgain(job({ notBeforeMs: minutes(1) }), minutes(at)))).toEqual([false, true]);
  });

  it.each([
    [undefined, "not_indexed", "not indexed"],
    [job(), "queued", "queued"],
    [job({ attempts: 2, lastError: { name: "E", message: "no", atMs: 0 } }), "retrying", "retrying (2 tries)"],
    [job({ status: "running", operationCount: 9, embeddedCount: 4 }), "indexing", "indexing 4/9"],
    [job({ status: "done", operationCount: 9, embeddedCount: 9 }), "indexed", "9/9 indexed"],
    [job({ status: "done", operationCount: 0 }), "empty", "empty"],
    [job({ status: "failed" }), "failed", "failed"],
  ])("shows as a badge: %#", (shown, state, label) => {
    expect(badgeOf(shown)).toMatchObject({ state, label });
  });
});
