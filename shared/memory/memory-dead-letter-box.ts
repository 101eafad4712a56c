import type { DeadLetter } from "../dead-letters/dead-letter.ts";
import type { DeadLetterBox } from "../dead-letters/ports.ts";
import { storedCopy } from "./stored.ts";

/** A dead-letter queue in memory; `sentOn` has what was sent back. Takes two letters at once, as queues take some. */
export const memoryDeadLetterBox = (letters: readonly DeadLetter[] = []) => {
  const lying = new Map(letters.map((letter) => [letter.id, storedCopy(letter)]));
  const held = new Set<string>();
  const sentOn: DeadLetter[] = [];
  const box: DeadLetterBox = {
    count: async () => lying.size,
    async take(limit) {
      const free = [...lying.values()].filter(({ id }) => !held.has(id)).slice(0, Math.min(limit, 2));
      for (const { id } of free) held.add(id);
      return free.map((letter) => ({ ...storedCopy(letter), handle: letter.id }));
    },
    async putBack(taken) {
      for (const { id } of taken) held.delete(id);
    },
    async sendOn({ handle: _, ...letter }) {
      sentOn.push(storedCopy(letter));
      lying.delete(letter.id);
      held.delete(letter.id);
    },
  };
  return { ...box, sentOn };
};
