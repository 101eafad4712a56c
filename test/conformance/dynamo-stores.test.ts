import { dynamoAlertPreferenceStore } from "../../shared/aws/dynamo-alert-preference-store.ts";
import { dynamoApiKeyStore } from "../../shared/aws/dynamo-api-key-store.ts";
import { dynamoChangeStore } from "../../shared/aws/dynamo-change-store.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoCheckStore } from "../../shared/aws/dynamo-check-store.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyRulesStore } from "../../shared/aws/dynamo-dependency-rules-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoDependencyUsageStore } from "../../shared/aws/dynamo-dependency-usage-store.ts";
import { dynamoDigestStore } from "../../shared/aws/dynamo-digest-store.ts";
import { dynamoEmbedJobStore, dynamoSearchManifestStore } from "../../shared/aws/dynamo-embed-stores.ts";
import { dynamoFeedAccessStore, dynamoFeedTokenStore } from "../../shared/aws/dynamo-feed-stores.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { dynamoIdempotencyStore } from "../../shared/aws/dynamo-idempotency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoLastDiffStore } from "../../shared/aws/dynamo-last-diff-store.ts";
import { dynamoPauseStore } from "../../shared/aws/dynamo-pause-store.ts";
import { dynamoProviderStore } from "../../shared/aws/dynamo-provider-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { dynamoSessionRecords } from "../../shared/aws/dynamo-session-records.ts";
import { dynamoSignalStore } from "../../shared/aws/dynamo-signal-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { dynamoStreamTicketStore } from "../../shared/aws/dynamo-stream-ticket-store.ts";
import { dynamoTenantStore } from "../../shared/aws/dynamo-tenant-store.ts";
import { createTable } from "./adapter-cloud.ts";
import {
  alertPreferenceStoreContract,
  channelStoreContract,
  deliveryStoreContract,
  digestStoreContract,
} from "./alert-stores-contract.ts";
import { changeStoreContract } from "./change-store-contract.ts";
import { checkStoreContract, hostTurnsContract, runStoreContract } from "./check-stores-contract.ts";
import { dependencyStoreContract, perDependencyStoreContract } from "./dependency-store-contract.ts";
import { embedJobStoreContract, searchManifestStoreContract } from "./embed-stores-contract.ts";
import { pauseStoreContract } from "./pause-store-contract.ts";
import { providerStoreContract } from "./provider-store-contract.ts";
import { sampleDependencyRules, sampleDependencyUsage, sampleFeedAccess, sampleLastDiff } from "./samples.ts";
import { sessionRecordsContract } from "./session-records-contract.ts";
import { signalStoreContract, streamTicketStoreContract } from "./signal-store-contract.ts";
import { snapshotStoreContract } from "./snapshot-store-contract.ts";
import {
  apiKeyStoreContract,
  feedTokenStoreContract,
  idempotencyStoreContract,
  tenantStoreContract,
} from "./tenant-stores-contract.ts";

// One table for all: that the stores do not get in each other's way is part of what is tested.
const table = await createTable();

dependencyStoreContract("DynamoDB", async () => dynamoDependencyStore(table));
perDependencyStoreContract(
  "dependency rules: DynamoDB",
  async () => dynamoDependencyRulesStore(table),
  sampleDependencyRules,
);
perDependencyStoreContract(
  "dependency usage: DynamoDB",
  async () => dynamoDependencyUsageStore(table),
  sampleDependencyUsage,
);
perDependencyStoreContract("feed access: DynamoDB", async () => dynamoFeedAccessStore(table), sampleFeedAccess);
feedTokenStoreContract("DynamoDB", async () => dynamoFeedTokenStore(table));
perDependencyStoreContract("last diff: DynamoDB", async () => dynamoLastDiffStore(table), sampleLastDiff);
snapshotStoreContract("DynamoDB", async () => dynamoSnapshotStore(table));
changeStoreContract("DynamoDB", async () => dynamoChangeStore(table));
tenantStoreContract("DynamoDB", async () => dynamoTenantStore(table));
apiKeyStoreContract("DynamoDB", async () => dynamoApiKeyStore(table));
idempotencyStoreContract("DynamoDB", async () => dynamoIdempotencyStore(table));
channelStoreContract("DynamoDB", async () => dynamoChannelStore(table));
alertPreferenceStoreContract("DynamoDB", async () => dynamoAlertPreferenceStore(table));
digestStoreContract("DynamoDB", async () => ({
  digests: dynamoDigestStore(table),
  deliveries: dynamoDeliveryStore(table),
}));
checkStoreContract("DynamoDB", async () => ({
  checks: dynamoCheckStore({ ...table, jobRetentionDays: 90 }),
  dependencies: dynamoDependencyStore(table),
  jobs: dynamoJobStore({ ...table, jobRetentionDays: 90 }),
}));
hostTurnsContract("DynamoDB", async () => dynamoHostTurns(table));
streamTicketStoreContract("DynamoDB", async () => dynamoStreamTicketStore(table));
signalStoreContract("DynamoDB", async (keyPrefix) => dynamoSignalStore(table, keyPrefix));
sessionRecordsContract("DynamoDB", async () => dynamoSessionRecords(table));
runStoreContract("DynamoDB", async () => dynamoRunStore({ ...table, runRetentionDays: 90 }));
pauseStoreContract("DynamoDB", async () => dynamoPauseStore(table));
providerStoreContract("DynamoDB", async () => dynamoProviderStore(table));
deliveryStoreContract("DynamoDB", async () => dynamoDeliveryStore(table));
embedJobStoreContract("DynamoDB", async () => dynamoEmbedJobStore(table));
searchManifestStoreContract("DynamoDB", async () => dynamoSearchManifestStore(table));
