import type { FirstSignal } from "./signal.ts";

/** What is remembered of a run, to be told again. */
export type SignalEntry = {
  tenantId: string;
  runId: string;
  /** `null`: the run is there and has nothing to say yet. */
  signal: FirstSignal | null;
  /** When the run was last looked at; just before it was read. */
  checkedAtMs: number;
  expiresAtMs: number;
};

/** Signals that were made before. Reads may be a little behind; what is expired may be given back. */
export type SignalStore = {
  get(tenantId: string, runId: string): Promise<SignalEntry | undefined>;
  /** Keeps the entry, unless there is one that was checked later. */
  put(entry: SignalEntry): Promise<void>;
};
