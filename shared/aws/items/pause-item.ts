import * as z from "zod";
import { jobTypes } from "../../contracts/job-types.ts";
import { type Pause, pauseTarget } from "../../pauses/pause.ts";
import type { ItemCodec } from "../item-codec.ts";
import { activePauseKey, endedPauseKey } from "../keys.ts";

/** While it lasts a pause is under its target, so that there is one of each; then under its id, as a record. */
export const pauseItem: ItemCodec<Pause> = {
  entity: "pause",
  version: 1,
  schema: z.object({
    id: z.string(),
    tenantId: z.string().optional(),
    jobType: z.enum(jobTypes).optional(),
    setBy: z.enum(["operator", "tenant"]),
    reason: z.string(),
    pausedAt: z.string(),
    pausedBy: z.string(),
    resumedAt: z.string().optional(),
    resumedBy: z.string().optional(),
    resumeReason: z.string().optional(),
  }),
  content: (pause) => pause,
  place: (pause) => (pause.resumedAt === undefined ? activePauseKey(pauseTarget(pause)) : endedPauseKey(pause.id)),
};
