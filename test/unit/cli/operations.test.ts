import { beforeEach, describe, expect, it } from "vitest";
import { listDeadLetters, redriveDeadLetters } from "../../../cli/commands/dead-letters.ts";
import { beginPause, endPause, listPauses } from "../../../cli/commands/pauses.ts";
import { retryJobs } from "../../../cli/commands/retry-jobs.ts";
import { memoryDeadLetterBox } from "../../../shared/memory/memory-dead-letter-box.ts";
import { fillTenant, startedAt } from "../api/api-fixtures.ts";
import { adminKey, startMs } from "../api/api-harness.ts";
import { createSession } from "./session-fixture.ts";

const letters = Array.from({ length: 3 }, (_, index) => ({
  id: `letter-${index}`,
  body: "{}",
  sentAtMs: startMs - 7_200_000,
}));

let here: Awaited<ReturnType<typeof createSession>>;
let checks: ReturnType<typeof memoryDeadLetterBox>;
beforeEach(async () => {
  checks = memoryDeadLetterBox(letters);
  const boxes = {
    checks,
    deliveries: memoryDeadLetterBox(),
    embeds: memoryDeadLetterBox(),
    schedule: memoryDeadLetterBox(),
  };
  here = await createSession({ boxes });
});

const asAdmin = (format: "text" | "json" = "text") => here.sessionOf(format, { client: here.api.clientOf(adminKey) });
const cells = (line: string | undefined) => line?.trim().split(/ {2,}/);
const said = () => here.taken().output;

describe("forewarn pauses", () => {
  const own = { operator: false, reason: "a move", by: "operator" };

  it("pauses the tenant or one job type, lists it and resumes it", async () => {
    await listPauses(here.sessionOf(), { operator: false, ended: false, limit: "20" });
    expect(said()).toBe("nothing is paused\n");
    await beginPause(here.sessionOf(), { ...own, type: "dependency.sync" });
    const [pause] = await here.api.pauses.listActive();
    expect(said()).toBe(`paused: dependency.sync of tenant ${here.tenantId} (pause ${pause?.id})\n`);
    await listPauses(here.sessionOf(), { operator: false, ended: false, limit: "20" });
    const [, line] = said().split("\n");
    const by = `tenant ${pause?.pausedBy}`;
    expect(cells(line)).toEqual([pause?.id, here.tenantId, "dependency.sync", by, startedAt, "a move"]);
    await endPause(here.sessionOf(), { ...own, pause: pause?.id ?? "", reason: "done" });
    expect(said()).toMatch(/^resumed: dependency\.sync of tenant /);
    await listPauses(here.sessionOf("json"), { operator: false, ended: true, limit: "20" });
    expect(JSON.parse(said())).toMatchObject([{ id: pause?.id, resumeReason: "done" }]);
  });

  it("pauses a job type of every tenant as the operator", async () => {
    await beginPause(asAdmin(), { operator: true, type: "delivery", reason: "an incident", by: "ada" });
    expect(said()).toMatch(/^paused: delivery of every tenant /);
    const [pause] = await here.api.pauses.listActive();
    expect(pause).toMatchObject({ jobType: "delivery", setBy: "operator", pausedBy: "ada" });
    await endPause(asAdmin(), { operator: true, pause: pause?.id ?? "", reason: "over", by: "ada" });
    expect(await here.api.pauses.listActive()).toEqual([]);
  });

  it.each([
    [
      { ...own, type: "everything" },
      "--type is one of dependency.checks, dependency.sync, provider.sync, delivery, not everything",
    ],
    [{ ...own, tenant: "t-1" }, "--tenant goes with --operator"],
  ])("refuses %o", async (args, message) => {
    await expect(beginPause(here.sessionOf(), args)).rejects.toThrow(message);
  });
});

describe("forewarn jobs retry-all", () => {
  const args = { status: "failed", limit: "1000", dryRun: false };

  it("says what it would retry, then retries it, and then has nothing to do", async () => {
    const { jobId = "", dependencyId = "" } = await fillTenant(here.api, here.tenantId);
    const at = startedAt;
    const error = {
      at,
      stage: "fetch",
      attempt: 1,
      name: "HostNotFoundError",
      message: "no",
      kind: "permanent",
    } as const;
    await here.api.jobs.fail(jobId, 1, error, undefined);
    await retryJobs(here.sessionOf(), { ...args, dryRun: true, error: "HostNotFoundError", dependency: "pets" });
    const [, line, sum] = said().split("\n");
    expect(cells(line)).toEqual([jobId, dependencyId, "would be retried", "HostNotFoundError"]);
    expect(sum).toBe("1 would be retried");
    await retryJobs(here.sessionOf(), args);
    expect(said().split("\n")[2]).toBe("1 retried");
    await retryJobs(asAdmin(), { ...args, tenant: here.tenantId });
    expect(said()).toBe("no job matches\n");
  });

  it.each([
    [{ ...args, status: "running" }, "--status is failed, cancelled"],
    [{ ...args, from: "yesterday" }, "--from is a time such as"],
    [{ ...args, limit: "0" }, "--limit is a number"],
  ])("refuses %o", async (wrong, message) => {
    await expect(retryJobs(here.sessionOf(), wrong)).rejects.toThrow(message);
  });
});

describe("forewarn dead-letters", () => {
  it("lists them with reason and age, and sends all back", async () => {
    await listDeadLetters(asAdmin(), {});
    const lines = said().trimEnd().split("\n");
    const reason = "It is not a check's message: its worker cannot read it.";
    expect(lines.slice(1, 4).map(cells)).toEqual(letters.map(({ id }) => ["checks", id, "2 h", reason]));
    expect(lines.slice(4)).toEqual(["checks: 3", "deliveries: 0", "embeds: 0", "schedule: 0"]);
    expect(await redriveDeadLetters(asAdmin(), { queue: "checks", letter: "letter-1", all: false })).toBe(0);
    expect(said()).toBe("1 sent back, 0 could not be, about 2 left\n");
    expect(await redriveDeadLetters(asAdmin(), { queue: "checks", all: true })).toBe(0);
    expect(said()).toBe("2 sent back, 0 could not be, about 0 left\n");
    expect(checks.sentOn.map(({ id }) => id)).toEqual(["letter-1", "letter-0", "letter-2"]);
  });

  it("says what could not be sent back, and ends with 1", async () => {
    checks.sendOn = () => Promise.reject(new Error("the queue is gone"));
    expect(await redriveDeadLetters(asAdmin(), { queue: "checks", all: true })).toBe(1);
    expect(said()).toBe("0 sent back, 3 could not be, about 3 left\n");
  });

  it("wants one letter or all, of a queue that there is", async () => {
    await expect(redriveDeadLetters(asAdmin(), { queue: "checks", all: false })).rejects.toThrow("--letter ID");
    await expect(redriveDeadLetters(asAdmin(), { queue: "others", all: true })).rejects.toThrow("the queues are");
  });
});
