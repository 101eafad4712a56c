import { isJsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import type { ParsedValue } from "../parse.ts";
import { escapePointerToken } from "../pointers.ts";

/** A file of a description: the document itself, or what it refers to. */
export type Part = Pick<ParsedValue, "value" | "locate"> & {
  /** Absolute in its own way: a path, a URL, `REVISION:PATH`. Also what people are shown. */
  id: string;
};

/** Where parts come from. What may be read at all is decided here. */
export type PartSource = {
  /** The id of what `reference` (a URI reference without its fragment) names in the part `from`; or why it is refused. */
  resolve(reference: string, from: string): { id: string } | { refused: string };
  /** The bytes of a part; or why there are none. */
  read(id: string): Promise<{ bytes: Uint8Array } | { missing: string }>;
};

/** A value in one of the files. */
export type PartPlace = { part: Part; pointer: string; value: JsonValue };

/** Tells places apart. No file name or URL has the separator in it. */
export function placeKey({ part, pointer }: Pick<PartPlace, "part" | "pointer">): string {
  return `${part.id}\0${pointer}`;
}

const namesByPart = new WeakMap<Part, { ids: Set<string>; anchors: Map<string, PartPlace> }>();

/** `$id`s, and the places of `$anchor`s, of a part. Collected when first asked for. */
export function namesOf(part: Part): { ids: ReadonlySet<string>; anchors: ReadonlyMap<string, PartPlace> } {
  const known = namesByPart.get(part);
  if (known !== undefined) return known;
  const names = { ids: new Set<string>(), anchors: new Map<string, PartPlace>() };
  namesByPart.set(part, names);
  const seen = new Set<JsonValue>();
  const waiting: PartPlace[] = [{ part, pointer: "", value: part.value }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, pointer } = place;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (isJsonObject(value)) {
      for (const keyword of ["$id", "$self"]) {
        const id = value[keyword];
        if (typeof id === "string") names.ids.add(id.replace(/#$/, ""));
      }
      for (const keyword of ["$anchor", "$dynamicAnchor"]) {
        const anchor = value[keyword];
        if (typeof anchor === "string" && !names.anchors.has(anchor)) names.anchors.set(anchor, place);
      }
    }
    for (const [key, member] of Object.entries(value)) {
      waiting.push({ part, pointer: `${pointer}/${escapePointerToken(key)}`, value: member });
    }
  }
  return names;
}
