import { beforeEach, describe, expect, it } from "vitest";
import { openSignalStream } from "../../../lambdas/api/signal-stream.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { runRecordFixture } from "../first-signal/run-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness, startMs } from "./api-harness.ts";

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

const open = async (target: string, headers: Record<string, string> = {}, method = "GET") => {
  const [rawPath = "", rawQueryString = ""] = target.split("?");
  const written: string[] = [];
  const answer = await openSignalStream(
    {
      ...api.ports,
      clock: { ...api.ports.clock, sleep: async () => {} },
      findSignal: api.findSignal,
      tickets: api.streamTickets,
      settings: { pollIntervalMs: 1_000, heartbeatMs: 1_000, durationMs: 0, retryMs: 2_000 },
    },
    {
      rawPath,
      rawQueryString,
      headers,
      isBase64Encoded: false,
      requestContext: { stage: "$default", requestId: "request-2", http: { method } },
    },
  );
  await answer.tell?.(async (text) => {
    written.push(text);
    return true;
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, events: written.slice(1) };
};

const pathOf = (runId: string) => `/api/v1/jobengine/stream/runs/${runId}`;
const ticketOf = async (runId: string) => {
  const headers = { "x-tenant-id": acme.tenantId };
  const line = `POST /api/v1/jobengine/runs/${runId}/stream-ticket`;
  const { body } = await api.request(line, { key: acme.key, headers });
  return body as { data: { url: string; expiresAt: string } };
};
const own = () => ({ authorization: `Bearer ${acme.key}`, "x-tenant-id": acme.tenantId });

describe("the stream of a run", () => {
  it("opens with a tenant's key, and begins with the run's signal", async () => {
    const { status, headers, events } = await open(pathOf(jobId), own());
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "no-store",
    ]);
    expect(events).toEqual([expect.stringContaining(`"runId":"${jobId}"`)]);
  });

  it("opens with a ticket in the address alone, for its run and its hour", async () => {
    const { url, expiresAt } = (await ticketOf(jobId)).data;
    expect(expiresAt).toBe(new Date(startMs + 3_600_000).toISOString());
    const { origin, pathname, search } = new URL(url);
    expect([origin, pathname]).toEqual(["https://streams.example.com", pathOf(jobId)]);
    expect(await open(`${pathname}${search}`)).toMatchObject({ status: 200, events: [expect.any(String)] });
    expect((await open(`${pathOf("42")}${search}`)).status).toBe(401);
    expect((await open(`${pathname}?ticket=fws_other`)).status).toBe(401);
    api.advance(3_600_000);
    expect((await open(`${pathname}${search}`)).status).toBe(401);
  });

  it("is led to by the documented path of the API, also for operators", async () => {
    const { id: _, ...record } = runRecordFixture();
    const run = await api.runs.record(record);
    const headers = { "x-tenant-id": catalogTenantId };
    const line = `GET ${pathOf(String(run.id))}`;
    const { status, headers: answered } = await api.request(line, { key: adminKey, headers });
    const { pathname, search } = new URL(answered.location ?? "");
    expect(status).toBe(307);
    expect(await open(`${pathname}${search}`)).toMatchObject({ status: 200, events: [expect.any(String)] });
  });

  it("goes on after the event that the client had last, and answers 204 to who had the run's end", async () => {
    const idOfEvent = (event = "") => /^id: (.*)$/m.exec(event)?.[1] ?? "";
    const { events } = await open(pathOf(jobId), own());
    const known = { ...own(), "last-event-id": idOfEvent(events[0]) };
    expect(await open(pathOf(jobId), known)).toMatchObject({ status: 200, events: [] });
    await acme.client.call("cancelSyncJob", { params: { jobId } });
    const { events: last } = await open(pathOf(jobId), known);
    expect(last).toHaveLength(1);
    expect((await open(pathOf(jobId), { ...own(), "last-event-id": idOfEvent(last[0]) })).status).toBe(204);
  });

  it("refuses what the API refuses, in the same envelope", async () => {
    const answers = [
      await open(pathOf(jobId)),
      await open(pathOf(jobId), { ...own(), authorization: `Bearer ${adminKey}` }),
      await open(pathOf(jobId), { authorization: own().authorization }),
      await open(pathOf(jobId), { ...own(), "x-tenant-id": "another" }),
      await open(pathOf("01KDTV000000000000000000A1"), own()),
      await open("/api/v1/jobengine/stream", own()),
      await open(pathOf(jobId), own(), "POST"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 400, 404, 404, 404, 405]);
    for (const { text, events } of answers) {
      expect(JSON.parse(text)).toEqual({ error: expect.objectContaining({ code: expect.any(String) }) });
      expect(events).toEqual([]);
    }
  });

  it("needs the run to be the caller's before there is a ticket", async () => {
    const headers = { "x-tenant-id": acme.tenantId };
    const line = "POST /api/v1/jobengine/runs/01KDTV000000000000000000A1/stream-ticket";
    expect((await api.request(line, { key: acme.key, headers })).status).toBe(404);
  });
});
