import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import { functionProcessIds } from "../../local/function-processes.ts";
import { createTenant } from "../../local/tenants.ts";
import { type HoldingProxy, startHoldingProxy } from "./holding-proxy.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
const notifyFunction = "forewarn-local-notify";
const surfaceId = "pets-inc.v1";
/** More than a page of the fan-out, which saves its place after 100. */
const strangers = 104;

let origin: OriginServer;
let proxy: HoldingProxy;
let restore: () => Promise<void>;
let admin: ApiClient;
const tenants: { client: ApiClient; hook: string }[] = [];

beforeAll(async () => {
  if (cloud === undefined) throw new Error("needs the local cloud");
  const { apiUrl, adminKey, awsEndpoint, region, tenants: made, allowedPrivateHosts } = cloud.local;
  const address = allowedPrivateHosts[7];
  if (address === undefined) throw new Error("the local cloud has no free address");
  origin = await startOriginServer(address);
  admin = createApiClient({ apiUrl, apiKey: adminKey });
  const third = await createTenant(apiUrl, adminKey, "providers-three");
  for (const [index, { apiKey }] of [...made, third].entries()) {
    const hook = `/provider-hook-${index + 1}`;
    const client = createApiClient({ apiUrl, apiKey });
    const body = { name: "provider test", url: `${origin.url}${hook}`, minSeverity: "safe" } as const;
    await client.call("createChannel", { body });
    tenants.push({ client, hook });
  }
  proxy = await startHoldingProxy(awsEndpoint);
  const lambda = new LambdaClient({
    endpoint: awsEndpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const set = (Variables: Record<string, string>) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: notifyFunction, Environment: { Variables } }));
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: notifyFunction }));
  const variables = Environment?.Variables ?? {};
  await set({ ...variables, AWS_ENDPOINT_URL_DYNAMODB: proxy.url });
  restore = async () => {
    await set(variables);
    lambda.destroy();
  };
});

afterAll(async () => {
  await restore?.();
  await proxy?.close();
  await origin?.close();
});

const tenant = (number: number) => {
  const found = tenants[number - 1];
  if (found === undefined) throw new Error(`there is no tenant ${number}`);
  return found;
};

const subscribe = async (number: number, own: { monitoringMode?: "partial"; filteredEndpoints?: string[] } = {}) =>
  (await tenant(number).client.call("createSubscription", { body: { surfaceId, ...own } })).data;

const surfaceJobs = async () => (await admin.call("listSurfaceSyncJobs", { params: { surfaceId } })).data;

const jobEnd = async (jobId: string) => {
  for (const giveUpAt = Date.now() + 120_000; ; await new Promise((wake) => setTimeout(wake, 200))) {
    const job = (await surfaceJobs()).find(({ id }) => id === jobId);
    if (job?.finishedAt !== undefined) return job;
    if (Date.now() > giveUpAt) throw new Error(`job ${jobId} is still ${job?.status} in ${job?.stage}`);
  }
};

/** Ids of the webhooks that a tenant's receiver got about the surface's followers. */
const received = (number: number): string[] =>
  origin.posted.filter(({ path }) => path === tenant(number).hook).map(({ headers }) => String(headers["webhook-id"]));

describe("a provider surface on the deployed app", () => {
  it("is fetched once, reaches two tenants' receivers and not the third's, though its fan-out is killed in the middle", async () => {
    let requests = 0;
    const answer =
      (body: string) =>
      (...[request, response]: Parameters<ReturnType<typeof serve>>) => {
        requests += 1;
        serve(body)(request, response);
      };
    origin.answers.set("/provider.json", answer(petDocuments.before));
    const surfaces = [{ id: "v1", name: "v1", specUrl: `${origin.url}/provider.json`, cadence: "1d" }];
    const body = { id: "pets-inc", name: "Pets Inc.", docsUrl: "https://pets.example.com/docs", surfaces };
    await admin.call("createProvider", { body });

    // By id, which is by time: the first is told before the others, the second tenant in the second page.
    const first = await subscribe(1);
    const [baseline] = await surfaceJobs();
    expect(await jobEnd(baseline?.id ?? "")).toMatchObject({ type: "provider.sync", outcome: "baseline" });
    const elsewhere = { monitoringMode: "partial", filteredEndpoints: ["GET /stores*"] } as const;
    for (let count = 0; count < strangers; count += 1)
      await subscribe(3, { ...elsewhere, filteredEndpoints: [...elsewhere.filteredEndpoints] });
    const second = await subscribe(2, { monitoringMode: "partial", filteredEndpoints: ["* /pets/*"] });

    origin.answers.set("/provider.json", answer(petDocuments.after));
    requests = 0;
    const { data: job } = await admin.call("syncSurface", { params: { surfaceId } });
    await proxy.holdCommitOf(job.id);
    expect(received(2)).toEqual([]);
    const pids = await functionProcessIds(cloud?.folder ?? "", notifyFunction);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    expect(pids.length).toBeGreaterThan(0);
    expect((await surfaceJobs())[0]).toMatchObject({ id: job.id, status: "running", stage: "notify" });

    const ended = await jobEnd(job.id);
    expect(ended).toMatchObject({ status: "finished", outcome: "changed", attempt: 1 });
    expect(ended.completedStages.map(({ stage }) => stage)).toContain("notify");
    expect(requests).toBe(1);

    const changesOf = async (number: number, dependencyId?: string) =>
      (
        await tenant(number).client.call("listChanges", {
          query: { limit: 100, ...(dependencyId && { dependencyId }) },
        })
      ).data;
    const all = (await tenant(1).client.call("listProviderChanges", { query: { surfaceId } })).data;
    const ofFirst = await changesOf(1, first.id);
    const ofSecond = await changesOf(2, second.id);
    const essence = (changes: { ruleId: string; pointer: string }[]) =>
      changes.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`).sort();
    expect(essence(ofFirst)).toEqual(essence(all));
    expect(ofSecond.length).toBeGreaterThan(0);
    expect(ofSecond.length).toBeLessThan(all.length);
    expect(await changesOf(3)).toEqual([]);

    const causes = (changes: { causeKey: string }[]) => new Set(changes.map(({ causeKey }) => causeKey)).size;
    const expected = [causes(ofFirst), causes(ofSecond), 0];
    await expect.poll(() => [1, 2, 3].map((number) => received(number).length), { timeout: 60_000 }).toEqual(expected);
    expect([1, 2].map((number) => new Set(received(number)).size)).toEqual(expected.slice(0, 2));

    // The surface's snapshots are those of whoever follows it, and nobody else's.
    const snapshots = await tenant(2).client.call("listSnapshots", { params: { dependencyId: second.id } });
    expect(snapshots.data.map(({ isBaseline }) => isBaseline)).toEqual([false, true]);
    const stranger = tenant(1).client.call("listSnapshots", { params: { dependencyId: second.id } });
    await expect(stranger).rejects.toMatchObject({ status: 404 });

    await tenant(2).client.call("deleteSubscription", { params: { subscriptionId: second.id } });
    expect((await tenant(2).client.call("listProviderChanges", {})).data).toEqual([]);
  }, 240_000);
});
