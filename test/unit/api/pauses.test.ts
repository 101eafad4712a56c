import { beforeEach, describe, expect, it } from "vitest";
import { fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let acme: Awaited<ReturnType<ApiHarness["createTenant"]>>;
beforeEach(async () => {
  api = createApiHarness();
  acme = await api.createTenant("acme");
});

const own = (line: string, body?: unknown) => api.request(line, { key: acme.key, body });
const admin = (line: string, body?: unknown) => api.request(line, { key: adminKey, body });
const idOf = ({ body }: { body: unknown }) => (body as { data: { id: string } }).data.id;
const reason = "the host is being moved";

describe("a tenant's own pause", () => {
  it("is recorded with who, when and why, from its beginning to its end", async () => {
    const begun = await own("POST /api/pauses", { jobType: "dependency.sync", reason });
    const { items } = await api.apiKeys.list(acme.tenantId, { limit: 1 });
    const keyId = items[0]?.id;
    const pause = {
      id: idOf(begun),
      tenantId: acme.tenantId,
      jobType: "dependency.sync",
      setBy: "tenant",
      reason,
      pausedAt: startedAt,
      pausedBy: keyId,
    };
    expect([begun.status, begun.body]).toEqual([201, { data: pause }]);
    expect((await own("GET /api/pauses")).body).toEqual({ data: [pause] });
    api.advance(60_000);
    const ended = await own(`POST /api/pauses/${pause.id}/resume`, { reason: "it is there" });
    const end = { resumedAt: "2026-03-01T12:01:00.000Z", resumedBy: keyId, resumeReason: "it is there" };
    expect([ended.status, ended.body]).toEqual([200, { data: { ...pause, ...end } }]);
    expect((await own("GET /api/pauses")).body).toEqual({ data: [] });
    expect((await own("GET /api/pauses?state=ended")).body).toEqual({ data: [{ ...pause, ...end }] });
  });

  it("is one, however often it is asked for", async () => {
    const first = await own("POST /api/pauses", { reason });
    const second = await own("POST /api/pauses", { reason: "again" });
    expect([second.status, second.body]).toEqual([200, first.body]);
  });

  it.each([{}, { reason: " " }, { reason, jobType: "everything" }, { reason, tenantId: "another" }])(
    "needs a reason and takes a known job type alone (%o)",
    async (body) => {
      expect((await own("POST /api/pauses", body)).status).toBe(400);
      expect(await api.pauses.listActive()).toEqual([]);
    },
  );

  it("ends no pause of an operator or of another tenant", async () => {
    const other = await api.createTenant("other");
    const theirs = await api.request("POST /api/pauses", { key: other.key, body: { reason } });
    const operators = await admin("POST /api/operator/pauses", { tenantId: acme.tenantId, reason });
    for (const pause of [theirs, operators])
      expect((await own(`POST /api/pauses/${idOf(pause)}/resume`, { reason })).status).toBe(404);
    expect((await own("GET /api/pauses")).body).toEqual({ data: [(operators.body as { data: object }).data] });
  });
});

describe("an operator's pause", () => {
  it("is of a tenant, a job type, or both, by whoever says so", async () => {
    const bodies = [
      { tenantId: acme.tenantId, reason, by: "ada" },
      { jobType: "delivery", reason },
      { tenantId: acme.tenantId, jobType: "dependency.checks", reason },
    ];
    for (const body of bodies) {
      const { status, body: answer } = await admin("POST /api/operator/pauses", body);
      expect([status, answer]).toMatchObject([201, { data: { setBy: "operator", pausedBy: body.by ?? "operator" } }]);
    }
    const { body } = await admin("GET /api/operator/pauses");
    expect((body as { data: object[] }).data).toHaveLength(3);
  });

  it("names something", async () => {
    const { status, error } = await admin("POST /api/operator/pauses", { reason });
    expect([status, error?.field]).toEqual([400, "tenantId"]);
    const unknown = await admin("POST /api/operator/pauses", { tenantId: "no-such", reason });
    expect([unknown.status, unknown.error?.field]).toEqual([404, "tenantId"]);
  });

  it("makes due targets say that they are paused, and ends for a tenant's pause too", async () => {
    const { dependencyId = "" } = await fillTenant(api, acme.tenantId);
    const there = await api.dependencies.get(acme.tenantId, dependencyId);
    if (there === undefined) throw new Error("there is no dependency");
    const { activeJobId: _, ...free } = there;
    await api.dependencies.create({ ...free, id: api.ports.newId(), name: "due", nextCheckAt: startedAt });
    const pauseId = idOf(await own("POST /api/pauses", { reason }));
    const preview = async () => {
      const { body } = await admin(`GET /orchestrator/preview?tenant_id=${acme.tenantId}`);
      return (body as { data: { name: string }[] }).data.find(({ name }) => name === "due");
    };
    expect(await preview()).toMatchObject({ action: "skip", reason: "paused", pause_id: pauseId });
    const ended = await admin(`POST /api/operator/pauses/${pauseId}/resume`, { reason: "enough", by: "ada" });
    expect(ended.body).toMatchObject({ data: { setBy: "tenant", resumedBy: "ada", resumeReason: "enough" } });
    expect(await preview()).toMatchObject({ action: "submit", reason: "due" });
  });

  it("is no tenant's business to set or to list", async () => {
    for (const line of ["GET /api/operator/pauses", "POST /api/operator/pauses", "POST /api/operator/pauses/x/resume"])
      expect([line, (await own(line, { reason })).status]).toEqual([line, 403]);
  });
});
