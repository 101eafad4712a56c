import { beforeEach, describe, expect, it } from "vitest";
import { cancelJob, getJob, listJobs, retryJob } from "../../../cli/commands/jobs.ts";
import { runSync } from "../../../cli/commands/sync.ts";
import type { SyncStage } from "../../../shared/contracts/sync-stages.ts";
import { changeEvent, startedAt, storeSnapshot } from "../api/api-fixtures.ts";
import { startMs } from "../api/api-harness.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
let dependencyId: string;
let jobId: string;
beforeEach(async () => {
  here = await createSession();
  const { data } = await here.client.call("createDependency", {
    body: { name: "pets", specUrl: "https://pets.example.com/openapi.json" },
  });
  dependencyId = data.id;
  jobId = data.activeJobId ?? "";
});

const claim = async (stage: SyncStage) => {
  const claimed = await here.api.jobs.claimStage({
    jobId,
    stage,
    attempt: 1,
    owner: "worker",
    nowMs: startMs,
    durationMs: 60_000,
  });
  if (!claimed.claimed) throw new Error(`the claim of ${stage} was refused: ${claimed.reason}`);
  return claimed.lease;
};

const complete = async (stage: SyncStage) => {
  const lease = await claim(stage);
  await here.api.jobs.checkpoint(lease, { at: startedAt, term: lease.term, output: {} });
};

const fail = () =>
  here.api.jobs.fail(
    jobId,
    1,
    {
      at: startedAt,
      stage: "fetch",
      attempt: 1,
      name: "HttpStatus",
      message: "the host answered 404",
      kind: "permanent",
    },
    undefined,
  );

/** Does one step each time the command waits. */
const steps = (...todo: (() => Promise<unknown>)[]) => ({
  sleep: async () => {
    await todo.shift()?.();
  },
});

const upTo = (last: SyncStage) => {
  const stages: SyncStage[] = ["fetch", "parse", "normalize", "snapshot", "diff", "persist", "alert"];
  return stages.slice(0, stages.indexOf(last) + 1).map((stage) => () => complete(stage));
};

const finish = (outcome: "baseline" | "changed" | "unchanged") => async () => {
  const lease = await claim("done");
  await here.api.jobs.finish(lease, { at: startedAt, term: lease.term, output: {} }, outcome, { atMs: startMs });
};

describe("forewarn sync", () => {
  it("tells the job and returns", async () => {
    expect(await runSync(here.sessionOf(), { dependency: "pets", watch: false })).toBeUndefined();
    expect(here.taken().output).toBe(`queued: sync job ${jobId} of pets\n`);
  });

  it("follows the stages with a line for each, to the baseline", async () => {
    await storeSnapshot(here.api, here.tenantId, dependencyId);
    const session = here.sessionOf("text", steps(...upTo("alert"), finish("baseline")));
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(0);
    expect(here.taken()).toEqual({
      output: [
        "queued",
        "[1/8] fetch",
        "[2/8] parse",
        "[3/8] normalize",
        "[4/8] snapshot",
        "[5/8] diff",
        "[6/8] persist",
        "[7/8] alert",
        "[8/8] done",
        "baseline taken: Pets 1.0.0, 3 operations",
        "",
      ].join("\n"),
      errors: "",
    });
  });

  it("misses no stage that passes between two looks", async () => {
    const session = here.sessionOf(
      "text",
      steps(async () => {
        for (const step of upTo("snapshot")) await step();
        await fail();
      }),
    );
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(1);
    expect(here.taken().output).toBe("queued\n[1/8] fetch\n[2/8] parse\n[3/8] normalize\n[4/8] snapshot\n");
  });

  it("counts what changed, by severity and cause", async () => {
    const snapshot = await storeSnapshot(here.api, here.tenantId, dependencyId, { isBaseline: false });
    const fields = { toSnapshotId: snapshot.id };
    await here.api.changes.putOnce([
      changeEvent(here.api, here.tenantId, dependencyId, fields),
      changeEvent(here.api, here.tenantId, dependencyId, { ...fields, severity: "safe" }),
      changeEvent(here.api, here.tenantId, dependencyId, { ...fields, severity: "risky", causeKey: "other" }),
      changeEvent(here.api, here.tenantId, dependencyId, { toSnapshotId: "an earlier one" }),
    ]);
    const session = here.sessionOf("text", steps(...upTo("alert"), finish("changed")));
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(0);
    expect(here.taken().output.split("\n").slice(-3)).toEqual([
      "changed: 1 breaking, 1 risky, 1 safe, from 2 causes",
      `see them with: forewarn changes list --snapshot ${snapshot.id}`,
      "",
    ]);
  });

  it("writes over one line on a terminal, with the stage's own words", async () => {
    const report = async () => {
      const lease = await claim("parse");
      await here.api.jobs.saveProgress(lease, { message: "reading schemas", completed: 3, total: 9 }, startMs);
    };
    const session = here.sessionOf("text", {
      columns: 80,
      ...steps(() => complete("fetch"), report, fail),
    });
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(1);
    expect(here.taken()).toEqual({
      output: ["", "queued", "[2/8] parse", "[2/8] parse: reading schemas 3/9", ""].join("\r\u001b[2K"),
      errors: "forewarn: the sync failed in parse: the host answered 404\n",
    });
  });

  it("exits with 1 and says why when the job fails", async () => {
    const session = here.sessionOf("text", steps(fail));
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(1);
    expect(here.taken()).toEqual({
      output: "queued\n",
      errors: "forewarn: the sync failed in fetch: the host answered 404\n",
    });
  });

  it("prints the job as it ended, and nothing else, as JSON", async () => {
    const session = here.sessionOf("json", steps(...upTo("alert"), finish("unchanged")));
    expect(await runSync(session, { dependency: "pets", watch: true })).toBe(0);
    const { data } = await here.client.call("getSyncJob", { params: { jobId } });
    expect(JSON.parse(here.taken().output)).toEqual(data);
  });
});

describe("forewarn jobs", () => {
  it("shows the checks that found nothing as one row", async () => {
    await fail();
    const dependency = await here.api.dependencies.get(here.tenantId, dependencyId);
    if (dependency === undefined) throw new Error("there is no dependency");
    await here.api.checks.recordUnchanged(dependency, { atMs: startMs });
    await listJobs(here.sessionOf(), { dependency: "pets", limit: "20" });
    const [, row = ""] = here.taken().output.split("\n");
    expect(row.trim().split(/ {2,}/)).toEqual(["checked once, unchanged", "schedule", startedAt]);
  });

  it("lists and shows them, with what went wrong", async () => {
    await fail();
    await listJobs(here.sessionOf(), { dependency: "pets", limit: "20" });
    expect(
      here
        .taken()
        .output.split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["job", "status", "stage", "trigger", "attempt", "created"],
      [jobId, "failed", "fetch", "created", "1", startedAt],
      [""],
    ]);
    await getJob(here.sessionOf(), { job: jobId });
    expect(here.taken().output.trimEnd().split("\n").at(-1)).toBe(
      `${startedAt}  fetch  HttpStatus: the host answered 404`,
    );
  });

  it("retries and cancels them", async () => {
    await fail();
    await retryJob(here.sessionOf(), { job: jobId, watch: false });
    expect(here.taken().output).toBe(`queued: sync job ${jobId}, attempt 2\n`);
    await cancelJob(here.sessionOf(), { job: jobId });
    expect(here.taken().output).toBe(`cancelled: sync job ${jobId}\n`);
  });

  it("say that a job is being cancelled while a worker has it", async () => {
    await claim("fetch");
    await cancelJob(here.sessionOf(), { job: jobId });
    expect(here.taken().output).toBe(`cancelling: sync job ${jobId}\n`);
  });
});
