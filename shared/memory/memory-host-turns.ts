import { applyTurn, applyTurnEnd, type HostState } from "../hosts/host-turns.ts";
import type { HostTurns } from "../hosts/ports.ts";

/** Turns at hosts in memory; `writes` counts what a database would be billed for. */
export const memoryHostTurns = (): HostTurns & { writes: number } => {
  const states = new Map<string, HostState>();
  const turns = {
    writes: 0,
    async take(host, ask) {
      const { turn, next } = applyTurn(states.get(host), host, ask);
      if (next !== undefined) save(next);
      return turn;
    },
    async giveBack(host, holder, pausedUntilMs) {
      const next = applyTurnEnd(states.get(host), host, holder, pausedUntilMs);
      if (next !== undefined) save(next);
    },
  } satisfies HostTurns & { writes: number };
  const save = (state: HostState): void => {
    states.set(state.host, state);
    turns.writes += 1;
  };
  return turns;
};
