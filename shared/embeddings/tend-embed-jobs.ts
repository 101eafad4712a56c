import type { Clock } from "../jobs/ports.ts";
import { indexRevision } from "../search/index-file.ts";
import { type EmbedJob, isDueAgain } from "./embed-job.ts";
import type { EmbeddingModel } from "./embedder.ts";
import type { EmbedJobStore, EmbedQueue } from "./ports.ts";

/** Jobs of another model that one run sends on their way: the change of a model goes on in the background. */
const maxOutdated = 200;

export type TendEmbedPorts = {
  jobs: Pick<EmbedJobStore, "unfinished" | "listOutdated">;
  queue: EmbedQueue;
  clock: Pick<Clock, "nowMs">;
};

/**
 * Asks anew for jobs whose worker died, or whose message was lost, and for those that another model, or a release with
 * another form of index, made. A request too many
 * does no harm.
 * @returns how many of each
 */
export const tendEmbedJobs = async (
  { jobs, queue, clock }: TendEmbedPorts,
  model: EmbeddingModel,
): Promise<{ reclaimed: number; outdated: number }> => {
  const ask = (found: readonly EmbedJob[]) =>
    Promise.all(found.map(({ tenantId, dependencyId }) => queue.send({ tenantId, dependencyId })));
  let reclaimed = 0;
  for await (const batch of jobs.unfinished()) {
    const due = batch.filter((job) => isDueAgain(job, clock.nowMs()));
    await ask(due);
    reclaimed += due.length;
  }
  const outdated = await jobs.listOutdated({ model, revision: indexRevision }, maxOutdated);
  await ask(outdated);
  return { reclaimed, outdated: outdated.length };
};
