import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import { sqs } from "../conformance/adapter-cloud.ts";
import { addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let tenantId: string;
let client: ApiClient;
let admin: ApiClient;
let api: ReturnType<typeof apiClient>;
let origin: OriginServer;
let requests = 0;
let dependencyId: string;

const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const giveUpAt = Date.now() + 150_000; Date.now() < giveUpAt; await new Promise((wake) => setTimeout(wake, 500)))
    if (await isSo()) return;
  throw new Error(`in vain: ${what}`);
};
const preview = async () =>
  (await admin.call("previewOrchestratorRun", { query: { tenant_id: tenantId, limit: 100 } })).data.find(
    (target) => target.dependency_id === dependencyId,
  );
const runsSoFar = async () => (await admin.call("listOrchestratorRuns", { query: { limit: 1 } }))[0]?.id ?? 0;

beforeAll(async () => {
  const address = cloud?.local.allowedPrivateHosts[8];
  if (cloud === undefined || address === undefined) throw new Error("needs the local cloud");
  const { apiUrl, adminKey } = cloud.local;
  admin = createApiClient({ apiUrl, apiKey: adminKey });
  // A tenant of its own: a pause must not stop what other tests do.
  const { data } = await admin.call("createTenant", { body: { name: "operations" } });
  tenantId = data.tenant.id;
  client = createApiClient({ apiUrl, apiKey: data.apiKey.secret });
  api = apiClient(apiUrl, data.apiKey.secret);
  origin = await startOriginServer(address);
  origin.answers.set("/pets.json", (request, response) => {
    requests += 1;
    serve(petDocuments.before, { "content-type": "application/json" })(request, response);
  });
  const added = await addDependency(api, "pets", `${origin.url}/pets.json`);
  expect(added.job).toMatchObject({ status: "finished", outcome: "baseline" });
  dependencyId = added.id;
});

afterAll(async () => {
  await origin?.close();
});

describe("a pause on the deployed app", () => {
  it("lets nothing start, keeps what is due due, and what waited starts when it ends", async () => {
    const { data: pause } = await admin.call("createOperatorPause", {
      body: { tenantId, reason: "a rehearsal", by: "ada" },
    });
    for (const enabled of [false, true])
      await client.call("updateDependency", { params: { dependencyId }, body: { enabled } });
    requests = 0;
    await eventually("it is due, and waits", async () => (await preview())?.pause_id === pause.id);
    expect(await preview()).toMatchObject({ action: "skip", reason: "paused" });
    const { data: job } = await client.call("startSync", { params: { dependencyId } });
    const before = await runsSoFar();
    // The first of them may have begun before the pause.
    await eventually("two runs of the schedule", async () => (await runsSoFar()) >= before + 2);
    expect((await client.call("getSyncJob", { params: { jobId: job.id } })).data.status).toBe("queued");
    expect(requests).toBe(0);
    await admin.call("endAnyPause", { params: { pauseId: pause.id }, body: { reason: "it is over", by: "ada" } });
    expect(await jobEnd(api, job.id)).toMatchObject({ status: "finished" });
    expect(requests).toBe(1);
  }, 400_000);
});

describe("bulk retry on the deployed app", () => {
  it("retries what failed, as a dry run said", async () => {
    const found = origin.answers.get("/pets.json");
    origin.answers.set("/pets.json", (_request, response) => void response.writeHead(404).end());
    const { data: job } = await client.call("startSync", { params: { dependencyId } });
    expect(await jobEnd(api, job.id)).toMatchObject({ status: "failed" });
    if (found !== undefined) origin.answers.set("/pets.json", found);
    const ask = async (dryRun: boolean) =>
      (await client.call("retrySyncJobs", { body: { dryRun, errorName: "UpstreamNotFoundError" } })).data.map((one) => [
        one.job.id,
        one.outcome,
      ]);
    expect(await ask(true)).toEqual([[job.id, "wouldRetry"]]);
    expect(await ask(false)).toEqual([[job.id, "retried"]]);
    expect(await jobEnd(api, job.id)).toMatchObject({ status: "finished", attempt: 2 });
    expect(await ask(false)).toEqual([]);
  });
});

describe("dead letters on the deployed app", () => {
  it("are shown without a loss, and handled once they are sent back", async () => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "forewarn-local-checks-dead-letters" }));
    const dueAt = new Date().toISOString();
    const MessageBody = JSON.stringify({ tenantId, dependencyId, dueAt, runId: await runsSoFar(), tries: 0 });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: tenantId }));
    const list = async () => (await admin.call("listDeadLetters", { query: { queue: "checks" } })).data;
    for (let looks = 0; looks < 2; looks += 1) {
      const { queues, letters } = await list();
      expect([queues, letters.map(({ body }) => body)]).toEqual([[{ queue: "checks", count: 1 }], [MessageBody]]);
      expect(letters[0]?.reason).toContain(dependencyId);
    }
    requests = 0;
    const { data } = await admin.call("redriveDeadLetters", { body: { queue: "checks" } });
    expect(data).toEqual({ redriven: 1, failed: 0, left: 0 });
    await eventually("the check", async () => requests > 0);
    expect((await list()).letters).toEqual([]);
    expect((await admin.call("redriveDeadLetters", { body: { queue: "schedule" } })).data.redriven).toBe(0);
  });
});
