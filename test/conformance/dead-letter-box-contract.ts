import { describe, expect, it } from "vitest";
import type { DeadLetterBox } from "../../shared/dead-letters/ports.ts";
import { readLetters, redriveLetters } from "../../shared/dead-letters/redrive.ts";

export type BoxUnderTest = {
  box: DeadLetterBox;
  /** Bodies that came back to where letters are sent, so far. */
  sentOn(): Promise<string[]>;
};

const hasTime = () => true;

/** What every dead-letter queue does. `make` gives one with a letter of each body. */
export const deadLetterBoxContract = (name: string, make: (bodies: string[]) => Promise<BoxUnderTest>): void => {
  describe(`dead-letter box: ${name}`, () => {
    const bodies = Array.from({ length: 13 }, (_, index) => `letter ${index}`);
    const bodiesOf = (letters: { body: string }[]) => letters.map(({ body }) => body).sort();

    it("shows its letters as often as one looks, and loses none", async () => {
      const { box, sentOn } = await make(bodies);
      for (let looks = 0; looks < 3; looks += 1)
        expect(bodiesOf(await readLetters(box, 100))).toEqual([...bodies].sort());
      expect(await readLetters(box, 5)).toHaveLength(5);
      expect([await box.count(), await sentOn()]).toEqual([13, []]);
    });

    it("hides a letter from others while somebody holds it", async () => {
      const { box } = await make(["only"]);
      const held = await box.take(10);
      expect([bodiesOf(held), await box.take(10)]).toEqual([["only"], []]);
      await box.putBack(held);
      expect(bodiesOf(await readLetters(box, 10))).toEqual(["only"]);
    });

    it("sends one letter back and keeps the others", async () => {
      const { box, sentOn } = await make(bodies);
      const chosen = (await readLetters(box, 100)).find(({ body }) => body === "letter 7");
      const one = { letterId: chosen?.id ?? "", limit: 100, hasTime };
      expect(await redriveLetters(box, one)).toEqual({ redriven: 1, failed: 0 });
      expect(await sentOn()).toEqual(["letter 7"]);
      expect(bodiesOf(await readLetters(box, 100))).toEqual(bodies.filter((body) => body !== "letter 7").sort());
      expect(await redriveLetters(box, one)).toEqual({ redriven: 0, failed: 0 });
    });

    it("sends all back, each once", async () => {
      const { box, sentOn } = await make(bodies);
      expect(await redriveLetters(box, { limit: 5, hasTime })).toEqual({ redriven: 5, failed: 0 });
      expect(await redriveLetters(box, { limit: 100, hasTime })).toEqual({ redriven: 8, failed: 0 });
      expect((await sentOn()).sort()).toEqual([...bodies].sort());
      expect(await readLetters(box, 100)).toEqual([]);
    });
  });
};
