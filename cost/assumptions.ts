/** What no local cloud can count. Each is named on the page. */

/** Milliseconds that AWS bills for one call of a warm function, for a document of some 100 KB, and the memory it has in MiB. */
export const functionRuns: Readonly<Record<string, { ms: number; memoryMib: number }>> = {
  api: { ms: 100, memoryMib: 512 },
  authorizer: { ms: 20, memoryMib: 512 },
  check: { ms: 400, memoryMib: 1024 },
  fetch: { ms: 500, memoryMib: 1024 },
  parse: { ms: 150, memoryMib: 1024 },
  normalize: { ms: 250, memoryMib: 1024 },
  snapshot: { ms: 100, memoryMib: 512 },
  diff: { ms: 300, memoryMib: 1024 },
  persist: { ms: 120, memoryMib: 512 },
  alert: { ms: 150, memoryMib: 512 },
  done: { ms: 100, memoryMib: 512 },
  deliver: { ms: 300, memoryMib: 512 },
  orchestrate: { ms: 500, memoryMib: 512 },
};

/** Checks of one batch: as many as the queue hands over at once. */
export const checksPerBatch = 10;

/** Of the orchestrator, for each check that it asks for; `npm run simulate:schedule` counts no more than this. */
export const scheduleShare = { readUnits: 1.1, writeUnits: 0.01, ms: 2 };

/** Bytes of a line of log: the start and end that Lambda writes itself with what the function says; an event of an execution. */
export const logBytes = { functionRun: 1_500, check: 350, executionEvent: 500 };

/** Requests of SQS for each message that is sent: it is received and deleted. */
export const requestsToConsume = 2;

const daysPerMonth = 30;

/** A month of a deployment that nobody uses. */
export const idleMonth = {
  /** Every five minutes. */
  runs: daysPerMonth * 24 * 12,
  /** Of one run: 20 partitions of what is due, 8 of jobs, 8 of digests, the runs, the pauses twice, and how far it looked. */
  readUnits: 24,
  /** The number and record of the run, its end, and how far it looked. */
  writeUnits: 4,
  logBytes: 2_000,
  /** Three event sources with five pollers each, which wait 20 s. */
  polls: (3 * 5 * daysPerMonth * 86_400) / 20,
  alarms: 17,
  secrets: 1,
  tableGb: 0.1,
  bucketGb: 1,
  assetsGb: 0.1,
};

/** What the page is held to, in USD: a million unchanged checks, a million changed syncs, an idle month. */
export const limits = { unchangedChecks: 3, changedSyncs: 350, idleMonth: 5 };
