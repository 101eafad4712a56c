import Table from "cli-table3";
import type { Evidence } from "./evidence.ts";
import type { Judgement } from "./invariants/invariants.ts";

/** What happened, by what it is called. */
export type Figures = Record<string, string | number>;

export type Storm = {
  acted: ReadonlyMap<string, number>;
  doubled: number;
  answersLost: number;
  stormMs: number;
  settleMs: number;
  wholeMs: number;
};

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

const countBy = <T>(things: readonly T[], nameOf: (thing: T) => string): string =>
  [...Map.groupBy(things, nameOf)]
    .map(([name, { length }]) => `${name} ${length}`)
    .sort()
    .join(", ");

/** The figures of one chaos. */
export const figuresOf = (evidence: Evidence, storm: Storm): Figures => {
  const { jobs, deliveries, receipts, served, kills, history } = evidence;
  const checks = [...history.values()].flat().reduce((sum, row) => sum + (row.type === "checks" ? row.count : 0), 0);
  const manner = (...names: string[]) => served.filter((one) => names.includes(one.manner)).length;
  const committed = jobs.flatMap(({ value }) => Object.values(value.checkpoints)).filter(({ term }) => term > 0);
  const claims = jobs.reduce((sum, { value }) => sum + value.term, 0);
  return {
    dependencies: evidence.sites.length,
    "versions published": evidence.sites.reduce((sum, { publications }) => sum + publications.length, 0),
    "requests to hosts": served.length,
    lies: countBy(
      served.filter((one) => one.manner !== "honest" && one.manner !== "unchanged"),
      (one) => one.manner,
    ),
    "429 answers": manner("tooMany"),
    "resets and breaks": manner("reset", "brokenOff", "hanging"),
    syncs: countBy(jobs, ({ value }) => value.outcome ?? value.status),
    "unchanged checks": checks,
    "stages claimed, and again": `${claims}, ${claims - committed.length}`,
    snapshots: evidence.snapshots.length,
    "change events": evidence.changes.length,
    deliveries: countBy(deliveries, ({ status }) => status),
    receipts: countBy(receipts, ({ answer }) => answer),
    kills: `${kills.length}: ${countBy(kills, ({ functionName }) => functionName.replace(/^forewarn-local-/, ""))}`,
    "messages sent twice": storm.doubled,
    "answers of the queue lost": storm.answersLost,
    acts: [...storm.acted]
      .map(([name, count]) => `${name} ${count}`)
      .sort()
      .join(", "),
    "runs of the schedule": evidence.runs.length,
    duration: `storm ${inSeconds(storm.stormMs)}, settled in ${inSeconds(storm.settleMs)}, whole ${inSeconds(storm.wholeMs)}`,
  };
};

const columns = { figure: 26, text: 92, promise: 92, count: 10 } as const;

/** The figures as a table for a person. */
export const figuresTable = (figures: Figures): string => {
  const table = new Table({
    style: { head: [], border: [] },
    colWidths: [columns.figure, columns.text],
    wordWrap: true,
  });
  for (const [name, value] of Object.entries(figures)) table.push([name, String(value)]);
  return table.toString();
};

/** The promises as a table for a person. */
export const promisesTable = (judgements: readonly Judgement[]): string => {
  const table = new Table({
    head: ["promise", "looked at", "broken"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right"],
    colWidths: [columns.promise, columns.count + 1, columns.count],
    wordWrap: true,
  });
  for (const { promise, looked, broken } of judgements) table.push([promise, looked, broken.length]);
  return table.toString();
};
