import * as z from "zod";
import type { RunRecord } from "../../orchestrator/run-record.ts";
import type { ItemCodec } from "../item-codec.ts";
import { runKey } from "../keys.ts";
import { expiresAfter } from "./retention.ts";

/** Runs of the orchestrator are listed by id, and forgotten some days after they began. */
export const runItem = (retentionDays: number): ItemCodec<RunRecord> => ({
  entity: "orchestratorRun",
  version: 1,
  schema: z.object({
    id: z.number(),
    startedAt: z.string(),
    completedAt: z.string(),
    status: z.string(),
    tablesAssessed: z.number(),
    tablesSkipped: z.number(),
    tablesHealthy: z.number(),
    jobsSubmitted: z.number(),
    jobsCompleted: z.number(),
    jobsFailed: z.number(),
    dryRun: z.boolean(),
    error: z.string().nullable(),
    isOpen: z.boolean().optional(),
  }),
  content: (run) => run,
  place: (run) => ({ ...runKey(run.id), expiresAtSeconds: expiresAfter(run.startedAt, retentionDays) }),
});
