import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { executionName, type SyncJobType } from "../jobs/job.ts";
import type { SyncWorkflow } from "../jobs/ports.ts";

/**
 * ARN of an execution of a standard workflow.
 * @example executionArn("arn:aws:states:eu-west-1:1:stateMachine:sync", "a-1") → "arn:aws:states:eu-west-1:1:execution:sync:a-1"
 */
export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;

export const sfnSyncWorkflow = (options: {
  client: SFNClient;
  stateMachineArns: Readonly<Record<SyncJobType, string>>;
}): SyncWorkflow => ({
  async start(input, type) {
    const { client, stateMachineArns } = options;
    const stateMachineArn = stateMachineArns[type];
    const name = executionName(input.jobId, input.attempt);
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (error) {
      // Begun before, with another input or ended since: it is the one that was asked for all the same.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
    return executionArn(stateMachineArn, name);
  },
});
