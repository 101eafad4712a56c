import type { SessionPorts } from "../../../shared/sessions/ports.ts";
import { isOver, type Session, sessionJobId } from "../../../shared/sessions/session.ts";
import { createSession, deleteSession, listAllJobs } from "../../../shared/sessions/session-life.ts";
import { startAdmitted } from "../../../shared/sessions/start-admitted.ts";
import { startJob } from "../../../shared/sessions/start-job.ts";
import type { Choices } from "../choices.ts";
import type { SimulatedProcess } from "../process.ts";
import type { Scheduler, Strand } from "../scheduler.ts";
import { readPages } from "./read-pages.ts";

export type UsedSession = { session: Session; isDeleted: boolean };

type People = {
  choices: Choices;
  scheduler: Scheduler;
  start(name: string): SimulatedProcess;
  portsOf(process: SimulatedProcess): SessionPorts;
  isOver(): boolean;
};

const tenants = ["one", "two"];
const sessionsPerTenant = 2;

/** Of what is asked for next, in milliseconds: a lane of two is busy most of the time. */
const longestPauseMs = 40_000;

/** People of two tenants, each request a process of its own: what it was cut off in is asked for again, or left. */
export const usePeople = ({ choices, scheduler, start, portsOf, isOver: isDone }: People) => {
  const sessions: UsedSession[] = [];
  const strand: Strand = { name: "people", isDead: false, frozenUntilMs: 0 };

  const ask = async (what: (ports: SessionPorts) => Promise<unknown>): Promise<boolean> => {
    const process = start("request");
    const asked = what(portsOf(process)).then(
      () => true,
      () => false,
    );
    const end = await Promise.race([process.died, asked]);
    process.finish();
    return end === true;
  };

  const startOne = ({ session }: UsedSession) => {
    const pages = 1 + choices.pick(20);
    // Few labels, so that inputs come again: in the same session, in another one, and with another tenant.
    const label = `guide-${choices.pick(4)}-${pages}`;
    const waitAt = choices.happens(250) ? { waitAt: 1 + choices.pick(pages) } : {};
    const poisonedAt = choices.happens(150) ? { poisonedAt: 1 + choices.pick(pages) } : {};
    const input = { label, pages, ...waitAt, ...poisonedAt };
    const skipCache = choices.happens(500);
    return ask((ports) => startJob(ports, session, readPages, input, skipCache));
  };

  const cancelOne = ({ session }: UsedSession) =>
    ask(async (ports) => {
      const open = await listAllJobs(ports.records, session, (job) => !isOver(job));
      const job = open[choices.pick(open.length)];
      if (job === undefined) return;
      const end = { status: "cancelled", errors: ["cancelled"] } as const;
      const { admitted } = await ports.sessions.abandon(sessionJobId(job), job.type, end, ports.clock.nowMs());
      await startAdmitted(ports, job.tenantId, job.type, admitted);
    });

  const live = async (tenantId: string): Promise<void> => {
    const own: UsedSession[] = [];
    for (let number = 1; own.length < sessionsPerTenant; number += 1) {
      await ask(async (ports) => {
        const session = await createSession(ports, tenantId, `${tenantId}-${number}`);
        own.push({ session, isDeleted: false });
      });
    }
    sessions.push(...own);
    while (!isDone()) {
      await scheduler.sleep(strand, choices.pick(longestPauseMs));
      const used = own[choices.pick(own.length)];
      if (used === undefined || used.isDeleted) continue;
      const wanted = choices.pick(100);
      if (wanted < 80) await startOne(used);
      else if (wanted < 98) await cancelOne(used);
      else {
        used.isDeleted = true;
        while (!(await ask((ports) => deleteSession(ports, used.session)))) await scheduler.sleep(strand, 5_000);
      }
    }
  };
  for (const tenantId of tenants) void live(tenantId);
  return { sessions };
};
