import { describe, expect, it } from "vitest";
import { petsDocument, petsWithoutDetails } from "./documents.ts";
import type { Death } from "./mortal-worker.ts";
import { dependencyId, tenantId } from "./stage-context.ts";
import { createSyncWorld, received, type SyncWorld, visible } from "./sync-world.ts";

describe("a worker that is killed", () => {
  /** A world in which the next sync finds a change. */
  const changingWorld = async (): Promise<SyncWorld> => {
    const changing = await createSyncWorld();
    changing.origin.serve(petsDocument(), '"1"');
    await changing.sync();
    changing.origin.serve(petsWithoutDetails(), '"2"');
    changing.calls = 0;
    return changing;
  };

  /** What killing the worker at this call comes to. */
  const syncWithDeath = async (death: Death) => {
    const killed = await changingWorld();
    killed.death = death;
    const { failures, job } = await killed.sync();
    return { failures, job, visible: await visible(killed), received: await received(killed) };
  };

  it("leaves nothing undone and nothing doubled, whichever of its calls it dies before or after", async () => {
    const clean = await changingWorld();
    await clean.sync();
    const expected = { visible: await visible(clean), received: await received(clean) };
    expect(Object.values(expected.received)).toEqual([1]);
    const callCount = clean.calls;
    expect(callCount).toBeGreaterThan(40);

    const stagesKilled = new Set<string>();
    for (let atCall = 1; atCall <= callCount; atCall += 1) {
      for (const when of ["before", "after"] as const) {
        const { failures, job, ...found } = await syncWithDeath({ atCall, when });
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
