import { describe, expect, it } from "vitest";
import { memoryEmbedQueue } from "../../../../shared/memory/memory-embed-stores.ts";
import { doneStage } from "../../../../shared/pipeline/stages/done.ts";
import { jobAfter, nowMs, stageContext } from "../stage-context.ts";

const body = {
  outcome: "body",
  bodyKey: "body",
  bodySha256: "ab",
  canonicalSha256: "cd",
  bodyBytes: 1,
  sourceUrl: "https://a.example/",
};
const validators = { etag: '"8"', lastModified: "Thu, 01 Jan 2026 00:00:00 GMT" };

const run = (outputs: Parameters<typeof jobAfter>[0], embedQueue = memoryEmbedQueue()) =>
  doneStage({ embedQueue }).run(stageContext({ job: jobAfter(outputs) }));

describe("done", () => {
  it.each(["baseline", "changed"] as const)("moves the dependency to the new snapshot (%s)", async (outcome) => {
    expect(await run({ fetch: { ...body, ...validators }, snapshot: { outcome, snapshotId: "s-2" } })).toEqual({
      result: "finished",
      outcome,
      after: { atMs: nowMs, currentSnapshotId: "s-2", bodySha256: "ab", canonicalSha256: "cd", ...validators },
    });
  });

  it("takes over the new validators of a document that means the same, so that the next GET is answered 304", async () => {
    expect(
      await run({ fetch: { ...body, ...validators }, snapshot: { outcome: "unchanged", snapshotId: "s-1" } }),
    ).toEqual({
      result: "finished",
      outcome: "unchanged",
      after: { atMs: nowMs, currentSnapshotId: "s-1", bodySha256: "ab", canonicalSha256: "cd", ...validators },
    });
  });

  it("drops the validators of a response that had none", async () => {
    expect(await run({ fetch: body, snapshot: { outcome: "changed", snapshotId: "s-2" } })).toEqual({
      result: "finished",
      outcome: "changed",
      after: {
        atMs: nowMs,
        currentSnapshotId: "s-2",
        bodySha256: "ab",
        canonicalSha256: "cd",
        etag: undefined,
        lastModified: undefined,
      },
    });
  });

  it("asks for the snapshot to be embedded, and for nothing after a 304", async () => {
    const embedQueue = memoryEmbedQueue();
    await run({ fetch: { outcome: "notModified" } }, embedQueue);
    expect(embedQueue.sent).toEqual([]);
    await run({ fetch: body, snapshot: { outcome: "changed", snapshotId: "s-2" } }, embedQueue);
    const { tenantId, dependencyId } = jobAfter({});
    expect(embedQueue.sent).toEqual([{ request: { tenantId, dependencyId, snapshotId: "s-2" }, delayMs: 1_000 }]);
  });

  it("leaves snapshot and validators as they are after a 304, but for those that it names", async () => {
    for (const named of [{}, { etag: '"9"' }]) {
      expect(await run({ fetch: { outcome: "notModified", ...named } })).toEqual({
        result: "finished",
        outcome: "unchanged",
        after: { atMs: nowMs, ...named },
      });
    }
  });
});
