import { isTerminal, type SyncJob, stagesOfJob } from "../../../shared/jobs/job.ts";
import { type Invariant, judgeEach } from "./invariant.ts";

const nameOf = ({ id, dependencyId, status, stage, attempt }: SyncJob): string =>
  `job ${id} of ${dependencyId} (${status} at ${stage}, attempt ${attempt})`;

/** Terms of the checkpoints in the order of the stages; a check that handed its fetch over had none. */
const termsOf = (job: SyncJob): number[] =>
  stagesOfJob[job.type].flatMap((stage) => job.checkpoints[stage]?.term ?? []).filter((term) => term > 0);

export const jobInvariants: readonly Invariant[] = [
  {
    promise: "every job has ended",
    settles: true,
    check: ({ jobs }) =>
      judgeEach(jobs, ({ value: job, place }) =>
        !isTerminal(job.status)
          ? `${nameOf(job)} has not ended; last sign of life ${job.updatedAt}`
          : place.GSI2PK !== undefined
            ? `${nameOf(job)} stands among the unfinished ones (${place.GSI2PK})`
            : undefined,
      ),
  },
  {
    promise: "no execution runs on",
    settles: true,
    check: ({ jobs, runningExecutions }) => ({
      looked: jobs.reduce((sum, { value }) => sum + value.attempt, 0),
      broken: runningExecutions.map((name) => `execution ${name} runs`),
    }),
  },
  {
    promise: "no lease and no claim is held",
    settles: true,
    check: ({ jobs, deliveries }) => {
      const leases = judgeEach(jobs, ({ value: job }) =>
        job.leaseOwner === undefined ? undefined : `${nameOf(job)} is held by ${job.leaseOwner}`,
      );
      const claims = judgeEach(deliveries, ({ id, status, claimedUntilMs }) =>
        claimedUntilMs === undefined ? undefined : `delivery ${id} (${status}) is claimed until ${claimedUntilMs}`,
      );
      return { looked: leases.looked + claims.looked, broken: [...leases.broken, ...claims.broken] };
    },
  },
  {
    promise: "no dependency is held by a job that ended",
    settles: true,
    check: ({ dependencies }) =>
      judgeEach(dependencies, ({ value: { id, activeJobId } }) =>
        activeJobId === undefined ? undefined : `dependency ${id} is held by job ${activeJobId}`,
      ),
  },
  {
    promise: "a failed job says why",
    check: ({ jobs }) =>
      judgeEach(
        jobs.filter(({ value }) => value.status === "failed"),
        ({ value }) => (value.errors.length > 0 ? undefined : `${nameOf(value)} failed without a word`),
      ),
  },
  {
    promise: "terms only grow",
    check: ({ jobs }) =>
      judgeEach(jobs, ({ value: job }) => {
        const terms = termsOf(job);
        const isRising = terms.every((term, index) => term > (terms[index - 1] ?? 0) && term <= job.term);
        return isRising ? undefined : `${nameOf(job)} has terms ${terms.join(", ")}, the last given is ${job.term}`;
      }),
  },
];
