import type { Clock } from "../jobs/ports.ts";
import type { SignalEntry, SignalStore } from "./ports.ts";
import type { RunReader } from "./read-run.ts";
import type { RunId } from "./run.ts";
import { type FirstSignal, signalEtag, unavailableSignal } from "./signal.ts";
import { signalOfRun } from "./signal-of-run.ts";

/** Under the names of `seeds/3`. */
export type FirstSignalSettings = {
  ttlSeconds: number;
  slidingExpiration: boolean;
  coldPathTimeoutMs: number;
};

export type FindSignalPorts = {
  readRun: RunReader;
  cache: SignalStore;
  /**
   * What the snapshot writer keeps, while it is on: an entry that was checked within `freshForMs` answers alone.
   */
  snapshots?: { store: SignalStore; freshForMs: number } | undefined;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

/** How an answer came about; no part of any ETag. */
export type SignalDiagnostics = {
  cacheStatus: "hit" | "miss";
  source: "snapshot" | "cold_start" | "failure_index";
};

/** `signal` is `undefined` when the run has nothing to say yet. */
export type FoundSignal = SignalDiagnostics & { signal: FirstSignal | undefined };

export type SignalFinder = (tenantId: string, runId: RunId) => Promise<FoundSignal | undefined>;

const late = Symbol("late");

/**
 * Finds the signal of a run; `undefined` when the tenant has no such run. The run itself is read, and what was remembered of
 * it is only told where the run cannot be read in time, or the snapshot writer looked a moment ago.
 */
export const createSignalFinder = (ports: FindSignalPorts, settings: FirstSignalSettings): SignalFinder => {
  const { readRun, cache, snapshots, clock, log } = ports;
  const { ttlSeconds, slidingExpiration, coldPathTimeoutMs } = settings;

  /** What the work gives, or `late`: it takes too long, or fails. */
  const inTime = async <T>(work: Promise<T>): Promise<T | typeof late> => {
    const timer = new AbortController();
    const failed = (error: unknown): typeof late => {
      log("first_signal.read_failed", { error });
      return late;
    };
    const timeout = clock.sleep(coldPathTimeoutMs, timer.signal).then((): typeof late => late);
    try {
      return await Promise.race([work.catch(failed), timeout]);
    } finally {
      timer.abort();
    }
  };

  const known = async (store: SignalStore, tenantId: string, runId: string): Promise<SignalEntry | undefined> => {
    const entry = await inTime(store.get(tenantId, runId));
    return entry !== undefined && entry !== late && entry.expiresAtMs > clock.nowMs() ? entry : undefined;
  };

  /** The answer stands without it. */
  const keep = (entry: SignalEntry): Promise<void> =>
    cache.put(entry).catch((error: unknown) => log("first_signal.cache_failed", { error }));

  const told = (entry: SignalEntry): FoundSignal => ({
    signal: entry.signal ?? undefined,
    cacheStatus: "hit",
    source: "snapshot",
  });

  return async (tenantId, run) => {
    const { id: runId } = run;
    const checkedAtMs = clock.nowMs();
    const snapshot = snapshots && (await known(snapshots.store, tenantId, runId));
    if (snapshot !== undefined && checkedAtMs - snapshot.checkedAtMs <= (snapshots?.freshForMs ?? 0))
      return told(snapshot);

    const remembered = snapshots?.store === cache ? Promise.resolve(snapshot) : known(cache, tenantId, runId);
    const [read, entry] = await Promise.all([inTime(readRun(tenantId, run)), remembered]);
    if (read === late) {
      const last = entry ?? snapshot;
      if (last !== undefined) return told(last);
      return { signal: unavailableSignal(runId, checkedAtMs), cacheStatus: "miss", source: "cold_start" };
    }
    if (read === undefined) return undefined;

    const signal = signalOfRun(read);
    const isKnown = entry !== undefined && isSame(entry.signal, signal);
    const leftMs = (entry?.expiresAtMs ?? 0) - checkedAtMs;
    // Half of the time is left when it slides, so that not every hit is a write.
    const slides = slidingExpiration && leftMs < ttlSeconds * 500;
    // A snapshot that was looked at anew is fresh anew.
    if (!isKnown || slides || snapshots?.store === cache) {
      const expiresAtMs = isKnown && !slidingExpiration ? entry.expiresAtMs : checkedAtMs + ttlSeconds * 1_000;
      await keep({ tenantId, runId, signal: signal ?? null, checkedAtMs, expiresAtMs });
    }
    if (isKnown) return { signal, cacheStatus: "hit", source: "snapshot" };
    const isOfFailure = signal?.kind === "failed" && signal.lastKnownOutcome !== null;
    return { signal, cacheStatus: "miss", source: isOfFailure ? "failure_index" : "cold_start" };
  };
};

const isSame = (known: FirstSignal | null, signal: FirstSignal | undefined): boolean =>
  known === null || signal === undefined
    ? known === null && signal === undefined
    : signalEtag(known) === signalEtag(signal);
