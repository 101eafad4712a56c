import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { followTokens } from "../normalize/references.ts";
import { decodeFragment, splitPointer } from "../pointers.ts";

/** A document and the containers in it that are read. */
export type ReadPart = {
  document: JsonObject;
  changed: Set<JsonValue>;
};

/**
 * Adds what stands at `pointers`, and all that it leads to, to what is read of both documents: alike in both, so that a
 * place is read in both or in neither.
 */
export function readMore(parts: readonly [ReadPart, ReadPart], pointers: readonly string[]): void {
  const seen = new Set<string>();
  const waiting = [...pointers];
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    const tokens = splitPointer(pointer);
    if (tokens === undefined) continue;
    for (const { document, changed } of parts) {
      const place = followTokens(document, tokens, "");
      if (place === undefined) continue;
      for (const reference of addDeeply(changed, place.value)) waiting.push(decodeFragment(reference.slice(1)));
    }
  }
}

/**
 * Adds every container of `value` to `changed`.
 * @returns what they refer to, as written: `#/…`
 */
export function addDeeply(changed: Set<JsonValue>, value: JsonValue): string[] {
  const references: string[] = [];
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    changed.add(next);
    if (isJsonObject(next)) references.push(...referencesOf(next));
    for (const member of Object.values(next)) if (typeof member === "object" && member !== null) waiting.push(member);
  }
  return references;
}

/** What `object` itself refers to in its own document: by `$ref`, or by the mapping of its discriminator. */
export function referencesOf({ $ref, discriminator }: JsonObject): string[] {
  const references = typeof $ref === "string" && $ref.startsWith("#") ? [$ref] : [];
  const mapping = isJsonObject(discriminator) ? discriminator.mapping : undefined;
  if (!isJsonObject(mapping)) return references;
  for (const target of Object.values(mapping)) {
    if (typeof target !== "string") continue;
    if (target.startsWith("#/")) references.push(target);
    references.push(`#/components/schemas/${target.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
  return references;
}
