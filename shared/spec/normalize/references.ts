import { isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { decodeFragment, escapePointerToken, splitPointer } from "../pointers.ts";
import { type NormalizeContext, warn } from "./context.ts";

/** A value and the pointer of the place where it stands. */
export type Place<T extends JsonValue = JsonValue> = {
  value: T;
  pointer: string;
  /** Set where several places may lead here: worth remembering what was read. */
  isShared?: true;
};

/** Places that have a name of their own: `$id` (absolute or relative) and `#anchor`. */
export type Places = Map<string, Place>;

/** References that lead to references: more than this in a row is a mistake or an attack. */
const maxReferenceChain = 100;

/**
 * Finds what `reference` names in the document itself. `undefined` for other documents and for places that do not exist;
 * the caller decides what to make of that, a warning is given here.
 * @param from pointer of the object that holds the reference, for the warning
 */
export function findReference(context: NormalizeContext, reference: string, from: string): Place | undefined {
  const known = context.placesByRef.get(reference);
  if (known !== undefined) return known;
  const place = lookUp(context, reference, from);
  if (place !== undefined) context.placesByRef.set(reference, place);
  return place;
}

function lookUp(context: NormalizeContext, reference: string, from: string): Place | undefined {
  const self = context.document.$self;
  const local =
    typeof self === "string" && self !== "" && reference.startsWith(`${self}#`)
      ? reference.slice(self.length)
      : reference;
  if (local.startsWith("#")) {
    const fragment = decodeFragment(local.slice(1));
    const tokens = splitPointer(fragment);
    const place =
      tokens === undefined
        ? namedPlaces(context).get(`#${fragment}`)
        : followTokens(context.document, tokens, context.base);
    if (place !== undefined) return place;
    warn(context, "dangling-ref", reference, `the reference ${reference} leads nowhere`, from);
    return undefined;
  }
  const hash = local.indexOf("#");
  const resource = context.refSiblingsCount
    ? namedPlaces(context).get(hash === -1 ? local : local.slice(0, hash))
    : undefined;
  if (resource !== undefined) {
    const tokens = hash === -1 ? [] : splitPointer(decodeFragment(local.slice(hash + 1)));
    const place = tokens === undefined ? undefined : followTokens(resource.value, tokens, resource.pointer);
    if (place !== undefined) return place;
  }
  warn(
    context,
    "external-ref",
    reference,
    `the reference ${reference} leads to another document, which was not read`,
    from,
  );
  return undefined;
}

/**
 * `value` itself when it is an object without `$ref`, else what its chain of references ends in. For everything that is not
 * a schema. `undefined`, with a warning, when there is no object in the end.
 */
export function dereference(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
): Place<JsonObject> | undefined {
  let place: Place | undefined = value === undefined ? undefined : { value, pointer };
  for (let steps = 0; place !== undefined; steps++) {
    if (!isJsonObject(place.value)) {
      warn(context, "not-an-object", place.pointer, "an object was expected here; the value is ignored", place.pointer);
      return undefined;
    }
    const reference: JsonValue | undefined = ownMember(place.value, "$ref");
    if (typeof reference !== "string") {
      return steps === 0
        ? { value: place.value, pointer }
        : { value: place.value, pointer: place.pointer, isShared: true };
    }
    if (steps === maxReferenceChain) {
      warn(context, "ref-cycle", reference, `the reference ${reference} leads back to itself`, place.pointer);
      return undefined;
    }
    place = findReference(context, reference, place.pointer);
  }
  return undefined;
}

/** What the tokens lead to from `root`, which stands at `base`. */
export function followTokens(root: JsonValue, tokens: readonly string[], base: string): Place | undefined {
  let value: JsonValue | undefined = root;
  let pointer = base;
  for (const token of tokens) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else value = isJsonObject(value) ? ownMember(value, token) : undefined;
    if (value === undefined) return undefined;
    pointer += `/${escapePointerToken(token)}`;
  }
  return { value, pointer };
}

/** Collects `$id`, `$anchor` and `$dynamicAnchor` of the whole document, the first time that a reference needs one. */
function namedPlaces(context: NormalizeContext): Places {
  if (context.places !== undefined) return context.places;
  const places: Places = new Map();
  context.places = places;
  const seen = new Set<JsonValue>();
  const waiting: Place[] = [{ value: context.document, pointer: context.base }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, pointer } = place;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (!Array.isArray(value)) {
      for (const [keyword, prefix] of [
        ["$id", ""],
        ["$anchor", "#"],
        ["$dynamicAnchor", "#"],
      ] as const) {
        const name = ownMember(value, keyword);
        if (typeof name === "string" && !places.has(prefix + name)) places.set(prefix + name, place);
      }
    }
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === "object" && member !== null)
        waiting.push({ value: member, pointer: `${pointer}/${escapePointerToken(key)}` });
    }
  }
  return places;
}
