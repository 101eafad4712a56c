import type { DeliveryQueue } from "../alerts/ports.ts";
import type { CheckQueue } from "../checks/ports.ts";
import type { CheckMessage } from "../contracts/check-message.ts";
import type { SyncExecutionInput } from "../contracts/sync-workflow.ts";
import { executionName } from "../jobs/job.ts";
import type { SyncWorkflow, TaskTokens } from "../jobs/ports.ts";
import { storedCopy } from "./stored.ts";

export type SentDelivery = { tenantId: string; deliveryId: string; delayMs: number };

/** A queue that only remembers; `sent` is in the order of sending. */
export const memoryDeliveryQueue = (): DeliveryQueue & { sent: SentDelivery[] } => {
  const sent: SentDelivery[] = [];
  return {
    sent,
    async send(message, delayMs = 0) {
      sent.push({ ...message, delayMs });
    },
  };
};

/** A queue of checks that only remembers; `sent` is in the order of sending. */
export const memoryCheckQueue = (): CheckQueue & { sent: { message: CheckMessage; delayMs: number }[] } => {
  const sent: { message: CheckMessage; delayMs: number }[] = [];
  return {
    sent,
    async send(messages) {
      sent.push(...storedCopy([...messages]));
      return [];
    },
  };
};

export type SentReport =
  | { report: "succeed"; token: string; output: Record<string, unknown> }
  | { report: "fail"; token: string; errorName: string; cause: string }
  | { report: "heartbeat"; token: string };

/**
 * Task tokens that only remember what was reported, in order. A token is stale once it succeeded or failed, or when a
 * test put it into `stale`; reports to a stale token are not in `sent`.
 */
export const memoryTaskTokens = (): TaskTokens & { sent: SentReport[]; stale: Set<string> } => {
  const sent: SentReport[] = [];
  const stale = new Set<string>();
  const report = (one: SentReport): "accepted" | "stale" => {
    if (stale.has(one.token)) return "stale";
    if (one.report !== "heartbeat") stale.add(one.token);
    sent.push(storedCopy(one));
    return "accepted";
  };
  return {
    sent,
    stale,
    succeed: async (token, output) => report({ report: "succeed", token, output }),
    fail: async (token, errorName, cause) => report({ report: "fail", token, errorName, cause }),
    heartbeat: async (token) => report({ report: "heartbeat", token }),
  };
};

/** A workflow that only remembers the executions it was asked to start; `sent` has each once. */
export const memorySyncWorkflow = (): SyncWorkflow & { sent: SyncExecutionInput[] } => {
  const sent: SyncExecutionInput[] = [];
  return {
    sent,
    async start(input, type) {
      const name = executionName(input.jobId, input.attempt);
      if (!sent.some((other) => executionName(other.jobId, other.attempt) === name)) sent.push(storedCopy(input));
      return `arn:aws:states:us-east-1:000000000000:execution:${type.replace(".", "-")}:${name}`;
    },
  };
};
