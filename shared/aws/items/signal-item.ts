import * as z from "zod";
import type { SignalEntry } from "../../first-signal/ports.ts";
import { signalKinds, signalPhases } from "../../first-signal/signal.ts";
import type { ItemCodec } from "../item-codec.ts";
import { signalKey } from "../keys.ts";

/** @param keyPrefix what the configuration lets keys of signals begin with */
export const signalItem = (keyPrefix: string): ItemCodec<SignalEntry> => ({
  entity: "signal",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    runId: z.string(),
    signal: z
      .object({
        runId: z.string(),
        jobId: z.string(),
        kind: z.enum(signalKinds),
        phase: z.enum(signalPhases),
        step: z.string().nullable(),
        message: z.string(),
        at: z.string(),
        lastKnownOutcome: z
          .object({ errorCode: z.string().nullable(), summary: z.string(), at: z.string() })
          .nullable(),
        nextActions: z.array(z.object({ type: z.literal("retry"), label: z.string(), target: z.string() })).nullable(),
      })
      .nullable(),
    checkedAtMs: z.number(),
    expiresAtMs: z.number(),
  }),
  content: (entry) => entry,
  place: (entry) => ({ ...signalKey(keyPrefix, entry), expiresAtSeconds: Math.ceil(entry.expiresAtMs / 1_000) }),
});
