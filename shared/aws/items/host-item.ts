import * as z from "zod";
import { busyUntilMs, type HostState } from "../../hosts/host-turns.ts";
import type { ItemCodec } from "../item-codec.ts";
import { hostKey } from "../keys.ts";

const secondsPerDay = 86_400;

/** A host is forgotten a day after nothing about it matters any more. */
const forgottenAtSeconds = ({ turns, nextRequestAtMs, pausedUntilMs = 0 }: HostState): number =>
  Math.ceil(Math.max(nextRequestAtMs, pausedUntilMs, ...Object.values(turns)) / 1000) + secondsPerDay;

export const hostItem: ItemCodec<HostState> = {
  entity: "host",
  version: 1,
  schema: z.object({
    host: z.string(),
    turns: z.record(z.string(), z.number()),
    nextRequestAtMs: z.number(),
    pausedUntilMs: z.number().optional(),
  }),
  content: (state) => state,
  // `busyUntilMs` lets one condition tell that a host is idle.
  place: (state) => ({
    ...hostKey(state.host),
    busyUntilMs: busyUntilMs(state),
    expiresAtSeconds: forgottenAtSeconds(state),
  }),
};
