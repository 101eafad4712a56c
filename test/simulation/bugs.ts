import type { Lease } from "../../shared/jobs/job.ts";
import { applyCheckpoint } from "../../shared/jobs/transitions.ts";
import type { Bug, Stores } from "./world.ts";

/** Makes a lease look like the one that the job has now: whoever writes with it gets through. */
const unfenced = (stores: Stores, lease: Lease): Promise<Lease> =>
  stores.jobs.get(lease.jobId).then((job) => ({
    ...lease,
    term: job?.term ?? lease.term,
    owner: job?.leaseOwner ?? lease.owner,
  }));

/** Mistakes that an engine like this one can have. Each must be seen by the simulation. */
export const bugs: Readonly<Record<string, Bug>> = {
  "a checkpoint that does not look at the term": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        checkpoint: async (lease, checkpoint) => stores.jobs.checkpoint(await unfenced(stores, lease), checkpoint),
      },
    }),
  },
  "an end that does not look at the term": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        finish: async (lease, ...rest) => stores.jobs.finish(await unfenced(stores, lease), ...rest),
      },
    }),
  },
  "a release that does not look at the term": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        release: async (lease, ...rest) => stores.jobs.release(await unfenced(stores, lease), ...rest),
      },
    }),
  },
  "a checkpoint before the effects": {
    stage: (stage) =>
      stage.name !== "persist" && stage.name !== "alert"
        ? stage
        : {
            ...stage,
            async run(context) {
              const running = stage.run(context);
              running.catch(() => {});
              const early = stage.name === "persist" ? { changes: 1 } : { deliveries: 1 };
              await Promise.race([running, Promise.resolve()]);
              return { result: "completed", output: early };
            },
          },
  },
  "a fan-out that ends before everyone is told": {
    stage: (stage) =>
      stage.name !== "notify"
        ? stage
        : {
            ...stage,
            async run(context) {
              stage.run(context).catch(() => {});
              return { result: "completed", output: { subscribers: 2 } };
            },
          },
  },
  "a heartbeat without a renewal": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        async renew(lease, nowMs, durationMs) {
          const job = await stores.jobs.get(lease.jobId);
          if (job === undefined) return stores.jobs.renew(lease, nowMs, durationMs);
          return { lease: { ...lease, expiresAtMs: nowMs + durationMs }, job };
        },
      },
    }),
  },
  "a claim that takes a live lease": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        claimStage: (claim) => stores.jobs.claimStage({ ...claim, nowMs: claim.nowMs + 600_000 }),
      },
    }),
  },
  "a delivery that is written over": {
    stores: (stores) => ({
      ...stores,
      deliveries: {
        ...stores.deliveries,
        async putOnce(delivery) {
          const isNew = await stores.deliveries.putOnce(delivery);
          if (!isNew) await stores.deliveries.reopen(delivery.tenantId, delivery.id, Date.parse(delivery.createdAt));
          return isNew;
        },
      },
    }),
  },
  "change events whose ids differ from try to try": {
    stores: (stores) => {
      let tries = 0;
      const putOnce: Stores["changes"]["putOnce"] = (events) => {
        tries += 1;
        return stores.changes.putOnce(events.map((event) => ({ ...event, id: `${event.id}-${tries}` })));
      };
      return { ...stores, changes: { ...stores.changes, putOnce } };
    },
  },
  "a delivery that is sent without a claim": {
    stores: (stores) => ({
      ...stores,
      deliveries: {
        ...stores.deliveries,
        claimAttempt: (tenantId, deliveryId) => stores.deliveries.get(tenantId, deliveryId),
      },
    }),
  },
  "a failed job that leaves its dependency taken": {
    stores: (stores) => ({
      ...stores,
      jobs: {
        ...stores.jobs,
        async fail(jobId, attempt, error) {
          const job = await stores.jobs.get(jobId);
          const failed = await stores.jobs.fail(jobId, attempt, error, undefined);
          if (job !== undefined && job.status === "running")
            await stores.jobs.create({
              ...applyCheckpoint(job, job.stage, { at: "", term: 0, output: {} }),
              id: `${jobId}X`,
            });
          return failed;
        },
      },
    }),
  },
  "an alert that is not queued": {
    stores: (stores) => ({
      ...stores,
      deliveries: {
        ...stores.deliveries,
        async putOnce(delivery) {
          const isNew = await stores.deliveries.putOnce(delivery);
          if (isNew && delivery.id.endsWith("0"))
            await stores.deliveries.claimAttempt(delivery.tenantId, delivery.id, 0, 1e15);
          return isNew;
        },
      },
    }),
  },
  "work that does not look whether it is paused": {
    stores: (stores) => ({ ...stores, pauses: { ...stores.pauses, listActive: async () => [] } }),
  },
  "a check that is dropped because it is paused": {
    stores: (stores) => ({
      ...stores,
      dependencies: {
        ...stores.dependencies,
        // Only who finds it paused puts a dependency back to when it was due, off its beat.
        planCheck: (read, nextCheckAt) =>
          Date.parse(nextCheckAt) <= Date.parse(read.nextCheckAt ?? "") + 1
            ? stores.dependencies.planCheck(read, "2030-01-01T00:00:00.000Z")
            : stores.dependencies.planCheck(read, nextCheckAt),
      },
    }),
  },
  "a run that takes the beats for covered": {
    stores: (stores) => ({
      ...stores,
      runs: { ...stores.runs, coveredMs: async () => Number.MAX_SAFE_INTEGER },
    }),
  },
  "a schedule that neither starts nor reclaims": { withoutOrchestrator: true },
};
