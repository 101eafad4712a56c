import { type BodyStore, bodyKeys } from "../../snapshots/ports.ts";
import { sha256 } from "../../snapshots/sha256.ts";
import { encodeModel } from "../../spec/codec.ts";
import { normalize } from "../../spec/normalize/normalize.ts";
import { listOperations } from "../../spec/operations.ts";
import { parseDocument } from "../../spec/parse.ts";
import { type CheckpointOutput, readFetchedBody } from "../checkpoints.ts";
import type { Stage } from "../stage.ts";
import { readBody } from "../stored-bodies.ts";

/**
 * Brings the document to its one canonical form and stores the model and the operations list under their hashes.
 * It reads the text again: parsing costs less than storing and loading a parsed copy.
 */
export const normalizeStage = (ports: { bodies: BodyStore }): Stage => ({
  name: "normalize",
  async run({ job, signal }) {
    const { tenantId } = job;
    const body = await readBody(ports.bodies, readFetchedBody(job).bodyKey);
    const model = normalize(parseDocument(body));
    const modelBytes = encodeModel(model);
    const operations = new TextEncoder().encode(JSON.stringify(listOperations(model)));
    signal.throwIfAborted();
    const modelKey = bodyKeys.model(tenantId, sha256(modelBytes));
    const operationsKey = bodyKeys.operations(tenantId, sha256(operations));
    await Promise.all([
      ports.bodies.putOnce(modelKey, modelBytes, "application/json"),
      ports.bodies.putOnce(operationsKey, operations, "application/json"),
    ]);
    const output: CheckpointOutput<"normalize"> = {
      modelKey,
      operationsKey,
      rootHash: model.rootHash,
      annotationsHash: model.annotationsHash,
      operationCount: model.operations.length,
      title: model.info.title.slice(0, 200),
      apiVersion: model.info.version.slice(0, 100),
      warningCount: model.warnings.length,
      warnings: model.warnings.slice(0, 20),
    };
    return { result: "completed", output };
  },
});
