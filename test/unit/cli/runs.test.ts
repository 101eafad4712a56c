import { beforeEach, describe, expect, it } from "vitest";
import { listRuns, previewRun } from "../../../cli/commands/runs.ts";
import { newRun } from "../../../shared/orchestrator/run-record.ts";
import { fillTenant, startedAt } from "../api/api-fixtures.ts";
import { adminKey } from "../api/api-harness.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
beforeEach(async () => {
  here = await createSession();
});

const asAdmin = (format: "text" | "json" = "text") => here.sessionOf(format, { client: here.api.clientOf(adminKey) });
const cells = (line: string | undefined) => line?.trim().split(/ {2,}/);

describe("forewarn runs", () => {
  it("lists them newest first", async () => {
    await listRuns(asAdmin(), { limit: "20" });
    expect(here.taken().output).toBe("no runs of the orchestrator yet\n");
    const { id: _, isOpen: __, ...run } = newRun(0, startedAt, false);
    await here.api.runs.record({ ...run, status: "completed", tablesAssessed: 4, jobsSubmitted: 3 });
    await here.api.runs.record({ ...run, status: "failed", dryRun: true, error: "the table was gone" });
    await listRuns(asAdmin(), { limit: "20" });
    const [, newest, oldest] = here.taken().output.split("\n");
    const started = "2026-03-01T12:00:00.000000+00:00";
    expect(cells(newest)).toEqual([..."2|failed (dry run)".split("|"), started, ..."000000", "the table was gone"]);
    expect(cells(oldest)).toEqual(["1", "completed", started, ..."400300"]);
  });

  it("says of each target of each tenant what a run would do, and why", async () => {
    await fillTenant(here.api, here.tenantId);
    const other = await here.api.createTenant("other");
    await fillTenant(here.api, other.tenantId);
    await previewRun(asAdmin(), { limit: "1000" });
    const lines = here.taken().output.trimEnd().split("\n").slice(1);
    expect(lines.map((line) => cells(line)?.filter((_, column) => column !== 1))).toEqual([
      [other.tenantId, "stripe", "skip", "follows provider"],
      [other.tenantId, "pets", "skip", "syncing"],
      [here.tenantId, "stripe", "skip", "follows provider"],
      [here.tenantId, "pets", "skip", "syncing"],
    ]);
    await previewRun(asAdmin("json"), { tenant: here.tenantId, limit: "1000" });
    expect(JSON.parse(here.taken().output)).toMatchObject([
      { tenant_id: here.tenantId, reason: "follows_provider" },
      { tenant_id: here.tenantId, reason: "syncing" },
    ]);
  });
});
