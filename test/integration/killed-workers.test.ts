import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { functionProcessIds } from "../../local/function-processes.ts";
import { type SyncStage, syncStages } from "../../shared/jobs/job.ts";
import { type ApiClient, addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type HoldingProxy, startHoldingProxy } from "./holding-proxy.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

type Change = {
  ruleId: string;
  pointer: string;
  severity: string;
  causeKey: string;
  summary: string;
  operation: unknown;
};

const cloud = inject("cloud");
const proxies = new Map<SyncStage, HoldingProxy>();
let api: ApiClient;
let origin: OriginServer;
let restore: () => Promise<void>;

const functionName = (stage: SyncStage): string => `forewarn-local-${stage}`;

beforeAll(async () => {
  if (cloud === undefined) throw new Error("needs the local cloud");
  const { local } = cloud;
  const [tenant] = local.tenants;
  const [address] = local.allowedPrivateHosts;
  if (tenant === undefined || address === undefined)
    throw new Error("the local cloud has no tenant or no free address");
  api = apiClient(local.apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
  const lambda = new LambdaClient({ endpoint: local.awsEndpoint, region: local.region, credentials });
  const originals = new Map<SyncStage, Record<string, string>>();
  for (const stage of syncStages) {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName(stage) }),
    );
    const variables = Environment?.Variables ?? {};
    originals.set(stage, variables);
    const proxy = await startHoldingProxy(local.awsEndpoint);
    proxies.set(stage, proxy);
    await setVariables(lambda, stage, { ...variables, AWS_ENDPOINT_URL_DYNAMODB: proxy.url });
  }
  restore = async () => {
    for (const [stage, variables] of originals) await setVariables(lambda, stage, variables);
    lambda.destroy();
  };
});

afterAll(async () => {
  await restore?.();
  await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
  await origin?.close();
});

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

const setVariables = (lambda: LambdaClient, stage: SyncStage, Variables: Record<string, string>) =>
  lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: functionName(stage), Environment: { Variables } }),
  );

/** What must be the same whatever was killed: everything but ids and times. */
const essence = (changes: Change[]) =>
  changes
    .map(({ ruleId, pointer, severity, causeKey, summary, operation }) => ({
      ruleId,
      pointer,
      severity,
      causeKey,
      summary,
      operation,
    }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

const changesOf = (id: string) => api<Change[]>("GET", `/api/dependencies/${id}/changes?limit=100`);

/** Ids of the webhooks that arrived for a dependency, doubled ones included. */
const deliveriesOf = (id: string): string[] =>
  origin.posted
    .filter((post) => post.path === "/hook" && JSON.parse(post.body).data.dependency?.id === id)
    .map((post) => String(post.headers["webhook-id"]))
    .sort();

const kill = async (stage: SyncStage): Promise<number> => {
  const pids = await functionProcessIds(cloud?.folder ?? "", functionName(stage));
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids.length;
};

describe("a worker that is killed with SIGKILL in the middle of a stage", () => {
  it("costs nothing and doubles nothing: another one goes on, with the same changes and one delivery each", async () => {
    await api("POST", "/api/channels", {
      type: "webhook",
      name: "kill test",
      url: `${origin.url}/hook`,
      minSeverity: "safe",
    });
    const names = ["reference", ...syncStages];
    for (const name of names) origin.answers.set(`/${name}.json`, serve(petDocuments.before));
    const dependencies = new Map<string, string>();
    await Promise.all(
      names.map(async (name) => {
        const { id, job } = await addDependency(api, `killed in ${name}`, `${origin.url}/${name}.json`);
        expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
        dependencies.set(name, id);
      }),
    );
    origin.answers.set("/reference.json", serve(petDocuments.after));
    const idOf = (name: string): string => dependencies.get(name) ?? "";
    const sync = async (name: string) => (await api<{ id: string }>("POST", `/api/dependencies/${idOf(name)}/sync`)).id;

    expect(await jobEnd(api, await sync("reference"))).toMatchObject({ status: "finished", outcome: "changed" });
    const expected = essence(await changesOf(idOf("reference")));
    expect(expected.length).toBeGreaterThan(2);

    // One after another up to the kill, so that no other job is in the killed stage; then all go on side by side.
    const victims = [];
    for (const stage of syncStages) {
      // The document comes only when the commit to hold is known, so that no stage is past it by then.
      let release = () => {};
      const known = new Promise<void>((resolve) => {
        release = resolve;
      });
      origin.answers.set(`/${stage}.json`, async (request, response) => {
        await known;
        serve(petDocuments.after)(request, response);
      });
      const jobId = await sync(stage);
      const held = proxies.get(stage)?.holdCommitOf(jobId);
      release();
      await held;
      const killed = await kill(stage);
      const before = await api<{ stage: string; status: string }>("GET", `/api/sync-jobs/${jobId}`);
      victims.push({ stage, jobId, killed, before });
    }
    const ends = await Promise.all(
      victims.map(async ({ jobId, ...victim }) => ({ ...victim, job: await jobEnd(api, jobId) })),
    );

    for (const { stage, killed, before, job } of ends) {
      expect(killed, stage).toBeGreaterThan(0);
      expect(before, stage).toMatchObject({ stage, status: "running" });
      expect(job, stage).toMatchObject({ status: "finished", outcome: "changed", attempt: 1 });
      expect(essence(await changesOf(idOf(stage))), stage).toEqual(expected);
    }
    const causes = new Set(expected.map((change) => change.causeKey)).size;
    await expect
      .poll(() => names.map((name) => deliveriesOf(idOf(name)).length), { timeout: 60_000 })
      .toEqual(names.map(() => causes));
    for (const name of names) expect(new Set(deliveriesOf(idOf(name))).size, name).toBe(causes);
  }, 300_000);
});
