import type { Lease } from "./job.ts";

/** Milliseconds for which `lease` may still be acted on; ends `marginMs` before another owner could claim it. */
export const trustedForMs = (lease: Pick<Lease, "expiresAtMs">, nowMs: number, marginMs: number): number =>
  Math.max(0, lease.expiresAtMs - marginMs - nowMs);
