import { describe, expect, it } from "vitest";
import { samplePreference } from "../alerts/preferences/sample-preference.ts";
import { petsDocument, petsWithoutDetails } from "./documents.ts";
import type { Death } from "./mortal-worker.ts";
import { dependencyId, nowMs, tenantId } from "./stage-context.ts";
import { createSyncWorld, received, type SyncWorld, visible } from "./sync-world.ts";

describe("a worker that is killed", () => {
  /** A world in which the next sync finds a change. */
  const changingWorld = async (digest: "none" | "hourly" = "none"): Promise<SyncWorld> => {
    const changing = await createSyncWorld();
    if (digest !== "none") {
      const channels = (await changing.stores.channels.list(tenantId, { limit: 1 })).items.map(({ id }) => id);
      await changing.stores.alertPreferences.create(
        samplePreference({ tenantId, channels, minSeverity: "safe", digest }),
      );
    }
    changing.origin.serve(petsDocument(), '"1"');
    await changing.sync();
    changing.origin.serve(petsWithoutDetails(), '"2"');
    changing.calls = 0;
    return changing;
  };

  /** What the same sync comes to when nobody is killed and it fetches at this time, which is part of what it makes. */
  const unharmedSync = async (fetchedAtMs: number) => {
    const clean = await changingWorld();
    await clean.clock.advance(fetchedAtMs - clean.clock.nowMs());
    await clean.sync();
    const expected = { visible: await visible(clean), received: await received(clean) };
    return { expected, callCount: clean.calls };
  };

  /** What killing the worker at this call comes to. */
  const syncWithDeath = async (death: Death) => {
    const killed = await changingWorld();
    killed.death = death;
    const { failures, job } = await killed.sync();
    return { failures, job, visible: await visible(killed), received: await received(killed) };
  };

  it("leaves nothing undone and nothing doubled, whichever of its calls it dies before or after", async () => {
    const clean = await unharmedSync(nowMs);
    expect(Object.values(clean.expected.received)).toEqual([1]);
    expect(clean.callCount).toBeGreaterThan(40);

    const expectedAt = new Map([[nowMs, clean.expected]]);
    const stagesKilled = new Set<string>();
    for (let atCall = 1; atCall <= clean.callCount; atCall += 1) {
      for (const when of ["before", "after"] as const) {
        const { failures, job, ...found } = await syncWithDeath({ atCall, when });
        const fetchedAtMs = Date.parse(job.checkpoints.fetch?.at ?? "");
        const expected = expectedAt.get(fetchedAtMs) ?? (await unharmedSync(fetchedAtMs)).expected;
        expectedAt.set(fetchedAtMs, expected);
        expect({ atCall, when, status: job.status, ...found }).toEqual({
          atCall,
          when,
          status: "finished",
          ...expected,
        });
        for (const failure of failures) stagesKilled.add(failure);
      }
    }
    const inEachStage = ["Fetch", "Parse", "Normalize", "Snapshot", "Diff", "Persist", "Alert", "Done"];
    expect([...stagesKilled].sort()).toEqual(inEachStage.map((name) => `${name} States.HeartbeatTimeout`).sort());
  });

  it("leaves each cause once in its digest, whichever call of the alert stage it dies before or after", async () => {
    const entriesOf = async ({ stores }: SyncWorld) => {
      const digests = await stores.digests.listDue(Number.MAX_SAFE_INTEGER, 10);
      return Promise.all(digests.map(async (digest) => (await stores.digests.listEntries(digest, 10)).length));
    };
    const clean = await changingWorld("hourly");
    await clean.sync();
    expect(await entriesOf(clean)).toEqual([1]);
    for (let atCall = 1; atCall <= clean.calls; atCall += 1) {
      for (const when of ["before", "after"] as const) {
        const killed = await changingWorld("hourly");
        killed.death = { atCall, when };
        await killed.sync();
        const entries = await entriesOf(killed);
        expect({ atCall, when, entries, received: await received(killed) }).toEqual({
          atCall,
          when,
          entries: [1],
          received: {},
        });
      }
    }
  });

  it("is followed by another one with a higher term, for one try of the stage", async () => {
    const commits = await changingWorld();
    const { checkpoint } = commits.stores.jobs;
    let callsAtCommit = 0;
    // The commit of `persist`, as the number of calls made before it.
    const counting: typeof checkpoint = (lease, given) => {
      if (lease.stage === "persist") callsAtCommit = commits.calls;
      return checkpoint(lease, given);
    };
    commits.replaced = { jobs: { ...commits.stores.jobs, checkpoint: counting } };
    await commits.sync();
    // Of the calls of its worker: claim, dependency, change set, change events, commit.
    const { failures, job } = await syncWithDeath({ atCall: callsAtCommit + 5, when: "before" });
    expect(failures).toEqual(["Persist States.HeartbeatTimeout"]);
    expect(job).toMatchObject({ status: "finished", term: 9, checkpoints: { persist: { term: 7 } } });
  });

  it("fails the sync in words for a person when every worker of a stage is killed", async () => {
    const killed = await changingWorld();
    killed.beforeStage = async (stage) => {
      killed.death = stage === "parse" ? { atCall: killed.calls + 3, when: "before" } : undefined;
    };
    const { path, failures, job, ended } = await killed.sync();
    expect(path.slice(-3)).toEqual(["Parse", "RecordFailure", "SyncFailed"]);
    expect(failures).toEqual(Array(6).fill("Parse States.HeartbeatTimeout"));
    const message = "stage parse failed: its worker stopped answering, on every try";
    expect(job).toMatchObject({ status: "failed", errors: [{ name: "States.HeartbeatTimeout", message }] });
    expect(ended).toEqual({ error: "States.HeartbeatTimeout", cause: message });
  });

  it("changes nothing of the dependency's other syncs", async () => {
    const killed = await changingWorld();
    killed.death = { atCall: 3, when: "after" };
    await killed.sync();
    killed.death = undefined;
    expect((await killed.sync()).job).toMatchObject({ status: "finished", outcome: "unchanged" });
    expect(await killed.stores.jobs.listByDependency(tenantId, dependencyId, { limit: 10 })).toMatchObject({
      items: [{ outcome: "unchanged" }, { outcome: "changed" }, { outcome: "baseline" }],
    });
  });
});
