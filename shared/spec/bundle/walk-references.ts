import { isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue, SpecDialect } from "../model.ts";
import { escapePointerToken, splitPointer } from "../pointers.ts";
import { BrokenReferenceError, TooManyPartsError } from "./errors.ts";
import { isReferable, type Kind, memberKind, type ReferableKind, sectionPointer } from "./grammar.ts";
import { createReferenceLookUp, type ReferenceSite } from "./look-up.ts";
import { type Part, type PartPlace, type PartSource, placeKey } from "./parts.ts";

/** What becomes of the `$ref` (or the value of a discriminator's mapping) at a place of a part. */
export type Edit = { action: "refer" | "insert"; to: PartPlace };

/** Something outside the document that is referred to, and needs a place in the bundle. */
export type Target = { place: PartPlace; kind: ReferableKind };

/** What one look through a document and its known parts found. */
export type ReferenceWalk = {
  /** By the id of the part, then by pointer. */
  edits: Map<string, Map<string, Edit>>;
  /** By `placeKey`, in the order found. */
  targets: Map<string, Target>;
  /** Pointers in the bundle of what the document itself gives a place, by `placeKey`. */
  homes: Map<string, string>;
  /** Parts that are not known yet, with the first reference to each. */
  wanted: Map<string, ReferenceSite>;
};

/** Places where a part is put in: a small set of files may call for one another without end. */
const maxInserts = 100_000;

/**
 * Looks through `root`, and through everything in `parts` that it leads to, for references to other files. Parts that are
 * not among `parts` are named as wanted; with all of them there, nothing is.
 * @throws BrokenReferenceError
 * @throws TooManyPartsError
 */
export function walkReferences(
  root: Part,
  dialect: SpecDialect,
  parts: ReadonlyMap<string, Part>,
  source: PartSource,
): ReferenceWalk {
  const walk: ReferenceWalk = { edits: new Map(), targets: new Map(), homes: new Map(), wanted: new Map() };
  const { lookUp, follow, siteOf } = createReferenceLookUp(root, parts, source, walk.wanted);
  const waiting: { kind: Kind; place: PartPlace; at: string | undefined }[] = [];
  const entered = new Set<string>();
  const openInserts = new Set<string>();
  let inserts = 0;

  const addEdit = ({ part, pointer }: PartPlace, edit: Edit): void => {
    const edits = walk.edits.get(part.id) ?? new Map<string, Edit>();
    walk.edits.set(part.id, edits.set(pointer, edit));
  };

  const insert = (from: PartPlace, to: PartPlace, at: string | undefined): void => {
    if (++inserts > maxInserts) throw new TooManyPartsError(`files are put into one another ${maxInserts} times`);
    addEdit(from, { action: "insert", to });
    const key = placeKey(to);
    if (at !== undefined && !walk.homes.has(key)) walk.homes.set(key, at);
  };

  /** @param at pointer of the same place in the bundle, where that is known already */
  const visit = (kind: Kind, place: PartPlace, at: string | undefined): void => {
    const { part, pointer, value } = place;
    if (typeof value !== "object" || value === null) return;
    if (kind === "mapping") {
      visitMapping(place);
      return;
    }
    const reference = isJsonObject(value) && kind !== "document" ? ownMember(value, "$ref") : undefined;
    if (isJsonObject(value) && typeof reference === "string") {
      if (!isReferable(kind)) {
        visitPlainReference(kind, place, reference, at);
        return;
      }
      visitReference(kind, place, value, reference, at);
    }
    for (const key in value) {
      const member: JsonValue | undefined = Array.isArray(value) ? value[Number(key)] : value[key];
      const inner = memberKind(kind, key, Array.isArray(value));
      if (inner === undefined || typeof member !== "object" || member === null) continue;
      const below = `${pointer}/${escapePointerToken(key)}`;
      const belowAt = at === undefined ? undefined : at === pointer ? below : `${at}/${escapePointerToken(key)}`;
      visit(inner, { part, pointer: below, value: member }, belowAt);
    }
  };

  const enter = (kind: ReferableKind, place: PartPlace, at: string | undefined, isNow: boolean): void => {
    const key = `${kind} ${placeKey(place)}`;
    if (entered.has(key)) return;
    entered.add(key);
    if (isNow) visit(kind, place, at);
    else waiting.push({ kind, place, at });
  };

  const visitReference = (
    kind: ReferableKind,
    place: PartPlace,
    value: JsonObject,
    reference: string,
    at: string | undefined,
  ): void => {
    const found = lookUp(place, reference);
    if (found === undefined) return;
    const to = follow(found);
    if (to.part === root) {
      if (place.part !== root || found.part !== root) addEdit(place, { action: "refer", to });
      if (!isInGrammar(to.pointer)) enter(kind, to, to.pointer, false);
      return;
    }
    const isAlone = Object.keys(value).length === 1;
    if (isAlone && at !== undefined && isHome(kind, at, dialect) && !walk.homes.has(placeKey(to))) {
      insert(place, to, at);
      enter(kind, to, at, true);
      return;
    }
    addEdit(place, { action: "refer", to });
    addTarget(kind, to);
  };

  const addTarget = (kind: ReferableKind, place: PartPlace): void => {
    const key = placeKey(place);
    if (!walk.targets.has(key)) walk.targets.set(key, { place, kind });
    enter(kind, place, undefined, false);
  };

  const visitPlainReference = (kind: Kind, place: PartPlace, reference: string, at: string | undefined): void => {
    const to = lookUp(place, reference);
    if (to === undefined || (place.part === root && to.part === root)) return;
    const key = placeKey(to);
    if (openInserts.has(key)) {
      throw new BrokenReferenceError(reference, siteOf(place, reference).place, "it leads back to itself");
    }
    insert(place, to, at);
    openInserts.add(key);
    visit(kind, to, at);
    openInserts.delete(key);
  };

  /** A mapping's value is the name of a component or a reference; one that is found nowhere is left as it is. */
  const visitMapping = ({ part, pointer, value }: PartPlace): void => {
    if (!isJsonObject(value)) return;
    for (const [key, target] of Object.entries(value)) {
      if (typeof target !== "string" || !looksLikeReference(target)) continue;
      if (part === root && target.startsWith("#")) continue;
      const place = { part, pointer: `${pointer}/${escapePointerToken(key)}`, value: target };
      const found = lookUp(place, target);
      if (found === undefined) continue;
      const to = follow(found);
      addEdit(place, { action: "refer", to });
      if (to.part !== root) addTarget("schema", to);
    }
  };

  visit("document", { part: root, pointer: "", value: root.value }, "");
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) visit(next.kind, next.place, next.at);
  return walk;
}

function looksLikeReference(target: string): boolean {
  return /[#/]/.test(target) || /\.(?:ya?ml|json)$/i.test(target);
}

/** Whether the look through the document itself comes by `pointer`. */
function isInGrammar(pointer: string): boolean {
  let kind: Kind | undefined = "document";
  for (const token of splitPointer(pointer) ?? []) {
    kind = kind === undefined ? undefined : memberKind(kind, token, /^\d+$/.test(token));
  }
  return kind !== undefined;
}

/** Whether what a lone `$ref` at `at` names may stand there itself: as a component, or as the item of a path. */
function isHome(kind: ReferableKind, at: string, dialect: SpecDialect): boolean {
  const holder = at.slice(0, at.lastIndexOf("/"));
  return holder === sectionPointer(kind, dialect) || (kind === "pathItem" && /^\/(?:paths|webhooks)$/.test(holder));
}
