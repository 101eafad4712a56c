import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { firstSignalAnswer } from "../../shared/contracts/api/first-signal.ts";
import { type ApiClient, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let apiUrl: string;
let adminKey: string;
let tenant: { tenantId: string; apiKey: string };
let api: ApiClient;
let origin: OriginServer;

beforeAll(async () => {
  const [one] = cloud?.local.tenants ?? [];
  const address = cloud?.local.allowedPrivateHosts[23];
  if (cloud === undefined || one === undefined || address === undefined) throw new Error("needs the local cloud");
  ({ apiUrl, adminKey } = cloud.local);
  tenant = one;
  api = apiClient(apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
});
afterAll(() => origin.close());

const ask = async (runId: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${apiUrl}/api/v1/jobengine/runs/${runId}/first-signal`, {
    headers: { authorization: `Bearer ${tenant.apiKey}`, "x-tenant-id": tenant.tenantId, ...headers },
  });
  const text = await response.text();
  const signal = response.status === 200 ? firstSignalAnswer.parse(JSON.parse(text)).firstSignal : undefined;
  return { status: response.status, headers: response.headers, signal };
};

const syncOf = async (name: string): Promise<string> =>
  (await api<{ activeJobId: string }>("POST", "/api/dependencies", { name, specUrl: `${origin.url}/${name}.json` }))
    .activeJobId;

describe("first signals on the deployed app", () => {
  it("follow a sync from its first stage, which waits for the host, to its end", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    origin.answers.set("/slow.json", async (request, response) => {
      await held;
      serve(petDocuments.before)(request, response);
    });
    const jobId = await syncOf("slow");
    await expect.poll(async () => (await ask(jobId)).signal?.type, { timeout: 60_000 }).not.toBe("queued");
    const running = await ask(jobId);
    expect([running.signal?.stage, running.signal?.step]).toEqual(["fetch", "fetch"]);
    const etag = running.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(running.headers.get("cache-control")).toBe("private, max-age=60");
    release();
    expect((await jobEnd(api, jobId)).status).toBe("finished");
    const ended = await ask(jobId, { "if-none-match": `${etag}, "another"` });
    expect([ended.status, ended.signal]).toMatchObject([200, { type: "succeeded", stage: "report", step: "done" }]);
    const again = await ask(jobId, { "if-none-match": `"another", ${ended.headers.get("etag")}` });
    expect([again.status, again.headers.get("cache-status"), again.headers.get("x-firstsignal-source")]).toEqual([
      304,
      "hit",
      "snapshot",
    ]);
    expect((await ask(jobId, { "if-none-match": "*" })).status).toBe(304);
  });

  it("name the failure that a sync recorded", async () => {
    const jobId = await syncOf("missing");
    expect((await jobEnd(api, jobId)).status).toBe("failed");
    const { status, headers, signal } = await ask(jobId);
    expect([status, headers.get("x-firstsignal-source"), signal?.type]).toEqual([200, "failure_index", "failed"]);
  });

  it("are told of a session's job and, to operators, of an orchestrator run, 204 while it has no jobs", async () => {
    const post = async (path: string, key: string, body: object) => {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const response = await fetch(`${apiUrl}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as { id: number; sessionId: string; jobId: string };
    };
    const { sessionId } = await post("/session", tenant.apiKey, {});
    const { jobId } = await post(`/scrape/${sessionId}/scrape`, tenant.apiKey, {
      applicationName: "Example",
      starterLinks: [`${origin.url}/guide.html`],
    });
    expect((await ask(jobId)).status).toBe(200);
    const endOf = async () => (await ask(jobId)).signal?.type ?? "";
    await expect.poll(endOf, { timeout: 60_000, interval: 250 }).toMatch(/succeeded|failed/);

    const at = new Date().toISOString();
    const run = { started_at: at, completed_at: at, status: "completed" };
    const asOperator = { authorization: `Bearer ${adminKey}`, "x-tenant-id": "provider-catalog" };
    const withJobs = await post("/orchestrator/runs", adminKey, { ...run, jobs_submitted: 1, jobs_completed: 1 });
    const without = await post("/orchestrator/runs", adminKey, run);
    expect((await ask(String(withJobs.id), asOperator)).signal?.type).toBe("succeeded");
    expect((await ask(String(without.id), asOperator)).status).toBe(204);
    expect((await ask(String(withJobs.id))).status).toBe(404);
  });

  it("refuse a request that names no tenant, and know no run of another", async () => {
    const jobId = await syncOf("missing");
    expect((await ask(jobId, { "x-tenant-id": "no tenant" })).status).toBe(400);
    expect((await ask(jobId, { "x-tenant-id": cloud?.local.tenants[1]?.tenantId ?? "" })).status).toBe(404);
    const response = await fetch(`${apiUrl}/api/v1/jobengine/runs/${jobId}/first-signal`, {
      headers: { authorization: `Bearer ${tenant.apiKey}` },
    });
    expect(response.status).toBe(400);
  });
});
