import fc from "fast-check";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { chooserOf } from "./chooser.ts";
import { defaultRespellings } from "./default-respellings.ts";
import { orderRespellings } from "./order-respellings.ts";
import { encodedReferences, referenceRespellings } from "./reference-respellings.ts";
import type { Respelling } from "./respelling.ts";
import { structureRespellings } from "./structure-respellings.ts";

/** Every re-spelling that leaves an API what it is. */
export const respellings: Respelling[] = [
  ...orderRespellings,
  ...referenceRespellings,
  ...structureRespellings,
  ...defaultRespellings,
];

/** Names a re-spelling, and where it is applied: the same seed chooses the same places. */
export type Step = { respelling: string; seed: number };

/** One step of re-spelling. */
export const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  respelling: fc.constantFrom(...respellings.map(({ name }) => name)),
  seed: fc.nat(),
});

/**
 * `document` after `steps`, itself untouched. References are percent-encoded last: the others read them as they stand.
 */
export function respell(document: JsonObject, steps: readonly Step[]): JsonObject {
  let respelled = JSON.parse(JSON.stringify(document));
  const isLast = ({ respelling }: Step) => respelling === encodedReferences;
  for (const { respelling, seed } of [...steps.filter((step) => !isLast(step)), ...steps.filter(isLast)]) {
    const found = respellings.find(({ name }) => name === respelling);
    if (found === undefined) throw new RangeError(`there is no re-spelling ${respelling}`);
    respelled = JSON.parse(JSON.stringify(found.apply(respelled, chooserOf(seed))));
  }
  return respelled;
}
