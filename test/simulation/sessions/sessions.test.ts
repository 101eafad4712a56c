import { describe, expect, it } from "vitest";
import { readPages } from "./read-pages.ts";
import { runSessions, type SessionBug } from "./run-sessions.ts";

const schedules = 60;

describe("sessions whose workers are killed, refused and frozen at random", () => {
  it("lose no job, double nothing and take no word of a stale worker in sixty schedules", async () => {
    const totals = { deaths: 0, finished: 0, failed: 0 };
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { broken, deaths, finished, failed } = await runSessions(seed);
      expect({ seed, broken }).toEqual({ seed, broken: [] });
      totals.deaths += deaths;
      totals.finished += finished;
      totals.failed += failed;
    }
    expect(totals.deaths).toBeGreaterThan(schedules);
    expect(totals.finished).toBeGreaterThan(5 * schedules);
    expect(totals.failed).toBeGreaterThan(schedules);
  });

  const bugs: Record<string, SessionBug> = {
    "what a stale worker commits is taken": {
      workerRecords: (records) => ({
        ...records,
        commit: (changes) => forced(records, changes),
      }),
    },
    "documents are written under no lease": {
      workerRecords: (records) => ({
        ...records,
        commit: (changes) =>
          records.commit(
            changes.some(({ kind }) => kind === "documentation")
              ? changes.filter(({ kind }) => kind !== "job")
              : changes,
          ),
      }),
    },
    "a page is noted as read before it is kept": {
      jobType: {
        ...readPages,
        run: (stage, context) => {
          const { documentation } = context.ports;
          const later: (() => Promise<void>)[] = [];
          return readPages.run(stage, {
            ...context,
            async saveProgress(progress) {
              await context.saveProgress(progress);
              await later.shift()?.();
            },
            ports: {
              ...context.ports,
              documentation: { ...documentation, put: async (one) => void later.push(() => documentation.put(one)) },
            },
          });
        },
      },
    },
    "nobody tends the jobs of sessions": { isUntended: true },
  };

  it.each(Object.entries(bugs))("are seen to fail with a bug: %s", async (_, bug) => {
    for (let seed = 1; seed <= schedules; seed += 1) if ((await runSessions(seed, bug)).broken.length > 0) return;
    expect.unreachable(`not seen in ${schedules} schedules`);
  });
});

type Records = Parameters<NonNullable<SessionBug["workerRecords"]>>[0];

/** Commits on what is stored now, whatever the worker had read. */
const forced = async (records: Records, changes: Parameters<Records["commit"]>[0]): Promise<boolean> => {
  const current = [];
  for (const change of changes) {
    if (change.kind !== "job" || change.before === undefined) current.push(change);
    else {
      const { tenantId, sessionId, id: jobId } = change.before.value;
      current.push({ ...change, before: await records.read("job", { tenantId, sessionId, jobId }) });
    }
  }
  return records.commit(current);
};
