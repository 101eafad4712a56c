import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { countOperations } from "../normalize/operations.ts";
import { pathKeyOf } from "../normalize/path-keys.ts";
import type { ParsedDocument } from "../parse.ts";
import { decodeFragment } from "../pointers.ts";
import { markChangedPairs, markDifferentPairs } from "./changed-pairs.ts";
import { type ConduitsOfSide, findConduits } from "./find-conduits.ts";
import { addDeeply, readMore, referencesOf } from "./read-more.ts";
import type { Slice, Slices } from "./slice.ts";
import { type Container, TreePairs } from "./tree-pairs.ts";

/** Members of a document whose difference changes nothing but what stands in them, or refers to it. */
const selfContained = new Set([
  "openapi",
  "swagger",
  "info",
  "paths",
  "webhooks",
  "components",
  "definitions",
  "parameters",
  "responses",
  "tags",
  "externalDocs",
]);

/**
 * Lays two documents side by side and cuts out what differs and what depends on it.
 * @param maxChangedPart of all places; above it, reading everything costs less than telling what need not be read
 * @returns `undefined` where that is not worth the while, or cannot be told from the documents alone
 */
export function sliceDocuments(
  before: ParsedDocument,
  after: ParsedDocument,
  maxChangedPart: number,
): Slices | undefined {
  if (before.dialect !== after.dialect || before.sharesObjects || after.sharesObjects) return undefined;
  const pairs = new TreePairs(before.document, after.document);
  const marked = markChangedPairs(pairs);
  if (marked === undefined) return undefined;
  const isEverythingRead = differsForAllOperations(pairs, marked);
  const keep = sharedAddresses(before.document, after.document);
  const different = markDifferentPairs(pairs);
  const conduits = findConduits(pairs, { changed: marked, different }, (path) => !isEverythingRead && !keep.has(path));
  let readPairs = 0;
  for (const mark of conduits.read) readPairs += mark;
  if (readPairs > pairs.count * maxChangedPart) return undefined;
  const newPart = (document: JsonObject) => ({ document, changed: new Set<JsonValue>(), alike: new Set<JsonValue>() });
  const parts = [newPart(before.document), newPart(after.document)] as const;
  const redirected: string[] = [];
  pairs.visit(conduits.read, (old, fresh, id) => {
    parts[0].changed.add(old);
    parts[1].changed.add(fresh);
    if (different[id] === 1) redirected.push(...redirectedReferences(old, fresh));
    else {
      parts[0].alike.add(old);
      parts[1].alike.add(fresh);
    }
  });
  for (const container of pairs.onlyBefore) addDeeply(parts[0].changed, container);
  for (const container of pairs.onlyAfter) addDeeply(parts[1].changed, container);
  readMore(parts, redirected);
  const cut = (
    { document, dialect }: ParsedDocument,
    { changed, alike }: (typeof parts)[number],
    { schemas, operations, pathItems }: ConduitsOfSide,
  ): Slice => {
    const isRead = (path: string, item: JsonValue): boolean =>
      isEverythingRead ||
      changed.has(item) ||
      pathItems.has(item) ||
      !isJsonObject(item) ||
      "$ref" in item ||
      keep.has(path);
    const paths: JsonObject = {};
    let operationsLeftOut = 0;
    const written = isJsonObject(document.paths) ? document.paths : {};
    for (const path in written) {
      const item = written[path] ?? null;
      if (isRead(path, item)) paths[path] = item;
      else if (!path.startsWith("x-") && isJsonObject(item)) operationsLeftOut += countOperations(item, dialect);
    }
    const webhooks: JsonObject = {};
    if (isJsonObject(document.webhooks)) {
      for (const [name, item] of Object.entries(document.webhooks)) if (isRead(name, item)) webhooks[name] = item;
    }
    return {
      changed,
      alike,
      conduits: schemas,
      conduitOperations: operations,
      paths,
      webhooks,
      alsoRead: [],
      operationsLeftOut,
    };
  };
  return {
    before: cut(before, parts[0], conduits.sides[0]),
    after: cut(after, parts[1], conduits.sides[1]),
    leads: conduits.leads,
    readMore: (pointers) => readMore(parts, pointers),
  };
}

/** Where references lead that were pointed elsewhere: what stands at one place meets what stands at another. */
function redirectedReferences(before: Container, after: Container): string[] {
  if (!isJsonObject(before) || !isJsonObject(after) || before.$ref === after.$ref) return [];
  return [...referencesOf(before), ...referencesOf(after)].map((reference) => decodeFragment(reference.slice(1)));
}

/** Whether something differs that operations take over without referring to it: security, servers, media types, … */
function differsForAllOperations(pairs: TreePairs, marked: Uint8Array): boolean {
  const { before, after } = pairs.root;
  const members = pairs.childrenOf(pairs.root);
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (selfContained.has(key) || key.startsWith("x-")) continue;
    const member = members.get(key);
    if (member === undefined ? before[key] !== after[key] : marked[member.id] === 1) return true;
  }
  const schemes = pairs.find(["components", "securitySchemes"]);
  return typeof schemes === "object" ? marked[schemes.id] === 1 : schemes === "unpaired";
}

/** Paths that are one address as soon as the names of their parameters are erased: which pairs with which depends on all. */
function sharedAddresses(before: JsonObject, after: JsonObject): ReadonlySet<string> {
  const pathOf = new Map<string, string>();
  const shared = new Set<string>();
  for (const paths of [before.paths, after.paths, before.webhooks, after.webhooks]) {
    if (!isJsonObject(paths)) continue;
    for (const path in paths) {
      const key = pathKeyOf(path);
      const known = pathOf.get(key);
      if (known === undefined) pathOf.set(key, path);
      else if (known !== path) shared.add(known).add(path);
    }
  }
  return shared;
}
