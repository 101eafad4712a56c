import type { Clock } from "../jobs/ports.ts";
import type { HostTurn, TurnAsk } from "./host-turns.ts";
import type { HostTurns } from "./ports.ts";

/**
 * A turn at the host, waited for at most `patienceMs` while others have them. A paused host is not waited for.
 * @param signal ends the waiting early
 */
export const takeTurn = async (
  { hosts, clock }: { hosts: HostTurns; clock: Clock },
  host: string,
  { patienceMs, signal, ...ask }: Omit<TurnAsk, "nowMs"> & { patienceMs: number; signal?: AbortSignal },
): Promise<HostTurn> => {
  const giveUpAtMs = clock.nowMs() + patienceMs;
  for (;;) {
    const turn = await hosts.take(host, { ...ask, nowMs: clock.nowMs() });
    if (turn.taken || turn.reason === "paused" || turn.retryAtMs > giveUpAtMs || signal?.aborted) return turn;
    await clock.sleep(turn.retryAtMs - clock.nowMs(), signal);
  }
};
