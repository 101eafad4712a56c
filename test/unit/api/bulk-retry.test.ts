import { beforeEach, describe, expect, it } from "vitest";
import type { JobError } from "../../../shared/jobs/job.ts";
import { newSyncJob } from "../../../shared/jobs/new-job.ts";
import { dependencyFixture } from "../sync-fixtures.ts";
import { type ApiHarness, adminKey, createApiHarness, startMs } from "./api-harness.ts";

let api: ApiHarness;
let acme: Awaited<ReturnType<ApiHarness["createTenant"]>>;
beforeEach(async () => {
  api = createApiHarness();
  acme = await api.createTenant("acme");
});

type Line = { outcome: string; reason?: string; job: { id: string; status: string; attempt: number } };
type Page = { data: Line[]; nextCursor?: string };

/** A dependency whose newest job ended so. @returns the job's id */
const ended = async (
  how: { status: "failed" | "cancelled"; name?: string; minute?: number },
  tenantId = acme.tenantId,
): Promise<string> => {
  const dependency = dependencyFixture({ id: api.ports.newId(), tenantId });
  await api.dependencies.create(dependency);
  const atMs = startMs + (how.minute ?? 0) * 60_000;
  const job = newSyncJob(dependency, { id: api.ports.newId(), trigger: "manual", atMs });
  await api.jobs.create(job);
  const { name = "UpstreamUnavailableError" } = how;
  const error: JobError = {
    at: new Date(atMs).toISOString(),
    stage: "fetch",
    attempt: 1,
    name,
    message: "no",
    kind: "permanent",
  };
  if (how.status === "failed") await api.jobs.fail(job.id, 1, error, undefined);
  else await api.jobs.cancel(job.id, 1, atMs);
  return job.id;
};

const retry = async (body: object, key = acme.key, path = "/api/sync-jobs/retry"): Promise<Page> =>
  (await api.request(`POST ${path}`, { key, body })).body as Page;
const idsOf = ({ data }: Page) => data.map(({ job }) => job.id).sort();

describe("bulk retry", () => {
  it("retries the newest job of each dependency where it failed", async () => {
    const failed = [await ended({ status: "failed" }), await ended({ status: "failed" })];
    await ended({ status: "cancelled" });
    const page = await retry({});
    expect(page.data.map(({ outcome, job }) => [outcome, job.status, job.attempt])).toEqual([
      ["retried", "queued", 2],
      ["retried", "queued", 2],
    ]);
    expect([idsOf(page), page.nextCursor]).toEqual([failed, undefined]);
    expect(api.workflow.sent.map(({ jobId, attempt }) => `${jobId}-${attempt}`).sort()).toEqual(
      failed.map((id) => `${id}-2`),
    );
    expect(await retry({})).toEqual({ data: [] });
  });

  it("leaves a job alone that a newer one has superseded", async () => {
    const jobId = await ended({ status: "failed" });
    const { dependencyId = "" } = (await api.jobs.get(jobId)) ?? {};
    await api.ports.syncs.submit(acme.tenantId, dependencyId, "manual");
    expect(await retry({})).toEqual({ data: [] });
  });

  it("takes status, dependency, error and time together", async () => {
    const wanted = await ended({ status: "failed", name: "ParseError", minute: 10 });
    await ended({ status: "failed", name: "ParseError", minute: 20 });
    await ended({ status: "failed", minute: 10 });
    const cancelled = await ended({ status: "cancelled", minute: 10 });
    const dryRun = true;
    const [from, to] = ["2026-03-01T12:05:00.000Z", "2026-03-01T12:10:00.000Z"];
    expect(idsOf(await retry({ dryRun, errorName: "ParseError", from, to }))).toEqual([wanted]);
    expect(idsOf(await retry({ dryRun, status: ["cancelled"] }))).toEqual([cancelled]);
    expect(idsOf(await retry({ dryRun, status: ["failed", "cancelled"] }))).toHaveLength(4);
    const { dependencyId } = (await api.jobs.get(wanted)) ?? {};
    expect(idsOf(await retry({ dryRun, dependencyId }))).toEqual([wanted]);
  });

  it("only tells in a dry run", async () => {
    const jobId = await ended({ status: "failed" });
    const { data } = await retry({ dryRun: true });
    expect(data.map(({ outcome, job }) => [outcome, job.id, job.status])).toEqual([["wouldRetry", jobId, "failed"]]);
    expect(await api.jobs.get(jobId)).toMatchObject({ status: "failed", attempt: 1 });
  });

  it("goes on page by page, and a page that comes again does nothing twice", async () => {
    const failed = [];
    for (let count = 0; count < 5; count += 1) failed.push(await ended({ status: "failed" }));
    const first = await retry({ limit: 2 });
    expect(await retry({ limit: 2 })).toEqual({ data: [], nextCursor: first.nextCursor });
    const second = await retry({ limit: 2, cursor: first.nextCursor });
    const third = await retry({ limit: 2, cursor: second.nextCursor });
    expect(third.nextCursor).toBeUndefined();
    expect([first, second, third].flatMap(idsOf).sort()).toEqual(failed);
    expect(api.workflow.sent).toHaveLength(5);
  });

  it("keeps to the caller's tenant; an operator names one", async () => {
    const other = await api.createTenant("other");
    const theirs = await ended({ status: "failed" }, other.tenantId);
    const { dependencyId } = (await api.jobs.get(theirs)) ?? {};
    expect(await retry({})).toEqual({ data: [] });
    const foreign = await api.request("POST /api/sync-jobs/retry", { key: acme.key, body: { dependencyId } });
    expect([foreign.status, foreign.error?.field]).toEqual([404, "dependencyId"]);
    const path = "/api/operator/sync-jobs/retry";
    expect(idsOf(await retry({ tenantId: other.tenantId }, adminKey, path))).toEqual([theirs]);
    const unknown = await api.request(`POST ${path}`, { key: adminKey, body: { tenantId: "no-such" } });
    expect([unknown.status, unknown.error?.field]).toEqual([404, "tenantId"]);
    expect((await api.request(`POST ${path}`, { key: acme.key, body: { tenantId: acme.tenantId } })).status).toBe(403);
  });

  it.each([{ status: [] }, { status: ["running"] }, { from: "yesterday" }, { limit: 101 }, { jobType: "delivery" }])(
    "refuses %o",
    async (body) => {
      expect((await api.request("POST /api/sync-jobs/retry", { key: acme.key, body })).status).toBe(400);
    },
  );
});
