import { dynamoApiKeyStore } from "../../shared/aws/dynamo-api-key-store.ts";
import { dynamoChangeStore } from "../../shared/aws/dynamo-change-store.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoCheckStore } from "../../shared/aws/dynamo-check-store.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoEmbedJobStore, dynamoSearchManifestStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { dynamoIdempotencyStore } from "../../shared/aws/dynamo-idempotency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { dynamoTenantStore } from "../../shared/aws/dynamo-tenant-store.ts";
import { createTable } from "./adapter-cloud.ts";
import { channelStoreContract, deliveryStoreContract } from "./alert-stores-contract.ts";
import { changeStoreContract } from "./change-store-contract.ts";
import { checkStoreContract, hostTurnsContract, runStoreContract } from "./check-stores-contract.ts";
import { dependencyStoreContract } from "./dependency-store-contract.ts";
import { embedJobStoreContract, searchManifestStoreContract } from "./embed-stores-contract.ts";
import { snapshotStoreContract } from "./snapshot-store-contract.ts";
import { apiKeyStoreContract, idempotencyStoreContract, tenantStoreContract } from "./tenant-stores-contract.ts";

// One table for all: that the stores do not get in each other's way is part of what is tested.
const table = await createTable();

dependencyStoreContract("DynamoDB", async () => dynamoDependencyStore(table));
snapshotStoreContract("DynamoDB", async () => dynamoSnapshotStore(table));
changeStoreContract("DynamoDB", async () => dynamoChangeStore(table));
tenantStoreContract("DynamoDB", async () => dynamoTenantStore(table));
apiKeyStoreContract("DynamoDB", async () => dynamoApiKeyStore(table));
idempotencyStoreContract("DynamoDB", async () => dynamoIdempotencyStore(table));
channelStoreContract("DynamoDB", async () => dynamoChannelStore(table));
checkStoreContract("DynamoDB", async () => ({
  checks: dynamoCheckStore({ ...table, jobRetentionDays: 90 }),
  dependencies: dynamoDependencyStore(table),
  jobs: dynamoJobStore({ ...table, jobRetentionDays: 90 }),
}));
hostTurnsContract("DynamoDB", async () => dynamoHostTurns(table));
runStoreContract("DynamoDB", async () => dynamoRunStore({ ...table, runRetentionDays: 90 }));
deliveryStoreContract("DynamoDB", async () => dynamoDeliveryStore(table));
embedJobStoreContract("DynamoDB", async () => dynamoEmbedJobStore(table));
searchManifestStoreContract("DynamoDB", async () => dynamoSearchManifestStore(table));
