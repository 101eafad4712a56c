import type { DeadLetter } from "./dead-letter.ts";
import type { DeadLetterBox, HeldLetter } from "./ports.ts";

/**
 * The letters of a box, oldest first, `limit` at most. All that were taken are back when it returns.
 */
export const readLetters = async (box: DeadLetterBox, limit: number): Promise<DeadLetter[]> => {
  const held: HeldLetter[] = [];
  try {
    for (;;) {
      const taken = held.length < limit ? await box.take(limit - held.length) : [];
      if (taken.length === 0) break;
      held.push(...taken);
    }
  } finally {
    await box.putBack(held);
  }
  return held.map(({ handle: _, ...letter }) => letter).sort((a, b) => a.sentAtMs - b.sentAtMs);
};

/** Redrives of letters that failed stay in the box, and are counted. */
export type Redrive = { redriven: number; failed: number };

/**
 * Sends letters back to where they came from, all or the one of `letterId`, `limit` at most and as long as there is time.
 * A letter that came twice does no harm: whoever reads these queues takes every message as one that may have come before.
 */
export const redriveLetters = async (
  box: DeadLetterBox,
  { letterId, limit, hasTime }: { letterId?: string | undefined; limit: number; hasTime(): boolean },
): Promise<Redrive> => {
  const done: Redrive = { redriven: 0, failed: 0 };
  const passedOver: HeldLetter[] = [];
  try {
    while (done.redriven + done.failed < limit && hasTime()) {
      const taken = await box.take(letterId === undefined ? limit - done.redriven - done.failed : limit);
      if (taken.length === 0) break;
      const wanted = taken.filter(({ id }) => letterId === undefined || id === letterId);
      passedOver.push(...taken.filter((letter) => !wanted.includes(letter)));
      const sent = await Promise.allSettled(wanted.map((letter) => box.sendOn(letter)));
      for (const [index, { status }] of sent.entries()) {
        const letter = wanted[index];
        if (status === "fulfilled") done.redriven += 1;
        else done.failed += 1;
        if (status === "rejected" && letter !== undefined) passedOver.push(letter);
      }
      if (letterId !== undefined && wanted.length > 0) break;
    }
  } finally {
    await box.putBack(passedOver);
  }
  return done;
};
