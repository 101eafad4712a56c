import * as z from "zod";
import { stageEnv } from "../../lambdas/runtime/env.ts";
import { stageHandler } from "../../lambdas/stages/stage-handler.ts";
import { allSyncStages } from "../../shared/contracts/sync-stages.ts";
import type { Stage } from "../../shared/pipeline/stage.ts";
import { smallestResult } from "./stage-result.ts";

const env = stageEnv.extend({ STAGE: z.enum(allSyncStages) }).parse(process.env);

/** Does nothing. */
const stage: Stage = {
  name: env.STAGE,
  async run({ nowMs }) {
    if (env.STAGE === "done") return { result: "finished", outcome: "changed", after: { atMs: nowMs() } };
    return { result: "completed", output: smallestResult(env.STAGE) };
  },
};

/** The engine, whole, around a stage that is empty. */
export const handler = stageHandler(stage, env);
