import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { TaskTokens, TokenOutcome } from "../jobs/ports.ts";

/** Limits of SendTaskFailure, in characters. */
const maxErrorLength = 256;
const maxCauseLength = 32_768;

const isStale = (error: unknown): boolean =>
  error instanceof TaskTimedOut || error instanceof InvalidToken || error instanceof TaskDoesNotExist;

const outcomeOf = async (report: Promise<unknown>): Promise<TokenOutcome> => {
  try {
    await report;
    return "accepted";
  } catch (error) {
    if (isStale(error)) return "stale";
    throw error;
  }
};

/** Task tokens of Step Functions. Whatever error a stale token gives means: stale (rule 5). */
export const sfnTaskTokens = ({ client }: { client: SFNClient }): TaskTokens => ({
  succeed: (taskToken, output) =>
    outcomeOf(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  fail: (taskToken, errorName, cause) =>
    outcomeOf(
      client.send(
        new SendTaskFailureCommand({
          taskToken,
          error: errorName.slice(0, maxErrorLength),
          cause: cause.slice(0, maxCauseLength),
        }),
      ),
    ),
  heartbeat: (taskToken) => outcomeOf(client.send(new SendTaskHeartbeatCommand({ taskToken }))),
});
