import { inMemorySignals } from "../../../shared/first-signal/in-memory-signals.ts";
import { memoryDeadLetterBox } from "../../../shared/memory/memory-dead-letter-box.ts";
import { memoryEmbedJobStore, memorySearchManifestStore } from "../../../shared/memory/memory-embed-stores.ts";
import { memorySessionRecords } from "../../../shared/memory/memory-session-records.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { memoryStreamTicketStore } from "../../../shared/memory/memory-stream-ticket-store.ts";
import {
  alertPreferenceStoreContract,
  channelStoreContract,
  deliveryStoreContract,
  digestStoreContract,
} from "../../conformance/alert-stores-contract.ts";
import { bodyStoreContract } from "../../conformance/body-store-contract.ts";
import { changeStoreContract } from "../../conformance/change-store-contract.ts";
import {
  checkQueueContract,
  checkStoreContract,
  hostTurnsContract,
  runStoreContract,
} from "../../conformance/check-stores-contract.ts";
import { deadLetterBoxContract } from "../../conformance/dead-letter-box-contract.ts";
import { dependencyStoreContract, perDependencyStoreContract } from "../../conformance/dependency-store-contract.ts";
import { embedJobStoreContract, searchManifestStoreContract } from "../../conformance/embed-stores-contract.ts";
import {
  deliveryQueueContract,
  syncWorkflowContract,
  taskTokensContract,
} from "../../conformance/messengers-contract.ts";
import { pauseStoreContract } from "../../conformance/pause-store-contract.ts";
import { providerStoreContract } from "../../conformance/provider-store-contract.ts";
import { racesContract } from "../../conformance/races-contract.ts";
import {
  newId,
  sampleDependencyRules,
  sampleDependencyUsage,
  sampleFeedAccess,
  sampleLastDiff,
} from "../../conformance/samples.ts";
import { secretReaderContract } from "../../conformance/secret-reader-contract.ts";
import { eventBusContract, mailerContract } from "../../conformance/senders-contract.ts";
import { sessionRecordsContract } from "../../conformance/session-records-contract.ts";
import { signalStoreContract, streamTicketStoreContract } from "../../conformance/signal-store-contract.ts";
import { snapshotStoreContract } from "../../conformance/snapshot-store-contract.ts";
import {
  apiKeyStoreContract,
  feedTokenStoreContract,
  idempotencyStoreContract,
  tenantStoreContract,
} from "../../conformance/tenant-stores-contract.ts";

dependencyStoreContract("memory", async () => createMemoryStores().dependencies);
perDependencyStoreContract(
  "dependency rules: memory",
  async () => createMemoryStores().dependencyRules,
  sampleDependencyRules,
);
perDependencyStoreContract(
  "dependency usage: memory",
  async () => createMemoryStores().dependencyUsage,
  sampleDependencyUsage,
);
perDependencyStoreContract("feed access: memory", async () => createMemoryStores().feedAccess, sampleFeedAccess);
feedTokenStoreContract("memory", async () => createMemoryStores().feedTokens);
perDependencyStoreContract("last diff: memory", async () => createMemoryStores().lastDiffs, sampleLastDiff);
snapshotStoreContract("memory", async () => createMemoryStores().snapshots);
bodyStoreContract("memory", async () => createMemoryStores().bodies);
changeStoreContract("memory", async () => createMemoryStores().changes);
tenantStoreContract("memory", async () => createMemoryStores().tenants);
apiKeyStoreContract("memory", async () => createMemoryStores().apiKeys);
idempotencyStoreContract("memory", async () => createMemoryStores().idempotency);
channelStoreContract("memory", async () => createMemoryStores().channels);
alertPreferenceStoreContract("memory", async () => createMemoryStores().alertPreferences);
digestStoreContract("memory", async () => createMemoryStores());
checkStoreContract("memory", async () => createMemoryStores());
hostTurnsContract("memory", async () => createMemoryStores().hosts);
sessionRecordsContract("memory", async () => memorySessionRecords());
runStoreContract("memory", async () => createMemoryStores().runs);
racesContract("memory", async () => createMemoryStores());
pauseStoreContract("memory", async () => createMemoryStores().pauses);
deadLetterBoxContract("memory", async (bodies) => {
  const box = memoryDeadLetterBox(bodies.map((body, index) => ({ id: newId(), body, sentAtMs: index })));
  return { box, sentOn: async () => box.sentOn.map(({ body }) => body) };
});
providerStoreContract("memory", async () => createMemoryStores().providers);
deliveryStoreContract("memory", async () => createMemoryStores().deliveries);

secretReaderContract("memory", async () => {
  const { secrets } = createMemoryStores();
  return { secrets, put: async (...secret) => secrets.put(...secret) };
});

mailerContract("memory", async () => {
  const { mailer } = createMemoryStores();
  const arrived = async (subject: string) => mailer.sent.filter((mail) => mail.subject === subject);
  return { mailer, to: "team@example.com", arrived };
});
eventBusContract("memory", async () => {
  const { eventBus } = createMemoryStores();
  const arrived = async () =>
    eventBus.events.map(({ detailType, detail }) => ({ detailType, detail: JSON.parse(detail) }));
  return { eventBus, busArn: "arn:aws:events:eu-west-1:123456789012:event-bus/alerts", arrived };
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
signalStoreContract("memory", async (keyPrefix) => inMemorySignals(keyPrefix));

embedJobStoreContract("memory", async () => memoryEmbedJobStore());
searchManifestStoreContract("memory", async () => memorySearchManifestStore());
streamTicketStoreContract("memory", async () => memoryStreamTicketStore());
