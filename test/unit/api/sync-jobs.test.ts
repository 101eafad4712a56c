import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness, startMs } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let tenantId: string;
let client: ApiClient;
let dependencyId: string;
let jobId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, tenantId, client } = await api.createTenant("acme"));
  const { data } = await client.call("createDependency", {
    body: { name: "Pets", specUrl: "https://pets.example.com/openapi.json" },
  });
  dependencyId = data.id;
  jobId = data.activeJobId ?? "";
});

const failJob = () =>
  api.jobs.fail(
    jobId,
    1,
    { at: startedAt, stage: "fetch", attempt: 1, name: "HttpStatusError", message: "answered 404", kind: "permanent" },
    {
      atMs: startMs,
      name: "HttpStatusError",
      message: "answered 404",
      thresholds: { degraded: 3, unhealthy: 5, paused: 10 },
    },
  );

describe("sync jobs", () => {
  it("answer with the unfinished one when another is asked for", async () => {
    const again = await api.request(`POST /api/dependencies/${dependencyId}/sync`, { key });
    expect(again.status).toBe(202);
    expect(again.body).toMatchObject({ data: { id: jobId, status: "queued", trigger: "created" } });
  });

  it("show how they stand, without lease and storage keys", async () => {
    const lease = await api.jobs.claimStage({
      jobId,
      stage: "fetch",
      attempt: 1,
      owner: "worker",
      nowMs: startMs,
      durationMs: 60_000,
    });
    if (!lease.claimed) throw new Error("the claim was refused");
    await api.jobs.checkpoint(lease.lease, { at: startedAt, term: 1, output: { bodyKey: "tenants/secret/bodies/1" } });
    const { data } = await client.call("getSyncJob", { params: { jobId } });
    expect(data).toEqual({
      id: jobId,
      type: "dependency.sync",
      dependencyId,
      trigger: "created",
      status: "running",
      stage: "parse",
      completedStages: [{ stage: "fetch", completedAt: startedAt }],
      attempt: 1,
      baseSnapshotId: null,
      errors: [],
      createdAt: startedAt,
      startedAt,
      updatedAt: startedAt,
    });
  });

  it("are listed newest first, with the checks between them that found nothing in one row", async () => {
    await failJob();
    for (let minute = 1; minute <= 37; minute += 1) {
      const seen = await api.dependencies.get(tenantId, dependencyId);
      if (seen !== undefined) await api.checks.recordUnchanged(seen, { atMs: startMs + minute * 60_000 });
    }
    const { data: second } = await client.call("startSync", { params: { dependencyId } });
    const { data } = await client.call("listSyncJobs", { params: { dependencyId } });
    expect(data.map((row) => (row.type === "dependency.sync" ? [row.id, row.status] : row))).toEqual([
      [second.id, "queued"],
      {
        type: "dependency.checks",
        dependencyId,
        trigger: "schedule",
        outcome: "unchanged",
        count: 37,
        firstAt: "2026-03-01T12:01:00.000Z",
        lastAt: "2026-03-01T12:37:00.000Z",
      },
      [jobId, "failed"],
    ]);
  });

  it("that failed can be retried, once at a time", async () => {
    const early = await api.request(`POST /api/sync-jobs/${jobId}/retry`, { key });
    expect([early.status, early.error]).toEqual([
      409,
      {
        code: "conflict",
        message: `sync job ${jobId} is queued: only a failed or cancelled job can be retried`,
      },
    ]);
    await failJob();
    const { data } = await client.call("retrySyncJob", { params: { jobId } });
    expect([data.status, data.attempt, data.errors.map(({ message }) => message)]).toEqual([
      "queued",
      2,
      ["answered 404"],
    ]);
    expect(api.workflow.sent.map(({ attempt, resumeAt }) => [attempt, resumeAt])).toEqual([
      [1, "fetch"],
      [2, "fetch"],
    ]);
  });

  it("can be cancelled until they are over", async () => {
    const { data } = await client.call("cancelSyncJob", { params: { jobId } });
    expect(data.cancelRequestedAt).toBe(startedAt);
    await failJob();
    const late = await api.request(`POST /api/sync-jobs/${jobId}/cancel`, { key });
    expect([late.status, late.error?.code]).toEqual([409, "conflict"]);
  });
});
