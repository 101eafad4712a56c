import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { normalizeStage } from "../../../../shared/pipeline/stages/normalize.ts";
import { sha256 } from "../../../../shared/snapshots/sha256.ts";
import { decodeModel, encodeModel } from "../../../../shared/spec/codec.ts";
import { normalize } from "../../../../shared/spec/normalize/normalize.ts";
import { listOperations } from "../../../../shared/spec/operations.ts";
import { parseDocument } from "../../../../shared/spec/parse.ts";
import { petsDocument, petsRewritten, petsWithoutDetails } from "../documents.ts";
import { jobAfter, stageContext, tenantId } from "../stage-context.ts";

let stores: MemoryStores;

beforeEach(() => {
  stores = createMemoryStores();
});

const run = async (bytes: Uint8Array, signal?: AbortSignal) => {
  await stores.bodies.putOnce(sha256(bytes), bytes, "application/json");
  const fetched = { outcome: "body", bodyKey: sha256(bytes), bodySha256: sha256(bytes), bodyBytes: 1, sourceUrl: "u" };
  const result = await normalizeStage(stores).run(stageContext({ job: jobAfter({ fetch: fetched }), signal }));
  if (result.result !== "completed") throw new Error(`the stage ended as ${result.result}`);
  return result.output;
};

const modelOf = (bytes: Uint8Array) => normalize(parseDocument(bytes));
const keysOf = (bytes: Uint8Array) => {
  const model = modelOf(bytes);
  return {
    modelKey: `tenants/${tenantId}/models/${sha256(encodeModel(model))}`,
    operationsKey: `tenants/${tenantId}/operations/${sha256(JSON.stringify(listOperations(model)))}`,
  };
};

describe("normalize", () => {
  it("stores the model and the operations list under their hashes and leaves what the snapshot needs", async () => {
    const model = modelOf(petsDocument());
    const { modelKey, operationsKey } = keysOf(petsDocument());
    expect(await run(petsDocument())).toEqual({
      modelKey,
      operationsKey,
      rootHash: model.rootHash,
      annotationsHash: model.annotationsHash,
      operationCount: 2,
      title: "Pets",
      apiVersion: "1.0.0",
      warningCount: 0,
      warnings: [],
    });
    const stored = await stores.bodies.get(modelKey);
    expect(stored && decodeModel(stored)).toEqual(model);
    const operations = await stores.bodies.get(operationsKey);
    expect(JSON.parse(new TextDecoder().decode(operations))).toMatchObject([
      { method: "GET", path: "/pets", operationId: "listPets" },
      { method: "GET", path: "/pets/{petId}", operationId: "getPet" },
    ]);
  });

  it("gives documents that mean the same one root hash, and others another", async () => {
    const [first, rewritten, other] = [
      await run(petsDocument()),
      await run(petsRewritten()),
      await run(petsWithoutDetails()),
    ];
    expect(rewritten.rootHash).toBe(first.rootHash);
    expect(other.rootHash).not.toBe(first.rootHash);
  });

  it("cuts a title and a version that are no title and version short", async () => {
    const paths = { "/a": { get: { responses: {} } } };
    const info = { title: "t".repeat(500), version: "v".repeat(500) };
    const output = await run(new TextEncoder().encode(JSON.stringify({ openapi: "3.0.3", info, paths })));
    expect(output).toMatchObject({ title: "t".repeat(200), apiVersion: "v".repeat(100) });
  });

  it("stores nothing once it was told to stop", async () => {
    const reason = new Error("the lease is lost");
    await expect(run(petsDocument(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await stores.bodies.head(keysOf(petsDocument()).modelKey)).toBeUndefined();
  });
});
