import { beforeEach, describe, expect, it } from "vitest";
import { fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
beforeEach(() => {
  api = createApiHarness();
});

/** The request and the answer that `seeds/2` shows. */
const shown = {
  started_at: "2026-04-25T14:00:00.000000+00:00",
  completed_at: "2026-04-25T14:02:45.000000+00:00",
  status: "completed",
  tables_assessed: 247,
  tables_skipped: 180,
  tables_healthy: 42,
  jobs_submitted: 25,
  jobs_completed: 24,
  jobs_failed: 1,
  dry_run: false,
  error: null,
};
const { started_at, completed_at, status } = shown;
const post = (body: unknown, key = adminKey) => api.request("POST /orchestrator/runs", { key, body });

describe("POST /orchestrator/runs", () => {
  it("stores a run and answers 201 with its id, without an envelope", async () => {
    expect(await post(shown)).toMatchObject({ status: 201, body: { id: 1, ...shown } });
    expect(await post(shown)).toMatchObject({ status: 201, body: { id: 2, ...shown } });
  });

  it("fills in what is left out", async () => {
    const body = { started_at: "2026-04-25T16:00:00.25+02:00", completed_at: "2026-04-25T14:02:45Z", status: "ok" };
    expect((await post(body)).body).toEqual({
      id: 1,
      started_at: "2026-04-25T14:00:00.250000+00:00",
      completed_at,
      status: "ok",
      tables_assessed: 0,
      tables_skipped: 0,
      tables_healthy: 0,
      jobs_submitted: 0,
      jobs_completed: 0,
      jobs_failed: 0,
      dry_run: false,
      error: null,
    });
  });

  it.each([
    ["started_at", { completed_at, status }],
    ["status", { started_at, completed_at }],
    ["status", { started_at, completed_at, status: " " }],
    ["started_at", { ...shown, started_at: "yesterday" }],
    ["completed_at", { ...shown, completed_at: "2026-04-25T14:02:45" }],
    ["completed_at", { ...shown, completed_at: "2026-04-25T13:59:59Z" }],
    ["tables_assessed", { ...shown, tables_assessed: "many" }],
    ["jobs_failed", { ...shown, jobs_failed: -1 }],
    ["jobs_failed", { ...shown, jobs_failed: 1.5 }],
    ["dry_run", { ...shown, dry_run: "no" }],
    ["error", { ...shown, error: 5 }],
    ["id", { ...shown, id: 7 }],
  ])("answers 422 that %s is wrong", async (field, body) => {
    const { status: answered, error } = await post(body);
    expect([answered, error?.code, error?.field]).toEqual([422, "validation_error", field]);
  });

  it("answers 422 to what is no JSON", async () => {
    for (const text of ["", "{", "[]"]) {
      expect((await api.request("POST /orchestrator/runs", { key: adminKey, text })).status).toBe(422);
    }
  });
});

describe("GET /orchestrator/runs", () => {
  const idsOf = async (query: string) => {
    const { body } = await api.request(`GET /orchestrator/runs${query}`, { key: adminKey });
    return Array.isArray(body) ? body.map((run) => run.id) : body;
  };

  it("lists the newest first: 20, as many as asked for, 100 at most", async () => {
    for (let count = 0; count < 103; count += 1) await post({ started_at, completed_at, status });
    const ids = Array.from({ length: 103 }, (_, index) => 103 - index);
    expect(await idsOf("")).toEqual(ids.slice(0, 20));
    expect(await idsOf("?limit=5")).toEqual(ids.slice(0, 5));
    expect(await idsOf("?limit=100")).toEqual(ids.slice(0, 100));
    expect(await idsOf("?limit=1000")).toEqual(ids.slice(0, 100));
  });

  it("shows runs as they were stored, and none that is at work still", async () => {
    await post(shown);
    await api.runs.begin(startedAt, false);
    const { status: answered, body } = await api.request("GET /orchestrator/runs", { key: adminKey });
    expect([answered, body]).toEqual([200, [{ id: 1, ...shown }]]);
  });

  it.each(["limit=0", "limit=-1", "limit=many", "limit=1.5", "page=2"])("answers 422 to ?%s", async (query) => {
    expect((await api.request(`GET /orchestrator/runs?${query}`, { key: adminKey })).status).toBe(422);
  });
});

describe("the orchestrator's routes", () => {
  it("answer 503 while the table cannot be reached", async () => {
    const gone = () => Promise.reject(new Error("the table is gone"));
    api = createApiHarness({ runs: { ...createApiHarness().runs, record: gone, list: gone } });
    for (const answer of [await post(shown), await api.request("GET /orchestrator/runs", { key: adminKey })]) {
      expect([answer.status, answer.error?.code]).toEqual([503, "internal_error"]);
      expect(answer.text).not.toContain("the table is gone");
    }
  });

  it("are for operators: no tenant's key opens them", async () => {
    const { key } = await api.createTenant("acme");
    for (const line of ["POST /orchestrator/runs", "GET /orchestrator/runs", "GET /orchestrator/preview?tenant_id=x"]) {
      expect([line, (await api.request(line, { key, body: shown })).status]).toEqual([line, 403]);
    }
  });
});

describe("GET /orchestrator/preview", () => {
  it("says of each target of a tenant what a run would do, and why, and does nothing", async () => {
    const { tenantId } = await api.createTenant("acme");
    const { dependencyId = "" } = await fillTenant(api, tenantId);
    const base = await api.dependencies.get(tenantId, dependencyId);
    if (base === undefined) throw new Error("there is no dependency");
    const { activeJobId: _, ...free } = base;
    const later = "2026-03-01T12:00:00.001Z";
    const wanted = {
      due: { nextCheckAt: startedAt },
      probe: { nextCheckAt: startedAt, health: { status: "paused", consecutiveFailures: 10 } },
      checked_since: { nextCheckAt: startedAt, lastCheckedAt: startedAt },
      not_due: { nextCheckAt: later },
      paused: { nextCheckAt: later, health: { status: "paused", consecutiveFailures: 10 } },
      rate_limited: { nextCheckAt: later, rateLimited: { until: later, count: 1 } },
      opted_out: { enabled: false },
    } as const;
    for (const [name, own] of Object.entries(wanted))
      await api.dependencies.create({ ...free, ...own, id: api.ports.newId(), name });
    const path = `GET /orchestrator/preview?tenant_id=${tenantId}`;
    const { body } = await api.request(path, { key: adminKey });
    const of = (action: string, reason: string, until?: string) => ({
      ...{ tenant_id: tenantId, dependency_id: expect.any(String), name: reason, action, reason },
      ...(until === undefined ? {} : { until }),
    });
    expect(body).toEqual({
      data: [
        of("skip", "opted_out"),
        of("skip", "rate_limited", later),
        of("skip", "paused", later),
        of("skip", "not_due", later),
        of("healthy", "checked_since"),
        of("submit", "probe"),
        of("submit", "due"),
        { ...of("skip", "follows_provider"), name: "stripe" },
        { ...of("skip", "syncing"), dependency_id: dependencyId, name: "pets" },
      ],
    });
    expect(api.checkQueue.sent).toEqual([]);
    expect(await api.runs.listOpen()).toEqual([]);
    const paged = await api.request(`${path}&limit=3`, { key: adminKey });
    expect(paged.body).toMatchObject({ nextCursor: expect.any(String) });
    expect((await api.request("GET /orchestrator/preview", { key: adminKey })).error).toMatchObject({
      field: "tenant_id",
    });
  });
});
