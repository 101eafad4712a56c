import { beforeEach, describe, expect, it } from "vitest";
import { createSession, deleteSession, showSession } from "../../../cli/commands/session.ts";
import { cancelSessionJob, listSessionJobs, startSessionJob } from "../../../cli/commands/session-job.ts";
import { createSession as createCliSession } from "./session-fixture.ts";

const sessionId = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
let here: Awaited<ReturnType<typeof createCliSession>>;
beforeEach(async () => {
  here = await createCliSession();
  await createSession(here.sessionOf(), { id: sessionId });
  here.taken();
});

const start = (what: string, about: string[], watch: boolean) =>
  startSessionJob(
    // What runs a job elsewhere runs it while the command waits.
    here.sessionOf("text", { sleep: () => here.api.sessionWorld.runAll() }),
    { session: sessionId, what, about, watch, skipCache: false },
  );

describe("forewarn session and job", () => {
  it("follows a job line by line and prints its result", async () => {
    const code = await start("discovery", ["Example", "https://api.example.com/docs"], true);
    const result = {
      candidateLinks: ["https://api.example.com/docs"],
      searchQuery: "Example API documentation",
      totalFound: 1,
    };
    expect([code, here.taken()]).toEqual([
      0,
      { output: `queue: Waiting for its turn\n${JSON.stringify(result, null, 2)}\n`, errors: "" },
    ]);
  });

  it("lists jobs, cancels a queued one, shows and deletes the session", async () => {
    await start("relations", [], false);
    const jobId = here.taken().output.trim();
    await listSessionJobs(here.sessionOf(), { session: sessionId });
    const [, row] = here.taken().output.split("\n");
    await cancelSessionJob(here.sessionOf(), { session: sessionId, job: jobId });
    await showSession(here.sessionOf(), { session: sessionId });
    await deleteSession(here.sessionOf(), { session: sessionId });
    expect([row?.trim().split(/ {2,}/), here.taken().output.split("\n")]).toEqual([
      [jobId, "digester.getRelations", "queued", "queue: Waiting for its turn"],
      [
        `cancelled: job ${jobId}`,
        `session    ${sessionId}`,
        "created    2026-03-01T12:00:00.000Z",
        "expires    2026-03-29T12:00:00.000Z",
        "documents  0",
        "jobs       1",
        `deleted: session ${sessionId} with all that it held`,
        "",
      ],
    ]);
  });

  it("refuses a job that there is not, and one that lacks what it is about", async () => {
    await expect(start("dance", [], false)).rejects.toThrow("there is no job dance: the jobs are discovery, scrape");
    await expect(start("attributes", [], false)).rejects.toThrow("attributes needs the name of the object class");
  });
});
