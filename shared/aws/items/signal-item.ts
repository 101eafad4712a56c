import * as z from "zod";
import type { SignalEntry } from "../../first-signal/ports.ts";
import { signalKinds, signalPhases } from "../../first-signal/signal.ts";
import type { StreamTicket } from "../../first-signal/stream-ticket.ts";
import type { ItemCodec } from "../item-codec.ts";
import { signalKey, streamTicketKey } from "../keys.ts";

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

export const streamTicketItem: ItemCodec<StreamTicket> = {
  entity: "streamTicket",
  version: 1,
  schema: z.object({ sha256: z.string(), tenantId: z.string(), runId: z.string(), expiresAtMs: z.number() }),
  content: (ticket) => ticket,
  place: ({ sha256, expiresAtMs }) => ({
    ...streamTicketKey(sha256),
    expiresAtSeconds: Math.ceil(expiresAtMs / 1_000),
  }),
};
