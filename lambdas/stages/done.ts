import { doneStage } from "../../shared/pipeline/stages/done.ts";
import { stageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

/** State `Done`. */
export const handler = stageHandler(doneStage(), stageEnv.parse(process.env));
