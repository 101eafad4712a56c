import { checksPerBatch, functionRuns, idleMonth, logBytes, requestsToConsume, scheduleShare } from "./assumptions.ts";
import type { Bill, Counts, SyncCounts } from "./counts.ts";
import { type PriceName, prices } from "./prices.ts";

/** `units` of what has this price: of one job, so that a price a million is USD for a million jobs. */
export type Line = { price: PriceName; units: number; why: string };

/** USD of a line: for a million jobs. */
export const usdOf = ({ price, units }: Line): number =>
  prices[price].per === "a million" ? units * prices[price].usd : units * prices[price].usd * 1_000_000;

export const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + usdOf(line), 0);

const bytesPerGb = 1_000_000_000;
const gbSecondsOf = (name: string): number => {
  const { ms, memoryMib } = functionRuns[name] ?? { ms: 0, memoryMib: 0 };
  return (ms / 1_000) * (memoryMib / 1_024);
};

/** What one unchanged check comes to: a tenth of a batch, and its share of the run that asked for it. */
export const unchangedCheckLines = ({ tenUnchangedChecks: { check } }: Counts): Line[] => {
  const share = 1 / checksPerBatch;
  const schedule = (scheduleShare.ms / 1_000) * ((functionRuns.orchestrate?.memoryMib ?? 0) / 1_024);
  return [
    {
      price: "writeUnit",
      units: check.writeUnits * share + scheduleShare.writeUnits,
      why: "outcome, turn at its host",
    },
    { price: "readUnit", units: check.readUnits * share + scheduleShare.readUnits, why: "to find it, to check it" },
    {
      price: "sqsRequest",
      units: (1 + requestsToConsume + check.sqsRequests) * share,
      why: `sent, received and deleted by ${checksPerBatch}`,
    },
    { price: "lambdaRequest", units: share, why: `a call for ${checksPerBatch}` },
    { price: "lambdaSecond", units: gbSecondsOf("check") * share + schedule, why: "assumed" },
    {
      price: "logsTakenIn",
      units: (logBytes.check + logBytes.functionRun * share) / bytesPerGb,
      why: "assumed",
    },
  ];
};

/** What one sync comes to, with the deliveries that it brings. */
export const syncLines = ({ transitions, events, functions }: SyncCounts): Line[] => {
  const bills = Object.entries(functions);
  const total = (field: keyof Bill): number => bills.reduce((sum, [, bill]) => sum + bill[field], 0);
  const sent = total("sqsRequests");
  // Each message is a call of its own, at most.
  const calls = bills.map(([name]) => ({ name, times: name === "deliver" ? sent : 1 }));
  const called = calls.reduce((sum, { times }) => sum + times, 0);
  const isByHand = functions.api !== undefined;
  return [
    { price: "transition", units: transitions, why: "states entered" },
    { price: "writeUnit", units: total("writeUnits"), why: "" },
    { price: "readUnit", units: total("readUnits"), why: "" },
    { price: "s3Put", units: total("s3Puts"), why: "body, model, operations, change set" },
    { price: "s3Get", units: total("s3Gets"), why: "" },
    { price: "sqsRequest", units: sent * (1 + requestsToConsume), why: "deliveries: sent, received, deleted" },
    { price: "lambdaRequest", units: called, why: "" },
    {
      price: "lambdaSecond",
      units: calls.reduce((sum, { name, times }) => sum + gbSecondsOf(name) * times, 0),
      why: "assumed",
    },
    {
      price: "logsTakenIn",
      units: (events * logBytes.executionEvent + called * logBytes.functionRun) / bytesPerGb,
      why: "assumed; every event of the execution, and what the functions say",
    },
    { price: "trace", units: isByHand ? 2 : 1, why: isByHand ? "the request and the execution" : "the execution" },
    ...(isByHand ? [{ price: "httpRequest", units: 1, why: "" } as const] : []),
  ];
};

export type IdleLine = { what: string; howMuch: string; price: PriceName; usd: number };

/** What a month comes to in which nothing is checked and nobody calls. */
export const idleLines = (): IdleLine[] => {
  const { runs, polls, tableGb, bucketGb, assetsGb } = idleMonth;
  const line = (what: string, howMuch: string, price: PriceName, units: number): IdleLine => {
    const { usd, per } = prices[price];
    return { what, howMuch, price, usd: (units * usd) / (per === "a million" ? 1_000_000 : 1) };
  };
  const logsGb = (runs * idleMonth.logBytes) / bytesPerGb;
  const { ms = 0, memoryMib = 0 } = functionRuns.orchestrate ?? {};
  const of = (count: number, what: string) => `${runs} × ${count} ${what}`;
  return [
    line("Secrets Manager, admin key", `${idleMonth.secrets}`, "secret", idleMonth.secrets),
    line("CloudWatch alarms", `${idleMonth.alarms}`, "alarm", idleMonth.alarms),
    line("EventBridge Scheduler", `${runs} runs, every 5 minutes`, "scheduledRun", runs),
    line("Orchestrator: requests", `${runs}`, "lambdaRequest", runs),
    line("Orchestrator: duration", of(ms, `ms at ${memoryMib} MiB`), "lambdaSecond", runs * gbSecondsOf("orchestrate")),
    line("Orchestrator: reads", of(idleMonth.readUnits, "units"), "readUnit", runs * idleMonth.readUnits),
    line("Orchestrator: writes", of(idleMonth.writeUnits, "units"), "writeUnit", runs * idleMonth.writeUnits),
    line("Orchestrator: logs taken in", of(idleMonth.logBytes, "bytes"), "logsTakenIn", logsGb),
    line("Orchestrator: logs kept", "the same", "logsKept", logsGb),
    line("Orchestrator: traces", `${runs}`, "trace", runs),
    line("SQS, polling", `${polls} requests: 3 × 5 pollers that wait 20 s`, "sqsRequest", polls),
    line("Table: storage", `${tableGb} GB`, "tableStorage", tableGb),
    line("Table: point-in-time recovery", `${tableGb} GB`, "tableBackup", tableGb),
    line("Bucket of bodies", `${bucketGb} GB`, "s3Storage", bucketGb),
    line("Bucket of the bootstrap", `${assetsGb} GB`, "s3Storage", assetsGb),
  ];
};
