import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import type { StageProgress, SyncJob, SyncStage } from "../../../shared/jobs/job.ts";
import type { StageContext } from "../../../shared/pipeline/stage.ts";
import { dependencyFixture, syncJobFixture } from "../sync-fixtures.ts";

export const nowMs = Date.parse("2026-01-01T00:00:00Z");
export const { tenantId, id: dependencyId } = dependencyFixture();
export const { id: jobId } = syncJobFixture();

/** Time of every checkpoint that `jobAfter` makes. */
export const checkpointAt = "2025-12-31T23:30:00.000Z";

/** A job that has left these outputs. */
export const jobAfter = (
  outputs: Partial<Record<SyncStage, Record<string, unknown>>>,
  fields: Partial<SyncJob> = {},
): SyncJob =>
  syncJobFixture({
    status: "running",
    checkpoints: Object.fromEntries(
      Object.entries(outputs).map(([stage, output], index) => [stage, { at: checkpointAt, term: index + 1, output }]),
    ),
    ...fields,
  });

type TestContext = StageContext & { saved: StageProgress[] };

/**
 * What the engine hands to a stage; `saved` is what it saved as progress.
 * @param given `slices`: looks at the clock until the function's time is up; without it, it never is
 */
export const stageContext = (
  given: { job?: SyncJob; dependency?: Dependency; signal?: AbortSignal; slices?: number } = {},
): TestContext => {
  const saved: StageProgress[] = [];
  let slices = given.slices ?? Number.POSITIVE_INFINITY;
  return {
    job: given.job ?? syncJobFixture({ status: "running" }),
    dependency: given.dependency ?? dependencyFixture(),
    signal: given.signal ?? new AbortController().signal,
    nowMs: () => nowMs,
    saved,
    async saveProgress(progress) {
      saved.push(progress);
    },
    mustYield() {
      slices -= 1;
      return slices < 0;
    },
  };
};
