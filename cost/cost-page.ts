import { checksPerBatch, functionRuns, limits, logBytes, scheduleShare } from "./assumptions.ts";
import { idleLines, type Line, sumOf, syncLines, unchangedCheckLines, usdOf } from "./bills.ts";
import type { Counts } from "./counts.ts";
import { lookedUpOn, prices } from "./prices.ts";

const usd = (amount: number): string => amount.toFixed(2);
const count = (units: number): string => String(Number(units.toPrecision(3)));
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const billTable = (lines: readonly Line[]): string =>
  table(
    ["for one", "how many", "price", "USD a million"],
    [
      ...lines.map((line) => {
        const { what, usd: price, per } = prices[line.price];
        return [
          line.why === "" ? what : `${what}: ${line.why}`,
          count(line.units),
          `${price} ${per}`,
          usd(usdOf(line)),
        ];
      }),
      ["**Sum**", "", "", `**${usd(sumOf(lines))}**`],
    ],
  );

/** What the three limits come to: whether each is kept. */
export const verdicts = (counts: Counts): { what: string; limit: number; found: number }[] => [
  { what: "a million unchanged checks", limit: limits.unchangedChecks, found: sumOf(unchangedCheckLines(counts)) },
  {
    what: "a million changed syncs, found by checks",
    limit: limits.changedSyncs,
    found: sumOf(syncLines(counts.changedSyncFromCheck)),
  },
  {
    what: "a month of an idle deployment",
    limit: limits.idleMonth,
    found: idleLines().reduce((sum, line) => sum + line.usd, 0),
  },
];

/** `docs/cost.md`: counts times prices. */
export const costPage = (counts: Counts): string => {
  const idle = idleLines();
  const byHand = syncLines(counts.changedSyncByHand);
  const more = (sumOf(syncLines(counts.threeChangesFromCheck)) - sumOf(syncLines(counts.changedSyncFromCheck))) / 2;
  return `<!-- Written by \`npm run docs\` from cost/: edit there. -->

# What it costs

What the deployed functions ask AWS for, counted on the local cloud, times list prices in us-east-1, without free tiers, savings plans and taxes.
\`test/integration/cost.test.ts\` counts anew, and fails when a count grows; a test holds this page to the counts, the prices and the limits.

${table(
  ["", "limit, USD", "it comes to", "kept"],
  verdicts(counts).map(({ what, limit, found }) => [what, `${limit}`, usd(found), found <= limit ? "yes" : "**no**"]),
)}

## An unchanged check

A scheduled check that finds nothing, by a cadence that has a beat ([checks.md](checks.md)), of a document whose host nobody else asks at that
moment: one of ${checksPerBatch} in a batch, each at a host of its own.

${billTable(unchangedCheckLines(counts))}

By another cadence than those twelve it takes three write units more: its place in the index moves.

## A changed sync

A scheduled check found that the document is another one; the sync of it brings one change, and tells one webhook.

${billTable(syncLines(counts.changedSyncFromCheck))}

Each further change, with its delivery, adds ${usd(more)} USD a million. The same sync by hand, which has to ask and fetch itself, comes to
${usd(sumOf(byHand))} USD: ${counts.changedSyncByHand.transitions} transitions in the place of ${counts.changedSyncFromCheck.transitions}, and a request to the API. ${
    sumOf(byHand) > limits.changedSyncs
      ? "That is above the limit, which is held for what the schedule finds: people ask for few."
      : "The limit is kept by it, too."
  }

${table(
  ["function", "read units", "write units", "S3 PUT", "S3 GET", "SQS requests"],
  Object.entries(counts.changedSyncFromCheck.functions).map(([name, bill]) => [
    name,
    ...[bill.readUnits, bill.writeUnits, bill.s3Puts, bill.s3Gets, bill.sqsRequests].map(String),
  ]),
)}

## Idle

Deployed, the schedule runs, no dependency is checked, nobody calls the API. A month has 30 days.

${table(
  ["item", "how much of it", "price", "USD a month"],
  [
    ...idle.map(({ what, howMuch, price, usd: amount }) => [
      what,
      howMuch,
      `${prices[price].usd} ${prices[price].per}`,
      usd(amount),
    ]),
    ["HTTP API, Step Functions, SNS", "0 requests", "by use", "0.00"],
    ["**Sum**", "", "", `**${usd(idle.reduce((sum, line) => sum + line.usd, 0))}**`],
  ],
)}

A secret that a tenant stores for its documents adds ${usd(prices.secret.usd)} USD a month. To pay less when idle: \`FOREWARN_SCHEDULE_ENABLED=false\` where
nothing is checked by schedule, or a longer \`FOREWARN_SCHEDULE_EVERY_MINUTES\`; both also delay the reclaim of jobs whose worker died.

## How it is counted

- DynamoDB: a proxy between functions and table weighs each item before and after a write; a unit for each KB, one for each entry of an index
  that is put or taken away, a transaction twice; 4 KB read consistently are a unit. A task token counts as 1,000 bytes: the local cloud's are shorter.
- S3 and SQS by request. Transitions and events from the execution's history.
- A renewal of a lease is left out: a stage of less than ten seconds makes none.
- What follows a changed sync for search is left out: the changed operations are embedded, and the tenant's index is merged anew.
- What stays stored is not in the sums of checks and syncs: jobs and deliveries for 90 days, logs for \`FOREWARN_LOG_RETENTION_DAYS\`, snapshots for good.

What is assumed, as no local cloud can tell it:

- The orchestrator's share of a check: ${scheduleShare.readUnits} read units, ${scheduleShare.writeUnits} write units, ${scheduleShare.ms} ms (\`npm run simulate:schedule\` counts the units).
- Logs: ${logBytes.functionRun} bytes a call, ${logBytes.check} a check, ${logBytes.executionEvent} an event of an execution.
- Duration of a call that AWS bills, warm, for a document of some 100 KB, at hosts that answer within 300 ms:

${table(
  ["function", "ms", "MiB"],
  Object.entries(functionRuns).map(([name, { ms, memoryMib }]) => [name, String(ms), String(memoryMib)]),
)}

## Prices

Looked up on ${lookedUpOn}. Where the source is a page of another one than AWS, or \`from memory\`, AWS's own price page has the last word.

${table(
  ["what", "USD", "source"],
  Object.values(prices).map(({ what, usd: price, per, source }) => [what, `${price} ${per}`, source]),
)}
`;
};
