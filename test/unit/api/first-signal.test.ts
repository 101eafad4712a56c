import { beforeEach, describe, expect, it } from "vitest";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { runRecordFixture } from "../first-signal/run-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let acme: Awaited<ReturnType<ApiHarness["createTenant"]>>;
let jobId: string;
beforeEach(async () => {
  api = createApiHarness();
  acme = await api.createTenant("acme");
  const body = { name: "pets", specUrl: "https://pets.example.com/openapi.json" };
  const { data } = await acme.client.call("createDependency", { body });
  jobId = data.activeJobId ?? "";
});

const lineOf = (runId: string) => `GET /api/v1/jobengine/runs/${runId}/first-signal`;
const ask = (runId: string, headers: Record<string, string> = {}) =>
  api.request(lineOf(runId), { key: acme.key, headers: { "X-Tenant-Id": acme.tenantId, ...headers } });
const asOperator = (runId: string, tenantId = catalogTenantId) =>
  api.request(lineOf(runId), { key: adminKey, headers: { "x-tenant-id": tenantId } });
const ownHeaders = ({ headers }: { headers: Record<string, string> }) => [
  headers.etag,
  headers["cache-control"],
  headers["cache-status"],
  headers["x-firstsignal-source"],
];

describe("the first signal of a run", () => {
  it("is the documented payload, with an ETag and where it came from", async () => {
    const first = await ask(jobId);
    const etag = first.headers.etag;
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      runId: jobId,
      firstSignal: {
        type: "queued",
        stage: "unknown",
        step: null,
        message: "Run queued",
        at: "2026-03-01T12:00:00+00:00",
        artifact: { kind: "run", range: null },
      },
      summaryEtag: etag,
    });
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(ownHeaders(first)).toEqual([etag, "private, max-age=60", "miss", "cold_start"]);
    expect(ownHeaders(await ask(jobId))).toEqual([etag, "private, max-age=60", "hit", "snapshot"]);
  });

  it("is not sent again to who has it: one ETag, several, weak or strong, or any", async () => {
    const etag = (await ask(jobId)).headers.etag ?? "";
    const statusFor = async (value: string) => (await ask(jobId, { "if-none-match": value })).status;
    expect(await statusFor(etag)).toBe(304);
    expect(await statusFor(`"other", ${etag} ,W/"x"`)).toBe(304);
    expect(await statusFor(etag.replace("W/", ""))).toBe(304);
    expect(await statusFor("*")).toBe(304);
    expect(await statusFor('W/"other"')).toBe(200);
    const notModified = await ask(jobId, { "If-None-Match": etag });
    expect([notModified.text, ...ownHeaders(notModified)]).toEqual([
      "",
      etag,
      "private, max-age=60",
      "hit",
      "snapshot",
    ]);
    await acme.client.call("cancelSyncJob", { params: { jobId } });
    const changed = await ask(jobId, { "if-none-match": etag });
    expect([changed.status, changed.headers["cache-status"]]).toEqual([200, "miss"]);
    expect(changed.body).toMatchObject({ firstSignal: { type: "canceled" } });
  });

  it("is told of a session's job by its id alone", async () => {
    const { sessionId } = await acme.client.call("createSession", {});
    const { jobId: runId } = await acme.client.call("startRelations", { params: { sessionId } });
    expect((await ask(runId)).body).toMatchObject({ runId, firstSignal: { type: "queued" } });
    await api.sessionWorld.runAll();
    expect((await ask(runId.toUpperCase())).body).toMatchObject({ runId, firstSignal: { type: "succeeded" } });
    await acme.client.call("deleteSession", { params: { sessionId } });
    expect((await ask(runId)).status).toBe(404);
  });

  it("is told of orchestrator runs to operators, and 204 for one without jobs", async () => {
    const { id: _, ...record } = runRecordFixture();
    const run = await api.runs.record(record);
    const idle = await api.runs.record({ ...record, jobsSubmitted: 0 });
    const shown = await asOperator(String(run.id));
    expect([shown.status, shown.body]).toMatchObject([200, { runId: String(run.id), firstSignal: { type: "phase" } }]);
    const none = await asOperator(String(idle.id));
    expect([none.status, none.text, ...ownHeaders(none)]).toEqual([
      204,
      "",
      undefined,
      "no-store",
      "miss",
      "cold_start",
    ]);
    expect((await ask(String(run.id))).status).toBe(404);
    expect((await asOperator("999999")).status).toBe(404);
    expect((await asOperator(jobId)).status).toBe(404);
  });

  it("needs the tenant's name, which must be the credential's own", async () => {
    const missing = await api.request(lineOf(jobId), { key: acme.key });
    expect([missing.status, missing.error]).toEqual([
      400,
      { code: "validation_error", message: "is missing", field: "X-Tenant-Id" },
    ]);
    expect((await ask(jobId, { "X-Tenant-Id": "not a tenant" })).error).toEqual({
      code: "validation_error",
      message: "is not an id",
      field: "X-Tenant-Id",
    });
    expect((await ask(jobId, { "X-Tenant-Id": "another" })).status).toBe(404);
    expect((await asOperator(jobId, acme.tenantId)).status).toBe(404);
  });

  it("refuses parameters that it does not know, and knows no run of another form", async () => {
    const headers = { "x-tenant-id": acme.tenantId };
    expect((await api.request(`${lineOf(jobId)}?wait=1`, { key: acme.key, headers })).status).toBe(400);
    expect((await ask("latest")).status).toBe(404);
  });
});
