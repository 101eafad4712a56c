import { memoryEmbedJobStore, memorySearchManifestStore } from "../../../shared/memory/memory-embed-stores.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { channelStoreContract, deliveryStoreContract } from "../../conformance/alert-stores-contract.ts";
import { bodyStoreContract } from "../../conformance/body-store-contract.ts";
import { changeStoreContract } from "../../conformance/change-store-contract.ts";
import {
  checkQueueContract,
  checkStoreContract,
  hostTurnsContract,
  runStoreContract,
} from "../../conformance/check-stores-contract.ts";
import { dependencyStoreContract } from "../../conformance/dependency-store-contract.ts";
import { embedJobStoreContract, searchManifestStoreContract } from "../../conformance/embed-stores-contract.ts";
import {
  deliveryQueueContract,
  syncWorkflowContract,
  taskTokensContract,
} from "../../conformance/messengers-contract.ts";
import { newId } from "../../conformance/samples.ts";
import { secretReaderContract } from "../../conformance/secret-reader-contract.ts";
import { snapshotStoreContract } from "../../conformance/snapshot-store-contract.ts";
import {
  apiKeyStoreContract,
  idempotencyStoreContract,
  tenantStoreContract,
} from "../../conformance/tenant-stores-contract.ts";

dependencyStoreContract("memory", async () => createMemoryStores().dependencies);
snapshotStoreContract("memory", async () => createMemoryStores().snapshots);
bodyStoreContract("memory", async () => createMemoryStores().bodies);
changeStoreContract("memory", async () => createMemoryStores().changes);
tenantStoreContract("memory", async () => createMemoryStores().tenants);
apiKeyStoreContract("memory", async () => createMemoryStores().apiKeys);
idempotencyStoreContract("memory", async () => createMemoryStores().idempotency);
channelStoreContract("memory", async () => createMemoryStores().channels);
checkStoreContract("memory", async () => createMemoryStores());
hostTurnsContract("memory", async () => createMemoryStores().hosts);
runStoreContract("memory", async () => createMemoryStores().runs);
deliveryStoreContract("memory", async () => createMemoryStores().deliveries);

secretReaderContract("memory", async () => {
  const { secrets } = createMemoryStores();
  return { secrets, put: async (...secret) => secrets.put(...secret) };
});

syncWorkflowContract("memory", async () => {
  const { workflow } = createMemoryStores();
  return { workflow, startedNames: async () => workflow.sent.map(({ jobId, attempt }) => `${jobId}-${attempt}`) };
});
taskTokensContract("memory", async () => ({ tokens: createMemoryStores().tokens, newToken: async () => newId() }));
checkQueueContract("memory", async () => {
  const { checkQueue } = createMemoryStores();
  return { queue: checkQueue, receive: async () => checkQueue.sent.map(({ message }) => message) };
});
deliveryQueueContract("memory", async () => {
  const { deliveryQueue } = createMemoryStores();
  const receive = async () => deliveryQueue.sent.map(({ tenantId, deliveryId }) => ({ tenantId, deliveryId }));
  return { queue: deliveryQueue, receive };
});

embedJobStoreContract("memory", async () => memoryEmbedJobStore());
searchManifestStoreContract("memory", async () => memorySearchManifestStore());
