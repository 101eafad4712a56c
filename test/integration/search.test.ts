import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import { functionProcessIds } from "../../local/function-processes.ts";
import { addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type EmbedderProxy, startEmbedderProxy } from "./embedder-proxy.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";

/** A shop in twelve operations: three batches of the test cloud. */
const shop: Readonly<Record<string, string>> = {
  "POST /refunds": "Refund a payment",
  "GET /refunds": "List all refunds",
  "POST /payouts": "Create a payout",
  "GET /balance": "Retrieve the balance",
  "POST /customers": "Create a customer",
  "DELETE /customers/{id}": "Delete a customer",
  "GET /customers": "List all customers",
  "POST /invoices": "Create an invoice",
  "POST /invoices/{id}/send": "Send an invoice by email",
  "GET /invoices": "List all invoices",
  "POST /coupons": "Create a coupon",
  "DELETE /coupons/{code}": "Delete a coupon",
};

const documentOf = (operations: Readonly<Record<string, string>>): string => {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, summary] of Object.entries(operations)) {
    const [method = "", path = ""] = name.split(" ");
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, own]) => ({
      name: own,
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
    const operation = { summary, parameters, responses: { 200: { description: "ok" } } };
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return JSON.stringify({ openapi: "3.0.3", info: { title: "Shop", version: "1" }, paths });
};

const cloud = inject("cloud");
const functionName = "forewarn-local-embed";
let client: ApiClient;
let api: ReturnType<typeof apiClient>;
let origin: OriginServer;
let proxy: EmbedderProxy;
let restore: () => Promise<void>;

beforeAll(async () => {
  const address = cloud?.local.allowedPrivateHosts[22];
  if (cloud === undefined || address === undefined) throw new Error("needs the local cloud");
  const { apiUrl, adminKey, awsEndpoint: endpoint, region } = cloud.local;
  const { data } = await createApiClient({ apiUrl, apiKey: adminKey }).call("createTenant", {
    body: { name: "search" },
  });
  client = createApiClient({ apiUrl, apiKey: data.apiKey.secret });
  api = apiClient(apiUrl, data.apiKey.secret);
  origin = await startOriginServer(address);
  proxy = await startEmbedderProxy(endpoint);
  const lambda = new LambdaClient({ endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  const setVariables = (Variables: Record<string, string>) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Environment: { Variables } }));
  await setVariables({ ...Environment?.Variables, AWS_ENDPOINT_URL_LAMBDA: proxy.url });
  restore = async () => {
    await setVariables(Environment?.Variables ?? {});
    lambda.destroy();
  };
});

afterAll(async () => {
  await restore?.();
  await proxy?.close();
  await origin?.close();
});

const badgeOf = async (dependencyId: string) =>
  (await client.call("getDependency", { params: { dependencyId } })).data.embedding?.label;
const find = async (q: string, dependencyId?: string) =>
  (await client.call("searchOperations", { query: { q, limit: 3, dependencyId } })).data;
const names = (hits: readonly { method: string; path: string }[]) =>
  hits.map(({ method, path }) => `${method} ${path}`);

describe("search on the deployed app", () => {
  let dependencyId: string;

  it("finds what a new dependency offers, in other words than its own, and says why", async () => {
    origin.answers.set("/shop.json", serve(documentOf(shop)));
    dependencyId = (await addDependency(api, "shop", `${origin.url}/shop.json`)).id;
    await expect.poll(() => badgeOf(dependencyId), { timeout: 90_000 }).toBe("12/12 indexed");
    expect([...proxy.embedded].sort()).toEqual(Object.values(shop).sort());

    const [first] = await find("give the buyer their money back");
    expect(first).toMatchObject({
      dependencyId,
      dependencyName: "shop",
      method: "POST",
      path: "/refunds",
      explanation: { text: expect.stringContaining("1st by meaning"), meaning: { rank: 1 } },
    });
    const [byWord] = await find("delete a coupon by its code");
    expect(byWord).toMatchObject({
      path: "/coupons/{code}",
      explanation: { words: { matched: expect.arrayContaining([{ word: "coupon", fields: ["title", "path"] }]) } },
    });
  });

  it("embeds what changed and nothing else, and forgets what is gone", async () => {
    proxy.embedded.length = 0;
    const { "GET /balance": _gone, ...rest } = shop;
    const changed = { ...rest, "POST /payouts": "Send money to a bank account", "GET /disputes": "List all disputes" };
    origin.answers.set("/shop.json", serve(documentOf(changed)));
    const { id } = await api<{ id: string }>("POST", `/api/dependencies/${dependencyId}/sync`);
    expect(await jobEnd(api, id)).toMatchObject({ outcome: "changed" });
    await expect
      .poll(async () => names(await find("disputes", dependencyId)), { timeout: 90_000 })
      .toContain("GET /disputes");
    expect([...proxy.embedded].sort()).toEqual(["List all disputes", "Send money to a bank account"]);
    expect(names(await find("balance"))).not.toContain("GET /balance");
  });

  it("goes on after a worker was killed, and embeds no text twice", async () => {
    proxy.embedded.length = 0;
    const held = proxy.holdAfter(1);
    const other = Object.fromEntries(Object.entries(shop).map(([name, summary]) => [name, `${summary} now`]));
    origin.answers.set("/other.json", serve(documentOf(other)));
    const { id } = await addDependency(api, "other", `${origin.url}/other.json`);
    await held;
    expect(await badgeOf(id)).toBe("indexing 4/12");
    const pids = await functionProcessIds(cloud?.folder ?? "", functionName);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    // Its lease ends after six seconds; the next run of the orchestrator misses it.
    await expect.poll(() => badgeOf(id), { timeout: 150_000 }).toBe("12/12 indexed");
    expect([...proxy.embedded].sort()).toEqual(Object.values(other).sort());
  }, 200_000);

  it("shows nothing of a dependency that was deleted, nor of another tenant", async () => {
    expect(names(await find("remove a voucher", dependencyId))).toContain("DELETE /coupons/{code}");
    await client.call("deleteDependency", { params: { dependencyId } });
    expect((await find("remove a voucher")).map((hit) => hit.dependencyName)).toEqual(["other", "other", "other"]);
    const [tenant] = cloud?.local.tenants ?? [];
    const stranger = createApiClient({ apiUrl: cloud?.local.apiUrl ?? "", apiKey: tenant?.apiKey ?? "" });
    const { data } = await stranger.call("searchOperations", { query: { q: "remove a voucher now" } });
    expect(data.filter((hit) => hit.dependencyName === "other")).toEqual([]);
  });
});
