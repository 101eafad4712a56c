/**
 * Politeness towards one host, over all tenants: how many fetch from it at once, how soon one request follows another,
 * and until when it wants to be left alone. What each step does to the host's state, written once for every store.
 */

export type HostLimits = {
  /** Workers that may fetch from one host at once. */
  maxTurns: number;
  /** Milliseconds from one request's start to the next one's. */
  intervalMs: number;
};

export type HostState = {
  /** Lower-case host name, with the port where it is not the scheme's own. */
  host: string;
  /** Who has a turn, and when it ends by itself: a worker that dies gives it back then. */
  turns: Record<string, number>;
  /** Before this moment no request may start, in epoch milliseconds. */
  nextRequestAtMs: number;
  /** The host asked to be left alone until then. */
  pausedUntilMs?: number;
};

export type TurnAsk = {
  /** Unique per invocation. */
  holder: string;
  /** Requests that the turn is for; they are made one after another. */
  requests: number;
  nowMs: number;
  /** The holder is certainly done after this time. */
  holdMs: number;
  limits: HostLimits;
};

export type HostTurn =
  /**
   * The first request may start at `startAtMs`, each further one `intervalMs` later. `isAlone`: nobody else has a turn now, and
   * others may have one beside it, so that it may end by itself.
   */
  { taken: true; startAtMs: number; isAlone: boolean } | { taken: false; reason: "paused" | "busy"; retryAtMs: number };

/** A turn whose first request is further ahead than this is refused: its holder would only wait with it. */
export const maxAheadMs = 10_000;

/** When to look again for a turn that others have: they give theirs back long before it would end by itself. */
export const lookAgainMs = 2_000;

/** Whether the holder gets a turn, and the host's state with it; no state when nothing is to be written. */
export const applyTurn = (
  known: HostState | undefined,
  host: string,
  ask: TurnAsk,
): { turn: HostTurn; next?: HostState } => {
  const { holder, nowMs, limits } = ask;
  if (known?.pausedUntilMs !== undefined && known.pausedUntilMs > nowMs)
    return { turn: { taken: false, reason: "paused", retryAtMs: known.pausedUntilMs } };
  const others = Object.entries(known?.turns ?? {}).filter(([who, endsAtMs]) => who !== holder && endsAtMs > nowMs);
  if (others.length >= limits.maxTurns)
    return { turn: { taken: false, reason: "busy", retryAtMs: nowMs + lookAgainMs } };
  const startAtMs = Math.max(nowMs, known?.nextRequestAtMs ?? 0);
  if (startAtMs > nowMs + maxAheadMs)
    return { turn: { taken: false, reason: "busy", retryAtMs: startAtMs - maxAheadMs } };
  return {
    turn: { taken: true, startAtMs, isAlone: others.length === 0 && limits.maxTurns > 1 },
    next: {
      host,
      turns: { ...Object.fromEntries(others), [holder]: startAtMs + ask.holdMs },
      nextRequestAtMs: startAtMs + ask.requests * limits.intervalMs,
    },
  };
};

/** When the last of the host's turns ends by itself, in epoch milliseconds; 0 with none. */
export const busyUntilMs = ({ turns }: HostState): number => Math.max(0, ...Object.values(turns));

/** The host without the holder's turn, left alone until `pausedUntilMs` when it asked for that. */
export const applyTurnEnd = (
  known: HostState | undefined,
  host: string,
  holder: string,
  pausedUntilMs: number | undefined,
): HostState | undefined => {
  if (known?.turns[holder] === undefined && pausedUntilMs === undefined) return undefined;
  const { [holder]: _, ...turns } = known?.turns ?? {};
  const pauses = [known?.pausedUntilMs, pausedUntilMs].filter((atMs) => atMs !== undefined);
  return {
    host,
    turns,
    nextRequestAtMs: known?.nextRequestAtMs ?? 0,
    ...(pauses.length === 0 ? {} : { pausedUntilMs: Math.max(...pauses) }),
  };
};

/** The host of a URL, as politeness counts it. What is no URL stays as it is: the fetch refuses it. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
