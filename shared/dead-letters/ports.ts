import type { DeadLetter } from "./dead-letter.ts";

/** A letter that nobody else gets for a while; it comes back by itself when it is neither put back nor sent on. */
export type HeldLetter<Handle = unknown> = DeadLetter & { handle: Handle };

/** One dead-letter queue, and the way back to where its letters came from. */
export type DeadLetterBox<Handle = unknown> = {
  /** About how many there are. */
  count(): Promise<number>;
  /** Takes some of the letters that nobody holds, `limit` at most; an empty list when there are none. */
  take(limit: number): Promise<HeldLetter<Handle>[]>;
  /** Lets others have them again at once. */
  putBack(letters: readonly HeldLetter<Handle>[]): Promise<void>;
  /** Sends a letter to where it came from, then removes it: who dies in between leaves it in both, and never in none. */
  sendOn(letter: HeldLetter<Handle>): Promise<void>;
};
