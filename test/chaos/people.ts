import { setTimeout as sleep } from "node:timers/promises";
import type { Choices } from "../simulation/choices.ts";
import { type Fleet, type Member, makeDue } from "./fleet.ts";
import type { HostileUpstream } from "./upstream/hostile-upstream.ts";

export type PeopleOptions = {
  fleet: Fleet;
  upstream: HostileUpstream;
  choices: Choices;
  /** Runs the orchestrator now, beside its schedule. */
  orchestrate(): Promise<void>;
};

/** Between two acts of one of them, at most. */
const longestPauseMs = 500;
/** There is one for so many dependencies. */
const dependenciesEach = 5;
/** Dependencies that are made due at once. */
const groupSize = 6;

/**
 * What people and time do in the storm: hosts publish, dependencies fall due, the schedule runs (also twice at once), somebody syncs,
 * retries or cancels. Each does one thing after another, until they are stopped. What the API refuses is counted.
 */
export const startPeople = ({ fleet, upstream, choices, orchestrate }: PeopleOptions) => {
  const acted = new Map<string, number>();
  let isStopped = false;

  /** Whether the newest version is the dependency's current one, and nothing is under way. */
  const isSeen = async ({ client, id: dependencyId, number }: Member): Promise<boolean> => {
    const { data } = await client.call("getDependency", { params: { dependencyId } });
    const current = data.currentSnapshotId?.split("-").at(-1);
    const isCurrent = upstream.presentHashes(number).some((hash) => hash.slice(0, 32) === current);
    return isCurrent && data.activeJobId === undefined;
  };

  const newestJob = async ({ client, id: dependencyId }: Member) => {
    const { data } = await client.call("listSyncJobs", { params: { dependencyId }, query: { limit: 3 } });
    return data.find((row) => row.type !== "dependency.checks");
  };

  const acts: Record<string, (member: Member) => Promise<void>> = {
    async publish(member) {
      if (!member.temper.isPatient || (await isSeen(member))) upstream.publish(member.number);
    },
    async "fall due"() {
      const from = choices.pick(fleet.members.length);
      const group = Array.from(
        { length: groupSize },
        (_, index) => fleet.members[(from + index) % fleet.members.length],
      );
      await Promise.all([...new Set(group)].map((one) => one && makeDue(one)));
    },
    async schedule() {
      const runs = choices.happens(300) ? 2 : 1;
      await Promise.all(Array.from({ length: runs }, orchestrate));
    },
    async sync({ client, id: dependencyId }) {
      await client.call("startSync", { params: { dependencyId } });
    },
    async retry(member) {
      const job = await newestJob(member);
      if (job?.status === "failed" || job?.status === "cancelled")
        await member.client.call("retrySyncJob", { params: { jobId: job.id } });
    },
    async cancel(member) {
      if (!choices.happens(250)) return;
      const job = await newestJob(member);
      if (job?.status === "queued" || job?.status === "running")
        await member.client.call("cancelSyncJob", { params: { jobId: job.id } });
    },
  };
  /** Names as often as the act is wanted. */
  const wanted = ["publish", "publish", "fall due", "schedule", "sync", "retry", "cancel"];

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const name = wanted[choices.pick(wanted.length)] ?? "";
      const member = fleet.members[choices.pick(fleet.members.length)];
      const count = (what: string) => acted.set(what, (acted.get(what) ?? 0) + 1);
      if (member !== undefined)
        await acts[name]?.(member).then(
          () => count(name),
          () => count("refused"),
        );
      await sleep(choices.pick(longestPauseMs));
    }
  };
  const running = Array.from({ length: Math.ceil(fleet.members.length / dependenciesEach) }, run);
  return {
    /** How often each thing was done; `refused`: the API could not, or would not. */
    acted: acted as ReadonlyMap<string, number>,
    async stop(): Promise<void> {
      isStopped = true;
      await Promise.all(running);
    },
  };
};
