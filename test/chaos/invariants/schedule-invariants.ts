import { dependencyItem } from "../../../shared/aws/items/dependency-item.ts";
import { type Invariant, judgeEach } from "./invariant.ts";

export const scheduleInvariants: readonly Invariant[] = [
  {
    promise: "each dependency stands where its next check is in the index of what is due",
    check: ({ dependencies }) =>
      judgeEach(dependencies, ({ value, place }) => {
        const { GSI2PK, GSI2SK } = dependencyItem.place(value);
        if (!value.enabled || value.nextCheckAt === undefined) return `dependency ${value.id} has no next check`;
        if (GSI2PK === place.GSI2PK && GSI2SK === place.GSI2SK) return undefined;
        return `dependency ${value.id} stands at ${place.GSI2PK} ${place.GSI2SK}, not at ${GSI2PK} ${GSI2SK}`;
      }),
  },
  {
    promise: "the history has each job once, newest first, and the checks between them in order",
    check: ({ jobs, history, sites }) =>
      judgeEach(sites, ({ id }) => {
        const rows = history.get(id) ?? [];
        const shown = rows.flatMap((row) => (row.type === "job" ? row.id : []));
        const own = jobs.flatMap(({ value }) => (value.dependencyId === id ? value.id : []));
        const expected = own.sort().reverse();
        const stories: string[] = [];
        if (shown.join() !== expected.join()) stories.push(`dependency ${id} shows ${shown}, there are ${expected}`);
        const times = rows.flatMap((row) => (row.type === "checks" ? [row.lastAt, row.firstAt] : []));
        if (times.some((time, index) => index > 0 && time > String(times[index - 1])))
          stories.push(`dependency ${id} shows checks at ${times.join(", ")}`);
        return stories;
      }),
  },
  {
    promise: "no check is counted that did not look",
    check: ({ history, served, sites }) =>
      judgeEach(sites, ({ id, number }) => {
        const counted = (history.get(id) ?? []).reduce((sum, row) => sum + (row.type === "checks" ? row.count : 0), 0);
        const answers = served.filter((one) => one.number === number && one.isWhole).length;
        return counted <= answers ? undefined : `dependency ${id}: ${counted} checks counted, ${answers} answers given`;
      }),
  },
  {
    promise: "no run counts more ends than it asked for checks",
    check: ({ runs }) =>
      judgeEach(
        // One that was killed could not say what it had asked for.
        runs.filter(({ status, isOpen }) => !isOpen && status !== "failed"),
        ({ id, jobsSubmitted, jobsCompleted, jobsFailed }) =>
          jobsCompleted + jobsFailed <= jobsSubmitted
            ? undefined
            : `run ${id} asked for ${jobsSubmitted}; ${jobsCompleted} completed, ${jobsFailed} failed`,
      ),
  },
  {
    promise: "no host has more workers at once than its allowance",
    check: ({ peaks, maxFetchesPerHost }) =>
      judgeEach(peaks, ([host, peak]) =>
        peak <= maxFetchesPerHost
          ? undefined
          : `${host} had ${peak} requests at once, ${maxFetchesPerHost} are allowed`,
      ),
  },
  {
    promise: "no letter is dead",
    settles: true,
    check: ({ deadLetters }) =>
      judgeEach(deadLetters, ({ queue, count }) => (count === 0 ? undefined : `${count} dead letters of ${queue}`)),
  },
];
