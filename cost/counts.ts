import { readFileSync } from "node:fs";
import * as z from "zod";

/** What one function asked AWS for, in the units that AWS bills. */
export type Bill = { readUnits: number; writeUnits: number; s3Puts: number; s3Gets: number; sqsRequests: number };

const units = z.number().nonnegative();
const bill = z.strictObject({
  readUnits: units,
  writeUnits: units,
  s3Puts: units,
  s3Gets: units,
  sqsRequests: units,
}) satisfies z.ZodType<Bill>;

const sync = z.strictObject({
  /** States that the execution entered, with every further try of a task. */
  transitions: z.int(),
  /** Events of the execution's history, each of which is a line of its log. */
  events: z.int(),
  functions: z.record(z.string(), bill),
});

/** `counts.json`: what `test/integration/cost.test.ts` counts on the deployed functions. */
const counts = z.strictObject({
  /** One batch of ten messages, for ten documents at ten hosts, none of them changed. */
  tenUnchangedChecks: z.strictObject({ check: bill }),
  /** A sync that brings one change, told to one webhook, after a scheduled check found it. */
  changedSyncFromCheck: sync,
  /** The same, asked for through the API. */
  changedSyncByHand: sync,
  /** The same as from a check, where the document holds three changes. */
  threeChangesFromCheck: sync,
});

export type Counts = z.output<typeof counts>;
export type SyncCounts = z.output<typeof sync>;

export const countsFile = "cost/counts.json";

/** The counts as they are checked in. */
export const readCounts = (): Counts => counts.parse(JSON.parse(readFileSync(countsFile, "utf8")));
