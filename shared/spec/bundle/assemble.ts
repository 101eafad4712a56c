import { compareStrings } from "../canonical-json.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue, SpecDialect } from "../model.ts";
import type { SourcePosition } from "../parse.ts";
import { escapePointerToken, splitPointer } from "../pointers.ts";
import { nameComponent } from "./component-names.ts";
import { sectionPointer } from "./grammar.ts";
import { type Part, type PartPlace, placeKey } from "./parts.ts";
import type { Edit, ReferenceWalk, Target } from "./walk-references.ts";

/** One document made of several. */
export type Assembly = { document: JsonObject; locate(pointer: string): SourcePosition | undefined };

/**
 * Makes one document of `root` and everything that `walk` found: what is referred to stands among the components, once,
 * and references lead there. What nothing changes in is shared with the parts, not copied.
 */
export function assembleBundle(root: Part, dialect: SpecDialect, walk: ReferenceWalk): Assembly {
  const mounts = new Map<string, PartPlace>();
  const homes = new Map(walk.homes);
  const touched = touchedPlaces(walk.edits);

  const homeOf = (place: PartPlace): string | undefined => {
    if (place.part === root) return place.pointer;
    let pointer = place.pointer;
    for (;;) {
      const home = homes.get(placeKey({ part: place.part, pointer }));
      if (home !== undefined) return home + place.pointer.slice(pointer.length);
      if (pointer === "") return undefined;
      pointer = pointer.slice(0, pointer.lastIndexOf("/"));
    }
  };

  const referenceTo = (place: PartPlace): string => `#${(homeOf(place) ?? "").replaceAll("%", "%25")}`;

  const materialise = ({ part, pointer, value }: PartPlace, at: string): JsonValue => {
    const edit = walk.edits.get(part.id)?.get(pointer);
    if (edit?.action === "insert") {
      mounts.set(at, edit.to);
      return materialise(edit.to, at);
    }
    if (edit !== undefined && typeof value === "string") return referenceTo(edit.to);
    if (typeof value !== "object" || value === null || touched.get(part.id)?.has(pointer) !== true) return value;
    const below = (key: string | number, member: JsonValue): JsonValue => {
      const token = typeof key === "number" ? String(key) : escapePointerToken(key);
      return materialise({ part, pointer: `${pointer}/${token}`, value: member }, `${at}/${token}`);
    };
    if (Array.isArray(value)) return value.map((item, index) => below(index, item));
    const copy: JsonObject = {};
    for (const key in value) copy[key] = below(key, value[key] ?? null);
    if (edit !== undefined) copy.$ref = referenceTo(edit.to);
    return copy;
  };

  const named = nameTargets([...walk.targets.values()], root, dialect, walk, homes, homeOf);
  let document = objectOf(materialise({ part: root, pointer: "", value: root.value }, ""));
  for (const { place, home } of named) {
    mounts.set(home, place);
    document = objectOf(withMember(document, splitPointer(home) ?? [], materialise(place, home)));
  }
  return { document, locate: (pointer) => locateIn(root, mounts, pointer) };
}

/** Every place that an edit is at or below, by the id of the part. */
function touchedPlaces(edits: ReferenceWalk["edits"]): Map<string, Set<string>> {
  const touched = new Map<string, Set<string>>();
  for (const [id, byPointer] of edits) {
    const pointers = new Set<string>([""]);
    for (let pointer of byPointer.keys()) {
      while (!pointers.has(pointer)) {
        pointers.add(pointer);
        pointer = pointer.slice(0, pointer.lastIndexOf("/"));
      }
    }
    touched.set(id, pointers);
  }
  return touched;
}

/** Gives a home to each target that has none in the document or inside of another; the names do not depend on the order found. */
function nameTargets(
  targets: readonly Target[],
  root: Part,
  dialect: SpecDialect,
  { edits }: ReferenceWalk,
  homes: Map<string, string>,
  homeOf: (place: PartPlace) => string | undefined,
): { place: PartPlace; home: string }[] {
  const ordered = targets.toSorted(
    (a, b) =>
      depthOf(a.place) - depthOf(b.place) ||
      compareStrings(a.place.part.id, b.place.part.id) ||
      compareStrings(a.place.pointer, b.place.pointer),
  );
  const takenBySection = new Map<string, Set<string>>();
  const named: { place: PartPlace; home: string }[] = [];
  for (const { place, kind } of ordered) {
    const section = sectionPointer(kind, dialect);
    if (homeOf(place) !== undefined) continue;
    const taken = takenBySection.get(section) ?? takenNames(root, section, edits);
    takenBySection.set(section, taken);
    const name = nameComponent(place, taken);
    const home = `${section}/${escapePointerToken(name)}`;
    taken.add(name);
    homes.set(placeKey(place), home);
    named.push({ place, home });
  }
  return named.sort((a, b) => compareStrings(a.home, b.home));
}

/** Outer places come before those inside of them, and files near the document before those in folders below. */
function depthOf({ part, pointer }: PartPlace): number {
  return part.id.split("/").length * 1_000 + (pointer === "" ? 0 : pointer.split("/").length);
}

/** Names that the document gives itself in a section, which may be another file. */
function takenNames(root: Part, section: string, edits: ReadonlyMap<string, ReadonlyMap<string, Edit>>): Set<string> {
  let place: PartPlace = { part: root, pointer: "", value: root.value };
  const passInserts = () => {
    for (;;) {
      const edit = edits.get(place.part.id)?.get(place.pointer);
      if (edit?.action !== "insert") return;
      place = edit.to;
    }
  };
  for (const token of splitPointer(section) ?? []) {
    const value: JsonValue | undefined = isJsonObject(place.value) ? place.value[token] : undefined;
    place = { part: place.part, pointer: `${place.pointer}/${token}`, value: value ?? null };
    passInserts();
  }
  return new Set(isJsonObject(place.value) ? Object.keys(place.value) : []);
}

function objectOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** `holder` with `member` at the place that `tokens` lead to; what is on the way is copied. */
function withMember(holder: JsonValue | undefined, tokens: readonly string[], member: JsonValue): JsonValue {
  const [token, ...rest] = tokens;
  if (token === undefined) return member;
  const object = isJsonObject(holder) ? holder : {};
  return { ...object, [token]: withMember(object[token], rest, member) };
}

function locateIn(root: Part, mounts: ReadonlyMap<string, PartPlace>, pointer: string): SourcePosition | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const mount = mounts.get(at);
    if (mount !== undefined) {
      const inPart = mount.pointer + pointer.slice(at.length);
      const position = mount.part.locate(inPart);
      return position === undefined ? undefined : { ...position, source: mount.part.id, pointer: inPart };
    }
    if (at === "") return root.locate(pointer);
  }
}
