import { isJsonObject, ownMember } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { decodeFragment, escapePointerToken, splitPointer } from "../pointers.ts";
import { BrokenReferenceError } from "./errors.ts";
import { namesOf, type Part, type PartPlace, type PartSource, placeKey } from "./parts.ts";

/** A reference and where it is written: `apis/pets.yaml:12`. */
export type ReferenceSite = { reference: string; place: string };

/** References that lead to references: more than this in a row is a mistake or an attack. */
const maxReferenceChain = 100;

/**
 * What references lead to, among the known `parts`. `undefined` is given for what is not to be followed here: a part that
 * is `wanted` first, a `$id`, a place within `root` that is not there (normalizing tells of that one).
 */
export function createReferenceLookUp(
  root: Part,
  parts: ReadonlyMap<string, Part>,
  source: PartSource,
  wanted: Map<string, ReferenceSite>,
) {
  const siteOf = ({ part, pointer, value }: PartPlace, reference: string): ReferenceSite => {
    const written = isJsonObject(value) ? `${pointer}/$ref` : pointer;
    const line = part.locate(written)?.line;
    return { reference, place: line === undefined ? part.id : `${part.id}:${line}` };
  };

  const fail = (place: PartPlace, reference: string, reason: string): never => {
    throw new BrokenReferenceError(reference, siteOf(place, reference).place, reason);
  };

  const partOf = (place: PartPlace, file: string, reference: string): Part | undefined => {
    if (file === "") return place.part;
    if (namesOf(place.part).ids.has(file) || namesOf(root).ids.has(file)) return undefined;
    const resolved = source.resolve(file, place.part.id);
    if ("refused" in resolved) return fail(place, reference, resolved.refused);
    const part = parts.get(resolved.id);
    if (part === undefined && !wanted.has(resolved.id)) wanted.set(resolved.id, siteOf(place, reference));
    return part;
  };

  /**
   * @throws BrokenReferenceError
   */
  const lookUp = (place: PartPlace, reference: string, steps = 0): PartPlace | undefined => {
    if (steps > maxReferenceChain) return fail(place, reference, "it leads back to itself");
    const hash = reference.indexOf("#");
    const part = partOf(place, hash === -1 ? reference : reference.slice(0, hash), reference);
    if (part === undefined) return undefined;
    const fragment = hash === -1 ? "" : decodeFragment(reference.slice(hash + 1));
    const tokens = splitPointer(fragment);
    if (tokens === undefined) {
      const anchor = namesOf(part).anchors.get(fragment);
      if (anchor !== undefined || (part === root && place.part === root)) return anchor;
      return fail(place, reference, `${part.id} has no $anchor ${fragment}`);
    }
    let current: PartPlace = { part, pointer: "", value: part.value };
    for (const token of tokens) {
      let member = memberOf(current.value, token);
      for (let crossed = 0; member === undefined; crossed++) {
        // The way may lead through a reference: `openapi.yaml#/components/schemas/Pet`, where `schemas` is another file.
        const onward: JsonValue | undefined = isJsonObject(current.value)
          ? ownMember(current.value, "$ref")
          : undefined;
        if (typeof onward !== "string" || crossed > maxReferenceChain) {
          if (part === root && place.part === root) return undefined;
          return fail(place, reference, `${part.id} has nothing at ${fragment}`);
        }
        const next = lookUp(current, onward, steps + 1);
        if (next === undefined) return undefined;
        current = next;
        member = memberOf(current.value, token);
      }
      current = { part: current.part, pointer: `${current.pointer}/${escapePointerToken(token)}`, value: member };
    }
    return current;
  };

  /** Where a place that merely refers on leads in the end; the place itself when it leads in a ring. */
  const follow = (start: PartPlace): PartPlace => {
    const passed = new Set<string>();
    let current = start;
    while (current.part !== root && isJsonObject(current.value)) {
      const reference = ownMember(current.value, "$ref");
      if (typeof reference !== "string" || Object.keys(current.value).length > 1) return current;
      if (passed.has(placeKey(current))) return start;
      passed.add(placeKey(current));
      const next = lookUp(current, reference);
      if (next === undefined) return current;
      current = next;
    }
    return current;
  };

  return { lookUp, follow, siteOf };
}

function memberOf(value: JsonValue, token: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isJsonObject(value) ? ownMember(value, token) : undefined;
}
