import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import { addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let client: ApiClient;
let admin: ApiClient;
/** One host that answers, and one that wants to be left alone: its pause must not touch the other. */
let origin: OriginServer;
let limited: OriginServer;
/** Requests by path, with the condition that they came with. */
const requests = new Map<string, (string | undefined)[]>();
const ids: Record<string, string> = {};

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const counted =
  (answer: Answer): Answer =>
  (request, response) => {
    const path = request.url ?? "";
    requests.set(path, [...(requests.get(path) ?? []), request.headers["if-none-match"]]);
    answer(request, response);
  };
const versioned = (body: string, etag: string): Answer =>
  counted((request, response) => {
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    serve(body, { "content-type": "application/json", etag })(request, response);
  });
const refuse = (status: number, headers: Record<string, string> = {}): Answer =>
  counted((_request, response) => void response.writeHead(status, headers).end());

const historyOf = async (name: string) =>
  (await client.call("listSyncJobs", { params: { dependencyId: ids[name] ?? "" } })).data;
const dependencyOf = async (name: string) =>
  (await client.call("getDependency", { params: { dependencyId: ids[name] ?? "" } })).data;

/** The schedule of these tests runs every minute. */
const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const giveUpAt = Date.now() + 150_000; Date.now() < giveUpAt; await new Promise((wake) => setTimeout(wake, 500)))
    if (await isSo()) return;
  throw new Error(`in vain: ${what}`);
};

beforeAll(async () => {
  const tenant = cloud?.local.tenants[0];
  const [one, two] = cloud?.local.allowedPrivateHosts.slice(4) ?? [];
  if (cloud === undefined || tenant === undefined || one === undefined || two === undefined)
    throw new Error("needs the local cloud");
  const { apiUrl, adminKey } = cloud.local;
  client = createApiClient({ apiUrl, apiKey: tenant.apiKey });
  admin = createApiClient({ apiUrl, apiKey: adminKey });
  origin = await startOriginServer(one);
  limited = await startOriginServer(two);
  const api = apiClient(apiUrl, tenant.apiKey);
  for (const [name, server] of [
    ["same", origin],
    ["changed", origin],
    ["gone", origin],
    ["limited", limited],
  ] as const) {
    server.answers.set(`/${name}.json`, versioned(petDocuments.before, '"1"'));
    const { id, job } = await addDependency(api, name, `${server.url}/${name}.json`);
    expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
    ids[name] = id;
  }
  origin.answers.set("/changed.json", versioned(petDocuments.after, '"2"'));
  origin.answers.set("/gone.json", refuse(404));
  limited.answers.set("/limited.json", refuse(429, { "retry-after": "3000" }));
  requests.clear();
  for (const dependencyId of Object.values(ids)) {
    // A dependency that is watched again is looked at at once.
    for (const enabled of [false, true])
      await client.call("updateDependency", { params: { dependencyId }, body: { enabled } });
  }
});

afterAll(async () => {
  await origin?.close();
  await limited?.close();
});

describe("a scheduled check on the deployed app", () => {
  it("that finds nothing new is one conditional request, a row of the history, and no job", async () => {
    await eventually("the check", async () => (await historyOf("same")).length === 2);
    const { lastCheckedAt = "" } = await dependencyOf("same");
    expect(await historyOf("same")).toEqual([
      {
        type: "dependency.checks",
        dependencyId: ids.same,
        trigger: "schedule",
        outcome: "unchanged",
        count: 1,
        firstAt: lastCheckedAt,
        lastAt: lastCheckedAt,
      },
      expect.objectContaining({ type: "dependency.sync", trigger: "created" }),
    ]);
    expect(requests.get("/same.json")).toEqual(['"1"']);
  });

  it("that finds something new begins a sync, which does not fetch it again", async () => {
    await eventually("the check", async () => (await historyOf("changed")).length === 2);
    const [row] = await historyOf("changed");
    if (row?.type !== "dependency.sync") throw new Error("the newest row is no sync");
    const tenant = cloud?.local.tenants[0];
    const job = await jobEnd(apiClient(cloud?.local.apiUrl ?? "", tenant?.apiKey ?? ""), row.id);
    expect(job).toMatchObject({ status: "finished", outcome: "changed", trigger: "schedule" });
    expect(requests.get("/changed.json")).toEqual(['"1"']);
    const params = { dependencyId: ids.changed ?? "" };
    expect((await client.call("listDependencyChanges", { params })).data.length).toBeGreaterThan(0);
  });

  it("that fails is a failed job, counted once", async () => {
    await eventually("the check", async () => (await historyOf("gone")).length === 2);
    expect((await historyOf("gone"))[0]).toMatchObject({
      status: "failed",
      stage: "fetch",
      trigger: "schedule",
      errors: [{ name: "UpstreamNotFoundError" }],
    });
    expect((await dependencyOf("gone")).health).toMatchObject({ consecutiveFailures: 1 });
    expect((await dependencyOf("gone")).activeJobId).toBeUndefined();
  });

  it("of a host that answers 429 waits as told, without a failure", async () => {
    await eventually("the check", async () => (await dependencyOf("limited")).rateLimitedUntil !== undefined);
    const { health, rateLimitedUntil = "", nextCheckAt } = await dependencyOf("limited");
    expect([health.consecutiveFailures, nextCheckAt]).toEqual([0, rateLimitedUntil]);
    expect(await historyOf("limited")).toHaveLength(1);
  });
});

describe("the orchestrator's record on the deployed app", () => {
  it("has the runs that asked for the checks, and how those went", async () => {
    const sum = (runs: { jobs_submitted: number; jobs_completed: number; jobs_failed: number }[]) =>
      runs.reduce(
        (all, run) => ({
          submitted: all.submitted + run.jobs_submitted,
          completed: all.completed + run.jobs_completed,
          failed: all.failed + run.jobs_failed,
        }),
        { submitted: 0, completed: 0, failed: 0 },
      );
    const list = () => admin.call("listOrchestratorRuns", { query: { limit: 100 } });
    await eventually("the runs", async () => {
      const { submitted, completed, failed } = sum(await list());
      return submitted >= 4 && completed >= 2 && failed >= 1;
    });
    const runs = await list();
    expect(runs.map(({ id }) => id)).toEqual([...runs].map(({ id }) => id).sort((a, b) => b - a));
    expect(new Set(runs.map(({ status, error }) => `${status} ${error}`))).toEqual(new Set(["completed null"]));
  });

  it("takes the run of another orchestrator", async () => {
    const body = {
      started_at: "2026-04-25T14:00:00.000000+00:00",
      completed_at: "2026-04-25T14:02:45.000000+00:00",
      status: "completed",
      tables_assessed: 247,
    };
    const run = await admin.call("recordOrchestratorRun", { body });
    expect(run).toMatchObject({ ...body, tables_skipped: 0, dry_run: false, error: null });
    expect(await admin.call("listOrchestratorRuns", { query: { limit: 100 } })).toContainEqual(run);
  });
});
