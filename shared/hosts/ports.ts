import type { HostTurn, TurnAsk } from "./host-turns.ts";

/** The turns at each host, over all tenants and workers. */
export type HostTurns = {
  /** One of the host's turns for `ask.holder`, unless all are taken or the host is paused. One write when taken, and no read at an idle host. */
  take(host: string, ask: TurnAsk): Promise<HostTurn>;
  /** Gives the turn back; `pausedUntilMs` keeps everybody away from this host until then. One write. */
  giveBack(host: string, holder: string, pausedUntilMs?: number): Promise<void>;
};
