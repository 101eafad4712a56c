import type { Evidence } from "../evidence.ts";

/** What looking at one promise came to. */
export type Verdict = {
  /** Things that were looked at: none means that nothing was shown. */
  looked: number;
  /** The story of each that breaks the promise. */
  broken: string[];
};

/** A promise of the system, as a sentence, and how it is seen in the evidence. */
export type Invariant = {
  promise: string;
  /** Whether it only holds once everything has settled, so that it is waited for. */
  settles?: true;
  check(evidence: Evidence): Verdict;
};

/** The verdict over `things`: a story for each that has one. */
export const judgeEach = <T>(things: Iterable<T>, storyOf: (thing: T) => string | string[] | undefined): Verdict => {
  const all = [...things];
  return { looked: all.length, broken: all.flatMap((thing) => storyOf(thing) ?? []) };
};
