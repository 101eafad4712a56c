import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials } from "../../local/deployment.ts";
import { type Attributes, type ItemCodec, readItem } from "../../shared/aws/item-codec.ts";
import { deliveryItem } from "../../shared/aws/items/alert-items.ts";
import { changeItem } from "../../shared/aws/items/change-item.ts";
import { dependencyItem } from "../../shared/aws/items/dependency-item.ts";
import { jobItem } from "../../shared/aws/items/job-item.ts";
import { runItem } from "../../shared/aws/items/run-item.ts";
import { snapshotItem } from "../../shared/aws/items/snapshot-item.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { sha256 } from "../../shared/snapshots/sha256.ts";
import type { HistoryRow, IndexPlace, Stored } from "./evidence.ts";
import type { Fleet, Member } from "./fleet.ts";

/** Only shapes when an item expires, which nothing here looks at. */
const retentionDays = 90;

/** Reads, past the app's own stores, what the cloud holds of a fleet. */
export const createReader = (local: LocalJson, fleet: Fleet) => {
  const options = { endpoint: local.awsEndpoint, region: local.region, credentials: localCredentials };
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options));
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const stepFunctions = new SFNClient(options);
  const isOurs = ({ tenantId }: { tenantId: string }) => fleet.tenantIds.includes(tenantId);

  const scan = async (): Promise<Attributes[]> => {
    const items: Attributes[] = [];
    for await (const page of paginateScan({ client: documents }, { TableName: local.tableName, ConsistentRead: true }))
      items.push(...(page.Items ?? []));
    return items;
  };

  const runningExecutions = async (jobIds: ReadonlySet<string>): Promise<string[]> => {
    const pages = await Promise.all(
      local.stateMachineArns.map((stateMachineArn) =>
        stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", maxResults: 1000 })),
      ),
    );
    const names = pages.flatMap(({ executions = [] }) => executions.map(({ name = "" }) => name));
    return names.filter((name) => jobIds.has(name.replace(/-\d+$/, "")));
  };

  const readHistory = async ({ client, id: dependencyId }: Member): Promise<HistoryRow[]> => {
    const rows: HistoryRow[] = [];
    let cursor: string | undefined;
    do {
      // Small pages, so that their seams are looked at too.
      const page = await client.call("listSyncJobs", { params: { dependencyId }, query: { limit: 7, cursor } });
      for (const row of page.data)
        rows.push(row.type === "dependency.checks" ? { ...row, type: "checks" } : jobRow(row));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return rows;
  };

  return {
    /** What tables, executions and queues hold now. */
    async readStored(): Promise<Stored> {
      const items = await scan();
      const all = <T>(codec: ItemCodec<T>): { value: T; place: IndexPlace }[] =>
        items
          .filter((item) => item.entity === codec.entity)
          .map((item) => ({ value: readItem(codec, item), place: placeOf(item) }));
      const ours = <T extends { tenantId: string }>(codec: ItemCodec<T>) =>
        all(codec).filter(({ value }) => isOurs(value));
      const valuesOf = <T>(placed: { value: T }[]): T[] => placed.map(({ value }) => value);
      const jobs = ours(jobItem(retentionDays));
      const letters = await fleet.admin.call("listDeadLetters", { query: { limit: 1 } });
      return {
        dependencies: ours(dependencyItem),
        jobs,
        snapshots: valuesOf(ours(snapshotItem)),
        changes: valuesOf(ours(changeItem)),
        deliveries: valuesOf(ours(deliveryItem(retentionDays))),
        runs: valuesOf(all(runItem(retentionDays))),
        runningExecutions: await runningExecutions(new Set(jobs.map(({ value }) => value.id))),
        deadLetters: letters.data.queues,
      };
    },
    /** Every object of the fleet's tenants. */
    async readObjects(): Promise<{ key: string; sha256: string }[]> {
      const bodies = s3BodyStore({ client: s3, bucketName: local.bucketName });
      const keys: string[] = [];
      for (const tenantId of fleet.tenantIds) {
        let ContinuationToken: string | undefined;
        do {
          const Prefix = `tenants/${tenantId}/`;
          const page = await s3.send(
            new ListObjectsV2Command({
              Bucket: local.bucketName,
              Prefix,
              ...(ContinuationToken && { ContinuationToken }),
            }),
          );
          keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key));
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
      }
      const objects: { key: string; sha256: string }[] = [];
      for (const key of keys) objects.push({ key, sha256: sha256((await bodies.get(key)) ?? "") });
      return objects;
    },
    /** The history of each dependency, as the API shows it. */
    async readHistories(): Promise<Map<string, HistoryRow[]>> {
      const histories = new Map<string, HistoryRow[]>();
      for (const member of fleet.members) histories.set(member.id, await readHistory(member));
      return histories;
    },
    close(): void {
      documents.destroy();
      s3.destroy();
      stepFunctions.destroy();
    },
  };
};

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const placeOf = ({ GSI2PK, GSI2SK }: Attributes): IndexPlace => ({ GSI2PK: textOf(GSI2PK), GSI2SK: textOf(GSI2SK) });

const jobRow = ({ id }: { id: string }): HistoryRow => ({ type: "job", id });
