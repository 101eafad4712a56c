import { parseArgs } from "node:util";
import { runSchedule, type ScheduleRun } from "./run-schedule.ts";

/** `npm run simulate:schedule -- --dependencies 1000000`: an hour of the schedule, and what it reads. Ends with 1 above 1.1. */

const { values } = parseArgs({ options: { dependencies: { type: "string", default: "1000000" } } });
const dependencies = Number(values.dependencies);
if (!Number.isSafeInteger(dependencies) || dependencies < 1)
  throw new Error("--dependencies is a whole number above 0");

const lineOf = ({ due, asked, indexEntries, items, readUnits, writes }: ScheduleRun): string =>
  `due ${due}, asked ${asked}; read ${indexEntries} index entries and ${items} items, ${readUnits} read units` +
  ` (${(readUnits / due).toFixed(3)} for each that is due); ${writes} writes\n`;

const { runs, asked } = await runSchedule(dependencies, {}, (run) => process.stdout.write(lineOf(run)));
const sum = (field: "due" | "readUnits"): number => runs.reduce((total, run) => total + run[field], 0);
const ratio = sum("readUnits") / sum("due");
process.stdout.write(`${dependencies} dependencies, ${asked} asked for; ${ratio.toFixed(4)} read units for each due\n`);
if (asked !== dependencies || ratio > 1.1) process.exitCode = 1;
