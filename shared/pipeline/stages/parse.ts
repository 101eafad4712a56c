import type { BodyStore } from "../../snapshots/ports.ts";
import { parseDocument } from "../../spec/parse.ts";
import { type CheckpointOutput, readFetchedBody } from "../checkpoints.ts";
import type { Stage } from "../stage.ts";
import { readBody } from "../stored-bodies.ts";

/** Reads the fetched bytes as an API description, so that a wrong document is refused with line and column. */
export const parseStage = (ports: { bodies: BodyStore }): Stage => ({
  name: "parse",
  async run({ job }) {
    const body = await readBody(ports.bodies, readFetchedBody(job).bodyKey);
    const parsed = parseDocument(body, { findDuplicateKeys: true });
    const output: CheckpointOutput<"parse"> = {
      dialect: parsed.dialect,
      version: parsed.version,
      format: parsed.format,
      warningCount: parsed.warnings.length,
      warnings: parsed.warnings.slice(0, 20),
    };
    return { result: "completed", output };
  },
});
