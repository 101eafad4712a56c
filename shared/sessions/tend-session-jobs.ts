import { WorkerLostError } from "../jobs/errors.ts";
import type { Clock, TaskTokens } from "../jobs/ports.ts";
import { abandonAfterMs, reclaimAfterMs } from "../orchestrator/reclaim-job.ts";
import type { SessionRecordStore } from "./records.ts";
import { type SessionJob, sessionJobId } from "./session.ts";
import type { SessionStore } from "./session-store.ts";
import { type StartPorts, startAdmitted, startSessionJob } from "./start-admitted.ts";
import { interruptedLine } from "./transitions.ts";

export type TendPorts = StartPorts & {
  sessions: SessionStore;
  records: Pick<SessionRecordStore, "listUnfinished" | "read">;
  tokens: TaskTokens;
  clock: Pick<Clock, "nowMs">;
};

/** Jobs that one run looks at, the oldest. */
const maxTended = 1_000;

/**
 * The orchestrator's part in the jobs of sessions: starts what a lane let go and nobody started, tells the state machine
 * of lost workers, ends jobs that no execution works on any more, and lets lanes go on whose jobs are gone.
 */
export const tendSessionJobs = async (
  ports: TendPorts,
): Promise<{ started: number; reclaimed: number; failed: number }> => {
  const totals = { started: 0, reclaimed: 0, failed: 0 };
  const waitingTypes = new Map<string, SessionJob>();
  let cursor: string | undefined;
  let seen = 0;
  do {
    const page = await ports.records.listUnfinished({ limit: 100, cursor });
    for (const job of page.items) {
      try {
        if (job.status === "queued" && job.admittedAt === undefined)
          waitingTypes.set(JSON.stringify([job.tenantId, job.type]), job);
        const outcome = await tendJob(ports, job);
        if (outcome !== undefined) totals[outcome] += 1;
      } catch (error) {
        totals.failed += 1;
        ports.log("session.tend_failed", { jobId: job.id, message: String(error) });
      }
    }
    seen += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen < maxTended);
  for (const waiting of waitingTypes.values()) totals.started += await freeLane(ports, waiting);
  return totals;
};

const tendJob = async (ports: TendPorts, job: SessionJob): Promise<"started" | "reclaimed" | undefined> => {
  const nowMs = ports.clock.nowMs();
  if (job.status === "queued" && job.executionArn === undefined) {
    if (!(await isAdmitted(ports, job))) return undefined;
    await startSessionJob(ports, sessionJobId(job), job.type);
    return "started";
  }
  const { taskToken, leaseExpiresAtMs } = job;
  if (taskToken !== undefined && leaseExpiresAtMs !== undefined) {
    if (nowMs < leaseExpiresAtMs + reclaimAfterMs) return undefined;
    const lost = new WorkerLostError(`the worker of job ${job.id} stopped renewing its lease`);
    const cause = JSON.stringify({ message: lost.message });
    if ((await ports.tokens.fail(taskToken, lost.name, cause)) === "accepted") return "reclaimed";
  }
  const quietSinceMs = Math.max(
    Date.parse(job.updatedAt),
    leaseExpiresAtMs ?? 0,
    Date.parse(job.waitingUntil ?? job.updatedAt),
  );
  if (nowMs < quietSinceMs + abandonAfterMs) return undefined;
  const errors = [interruptedLine("its execution ended without a word"), "Start the job again."];
  const { admitted } = await ports.sessions.abandon(sessionJobId(job), job.type, { status: "failed", errors }, nowMs);
  await startAdmitted(ports, job.tenantId, job.type, admitted);
  return "reclaimed";
};

const readLane = ({ records }: TendPorts, { tenantId, type }: SessionJob) => records.read("lane", { tenantId, type });

const isAdmitted = async (ports: TendPorts, job: SessionJob): Promise<boolean> =>
  job.admittedAt !== undefined ||
  ((await readLane(ports, job))?.value.running.some(({ jobId }) => jobId === job.id) ?? false);

/** Takes jobs out of the lane that are gone: their session's time was over. */
const freeLane = async (ports: TendPorts, waiting: SessionJob): Promise<number> => {
  const { tenantId, type } = waiting;
  let started = 0;
  for (const entry of (await readLane(ports, waiting))?.value.running ?? []) {
    const id = { tenantId, ...entry };
    if ((await ports.sessions.getJob(id)) !== undefined) continue;
    const end = { status: "failed", errors: [interruptedLine("its session has expired")] } as const;
    const { admitted } = await ports.sessions.abandon(id, type, end, ports.clock.nowMs());
    await startAdmitted(ports, tenantId, type, admitted);
    started += admitted.length;
  }
  return started;
};
