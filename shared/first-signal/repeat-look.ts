import type { Clock } from "../jobs/ports.ts";

/**
 * Looks at once and then every `everyMs`, for as long as a look may begin within `forMs`. A look that takes longer than
 * `everyMs` puts the next one off.
 */
export const repeatLook = async (
  clock: Clock,
  { everyMs, forMs }: { everyMs: number; forMs: number },
  look: () => Promise<void>,
): Promise<void> => {
  const beganAtMs = clock.nowMs();
  for (;;) {
    const lookedAtMs = clock.nowMs();
    await look();
    const nextAtMs = Math.max(lookedAtMs + everyMs, clock.nowMs());
    if (nextAtMs >= beganAtMs + forMs) return;
    await clock.sleep(nextAtMs - clock.nowMs());
  }
};
