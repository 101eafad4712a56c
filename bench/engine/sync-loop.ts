import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ExecutionStatus, ListExecutionsCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { monotonicFactory } from "ulid";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials } from "../../local/deployment.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import type { SyncExecutionInput } from "../../shared/contracts/sync-workflow.ts";
import { executionName } from "../../shared/jobs/job.ts";
import { newSyncJob } from "../../shared/jobs/new-job.ts";

/** As the app is configured. */
const heartbeatSeconds = 30;
const jobRetentionDays = 1;
/** Between two looks whether executions run still. */
const lookMs = 20;

/** Syncs of dependencies that are there for nothing else, started past the API, so that only executions are measured. */
export const createSyncLoop = (local: LocalJson, specUrl: string) => {
  const options = { endpoint: local.awsEndpoint, region: local.region, credentials: localCredentials };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = { client, tableName: local.tableName };
  const jobs = dynamoJobStore({ ...table, jobRetentionDays });
  const dependencies = dynamoDependencyStore(table);
  const stepFunctions = new SFNClient(options);
  const newId = monotonicFactory();
  const tenantId = local.tenants[0]?.tenantId ?? "";

  return {
    /** Dependencies that nothing but this loop looks at. */
    async addDependencies(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId());
      const at = new Date().toISOString();
      for (const id of ids)
        await dependencies.create({
          ...{ id, tenantId, name: id, specUrl, cadence: "1d", enabled: false, monitoringMode: "full" },
          ...{ filteredDomains: [], filteredEndpoints: [], tags: [], createdAt: at, updatedAt: at },
          health: { status: "healthy", consecutiveFailures: 0 },
        });
      return ids;
    },
    /** What an execution is given, with the job that it is about. */
    async queueSyncs(dependencyIds: readonly string[]): Promise<SyncExecutionInput[]> {
      return Promise.all(
        dependencyIds.map(async (dependencyId) => {
          const dependency = await dependencies.get(tenantId, dependencyId);
          if (dependency === undefined) throw new Error(`dependency ${dependencyId} is gone`);
          const about = { id: newId(), trigger: "manual", atMs: Date.now() } as const;
          const { job } = await jobs.create(newSyncJob(dependency, about));
          return inputOf(tenantId, dependencyId, job.id);
        }),
      );
    },
    /** The same without a job. */
    inputsWithoutJob: (count: number): SyncExecutionInput[] =>
      Array.from({ length: count }, () => inputOf(tenantId, "none", newId())),
    /**
     * Starts executions at once and waits until the last has ended.
     * @returns milliseconds from the first start to the last end
     * @throws Error when one did not succeed
     */
    async run(stateMachineArn: string, inputs: readonly SyncExecutionInput[]): Promise<number> {
      const count = async (statusFilter: ExecutionStatus): Promise<number> => {
        const { executions = [] } = await stepFunctions.send(
          new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: 1000 }),
        );
        return executions.length;
      };
      const failedBefore = await count(ExecutionStatus.FAILED);
      const startedMs = performance.now();
      await Promise.all(
        inputs.map((input) =>
          stepFunctions.send(
            new StartExecutionCommand({
              stateMachineArn,
              name: executionName(input.jobId, input.attempt),
              input: JSON.stringify(input),
            }),
          ),
        ),
      );
      while ((await count(ExecutionStatus.RUNNING)) > 0) await sleep(lookMs);
      const elapsedMs = performance.now() - startedMs;
      if ((await count(ExecutionStatus.FAILED)) > failedBefore) throw new Error(`a sync of ${stateMachineArn} failed`);
      return elapsedMs;
    },
    /** @throws Error when one of the jobs did not come to `outcome` */
    async assertEnds(inputs: readonly SyncExecutionInput[], outcome: "baseline" | "changed"): Promise<void> {
      for (const { jobId } of inputs) {
        const job = await jobs.get(jobId);
        if (job?.outcome !== outcome) throw new Error(`job ${jobId} is ${job?.status}, ${job?.outcome}`);
      }
    },
    close(): void {
      client.destroy();
      stepFunctions.destroy();
    },
  };
};

const inputOf = (tenantId: string, dependencyId: string, jobId: string): SyncExecutionInput => ({
  ...{ tenantId, dependencyId, jobId, attempt: 1 },
  ...{ resumeAt: "fetch", heartbeatSeconds },
});
