import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { executionName, type SyncJobType } from "../jobs/job.ts";
import type { SyncWorkflow } from "../jobs/ports.ts";
import type { SessionWorkflow } from "../sessions/start-admitted.ts";

/**
 * ARN of an execution of a standard workflow.
 * @example executionArn("arn:aws:states:eu-west-1:1:stateMachine:sync", "a-1") → "arn:aws:states:eu-west-1:1:execution:sync:a-1"
 */
export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;

/** Starts the execution of that name, or finds it started. Returns its ARN. */
const startNamed = async (client: SFNClient, stateMachineArn: string, name: string, input: object): Promise<string> => {
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    // Begun before, with another input or ended since: it is the one that was asked for all the same.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
  return executionArn(stateMachineArn, name);
};

export const sfnSyncWorkflow = (options: {
  client: SFNClient;
  stateMachineArns: Readonly<Record<SyncJobType, string>>;
}): SyncWorkflow => ({
  start: (input, type) =>
    startNamed(options.client, options.stateMachineArns[type], executionName(input.jobId, input.attempt), input),
});

/** A session's job has one execution, which has its name. */
export const sfnSessionWorkflow = (options: { client: SFNClient; stateMachineArn: string }): SessionWorkflow => ({
  start: (input) => startNamed(options.client, options.stateMachineArn, input.jobId, input),
});
