import { beforeEach, describe, expect, it } from "vitest";
import { type DependencyRules, noRules } from "../../../../shared/dependencies/dependency-rules.ts";
import type { ChangeSet } from "../../../../shared/diff/change-set.ts";
import type { SyncJob } from "../../../../shared/jobs/job.ts";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { MissingBodyError } from "../../../../shared/pipeline/errors.ts";
import type { StageResult } from "../../../../shared/pipeline/stage.ts";
import { diffStage } from "../../../../shared/pipeline/stages/diff.ts";
import { compareModels } from "../../../../shared/rules/compare-models.ts";
import { sha256 } from "../../../../shared/snapshots/sha256.ts";
import { encodeModel } from "../../../../shared/spec/codec.ts";
import { normalize } from "../../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../../shared/spec/parse.ts";
import { dependencyFixture } from "../../sync-fixtures.ts";
import { petsDocument, petsPaths, petsWithoutDetails } from "../documents.ts";
import { dependencyId, jobAfter, stageContext, tenantId } from "../stage-context.ts";

const modelOf = (bytes: Uint8Array) => normalize(parseDocument(bytes));
const today = "2025-12-31"; // the day that the job was made

let stores: MemoryStores;

beforeEach(() => {
  stores = createMemoryStores();
});

/** A snapshot whose model is stored as `modelBytes`. */
const addSnapshot = async (id: string, body: Uint8Array, modelBytes = encodeModel(modelOf(body))): Promise<void> => {
  await stores.bodies.putOnce(`body of ${id}`, body, "application/json");
  await stores.bodies.putOnce(`model of ${id}`, modelBytes, "application/json");
  await stores.snapshots.putOnce({
    id,
    tenantId,
    dependencyId,
    jobId: "job",
    createdAt: "2025-12-31T23:00:00.000Z",
    isBaseline: false,
    previousSnapshotId: null,
    bodySha256: sha256(body),
    bodyKey: `body of ${id}`,
    bodyBytes: body.byteLength,
    modelKey: `model of ${id}`,
    operationsKey: "operations",
    operationCount: 2,
    rootHash: modelOf(body).rootHash,
    annotationsHash: "notes",
    dialect: "openapi-3.0",
    format: "json",
    title: "Pets",
    version: "1.0.0",
    sourceUrl: "https://a.example/",
    warningCount: 0,
  });
};

const jobFrom = (baseSnapshotId: string | null): SyncJob =>
  jobAfter({ snapshot: { outcome: "changed", snapshotId: "new" } }, { baseSnapshotId });
const run = (job = jobFrom("old"), dependency = dependencyFixture()) =>
  diffStage({ ...stores, rules: stores.dependencyRules }).run(stageContext({ job, dependency }));
/** As if these two snapshots had not been compared before. */
const runAnew = (...given: Parameters<typeof run>) => {
  stores = { ...stores, lastDiffs: createMemoryStores().lastDiffs };
  return run(...given);
};
const changeSetOf = async (result: StageResult): Promise<ChangeSet> => {
  if (result.result !== "completed") throw new Error(`the stage ended as ${result.result}`);
  return JSON.parse(new TextDecoder().decode(await stores.bodies.get(String(result.output.changeSetKey))));
};

describe("diff", () => {
  it("has nothing to compare a baseline with", async () => {
    expect(await run(jobFrom(null))).toEqual({
      result: "completed",
      output: { changeSetKey: null, breaking: 0, risky: 0, safe: 0, causes: 0 },
    });
  });

  it("compares the snapshot with the one that the job is pinned to and stores the change set under its hash", async () => {
    await addSnapshot("old", petsDocument());
    await addSnapshot("new", petsWithoutDetails());
    const result = await run();
    const expected = compareModels(modelOf(petsDocument()), modelOf(petsWithoutDetails()), { today });
    expect(expected.findings.map((finding) => finding.ruleId)).toEqual(["api-path-removed-without-deprecation"]);
    expect(await changeSetOf(result)).toEqual(expected);
    expect(result).toEqual({
      result: "completed",
      output: {
        changeSetKey: `tenants/${tenantId}/change-sets/${sha256(JSON.stringify(expected))}`,
        breaking: 1,
        risky: 0,
        safe: 0,
        causes: 1,
      },
    });
  });

  describe("with rules of the dependency", () => {
    const removal = "api-path-removed-without-deprecation";
    const ignoreRule = { id: "1", rule: removal, reason: "known", owner: "ada", createdAt: today, until: today };
    const rule = (rules: Partial<DependencyRules>) =>
      stores.dependencyRules.change(tenantId, dependencyId, () => ({ ...noRules(tenantId, dependencyId), ...rules }));
    const outlineOf = async (result: StageResult) =>
      (await changeSetOf(result)).findings.map(({ ruleId, level, judgedLevel }) => [ruleId, level, judgedLevel]);
    beforeEach(async () => {
      await addSnapshot("old", petsDocument());
      await addSnapshot("new", petsWithoutDetails());
    });

    it("leaves out what is ignored until a day, that day included", async () => {
      await rule({ ignoreRules: [ignoreRule] });
      const result = await run();
      expect(result).toMatchObject({ output: { breaking: 0, causes: 0 } });
      expect(await changeSetOf(result)).toMatchObject({
        findings: [],
        causes: [],
        adjustments: { ignored: [{ rule: removal, owner: "ada", reason: "known", until: today, findings: 1 }] },
      });
      await rule({ ignoreRules: [{ ...ignoreRule, until: "2025-12-30" }] });
      expect(await outlineOf(await runAnew())).toEqual([[removal, "breaking", undefined]]);
    });

    it("leaves what another operation's rule says alone", async () => {
      await rule({ ignoreRules: [{ ...ignoreRule, operation: "POST /*" }] });
      expect(await outlineOf(await run())).toEqual([[removal, "breaking", undefined]]);
    });

    it("sets the levels that the dependency has of its own, and keeps the rule's", async () => {
      await rule({ severityOverrides: [{ rule: removal, level: "safe" }] });
      const result = await run();
      expect(result).toMatchObject({ output: { breaking: 0, safe: 1, causes: 1 } });
      expect(await outlineOf(result)).toEqual([[removal, "safe", "breaking"]]);
    });

    it("goes by the rules of no other dependency or tenant", async () => {
      const other = { ...noRules(tenantId, "other"), ignoreRules: [ignoreRule] };
      await stores.dependencyRules.change(tenantId, "other", () => other);
      await stores.dependencyRules.change("other", dependencyId, () => other);
      expect(await outlineOf(await run())).toHaveLength(1);
    });
  });

  it("comes to the same when it runs again", async () => {
    await addSnapshot("old", petsDocument());
    await addSnapshot("new", petsWithoutDetails());
    const first = await run();
    expect(await run()).toEqual(first);
  });

  it("takes what the same two snapshots came to before, whatever filter or rule was changed since", async () => {
    await addSnapshot("old", petsDocument());
    await addSnapshot("new", petsWithoutDetails());
    const narrow = dependencyFixture({ monitoringMode: "partial", filteredDomains: ["stores"] });
    const first = await run(jobFrom("old"), narrow);
    expect(first).toMatchObject({ output: { breaking: 0 } });
    expect(await run(jobFrom("old"), dependencyFixture())).toEqual(first);
    await addSnapshot("newer", petsWithoutDetails());
    const job = jobAfter({ snapshot: { outcome: "changed", snapshotId: "newer" } }, { baseSnapshotId: "old" });
    expect(await run(job, dependencyFixture())).toMatchObject({ output: { breaking: 1 } });
  });

  it("judges sunsets by the day on which the job was made, on whatever day it runs", async () => {
    const listing = petsPaths["/pets"];
    const sunset = { "/pets": { get: { ...listing.get, deprecated: true, "x-sunset": "2026-01-01" } } };
    await addSnapshot("old", petsDocument({ paths: { ...petsPaths, ...sunset } }));
    await addSnapshot("new", petsDocument({ paths: { "/pets/{petId}": petsPaths["/pets/{petId}"] } }));
    const rulesOn = async (createdAt: string) =>
      (await changeSetOf(await runAnew({ ...jobFrom("old"), createdAt }))).findings.map((finding) => finding.ruleId);
    expect(await rulesOn("2025-12-31T23:59:59.000Z")).toEqual(["api-path-removed-before-sunset"]);
    expect(await rulesOn("2026-01-01T00:00:00.000Z")).toEqual(["api-path-removed-with-deprecation"]);
  });

  it.each([
    ["is of another version of the model", new TextEncoder().encode('{"modelVersion":0}')],
    ["is damaged", new Uint8Array([0x7b, 0x00])],
  ])("makes a model anew from the body when the stored one %s", async (_, modelBytes) => {
    await addSnapshot("old", petsDocument(), modelBytes);
    await addSnapshot("new", petsWithoutDetails());
    const expected = compareModels(modelOf(petsDocument()), modelOf(petsWithoutDetails()), { today });
    expect(await changeSetOf(await run())).toEqual(expected);
  });

  it("says what is gone", async () => {
    await addSnapshot("new", petsWithoutDetails());
    await expect(run()).rejects.toEqual(new MissingBodyError("snapshot old"));
  });

  it("leaves out what a dependency that is watched in part does not watch", async () => {
    await addSnapshot("old", petsDocument());
    await addSnapshot("new", petsWithoutDetails());
    const watching = (endpoint: string) =>
      dependencyFixture({ monitoringMode: "partial", filteredEndpoints: [endpoint] });
    expect(await run(jobFrom("old"), watching("GET /pets"))).toMatchObject({ output: { breaking: 0, causes: 0 } });
    expect(await runAnew(jobFrom("old"), watching("GET /pets/{petId}"))).toMatchObject({
      output: { breaking: 1, causes: 1 },
    });
  });
});
