import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { countOperations } from "../normalize/operations.ts";
import { pathKeyOf } from "../normalize/path-keys.ts";
import type { ParsedDocument } from "../parse.ts";
import { decodeFragment } from "../pointers.ts";
import { markChangedPairs } from "./changed-pairs.ts";
import { addDeeply, readMore, referencesOf } from "./read-more.ts";
import { type Container, TreePairs } from "./tree-pairs.ts";

/** What of one document has to be read in order to compare it with the other. */
export type Slice = {
  /** Every container that may not mean the same in the other document. */
  changed: Set<JsonValue>;
  /** The path items to read; the others mean the same in both documents. */
  paths: JsonValue | undefined;
  webhooks: JsonValue | undefined;
  /** Places of schemas to read though nothing that is read may lead to them. */
  alsoRead: string[];
  /** Operations under the paths that are left out. */
  operationsLeftOut: number;
};

export type Slices = {
  before: Slice;
  after: Slice;
  /** Adds what stands at these places of either document, and all that it leads to. */
  readMore(pointers: readonly string[]): void;
};

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
  const changedBefore = new Set<JsonValue>();
  const changedAfter = new Set<JsonValue>();
  let changedPairs = 0;
  for (let id = 0; id < marked.length; id++) if (marked[id] === 1) changedPairs++;
  if (changedPairs > pairs.count * maxChangedPart) return undefined;
  const redirected: string[] = [];
  pairs.visit(marked, (old, fresh) => {
    changedBefore.add(old);
    changedAfter.add(fresh);
    redirected.push(...redirectedReferences(old, fresh));
  });
  for (const container of pairs.onlyBefore) addDeeply(changedBefore, container);
  for (const container of pairs.onlyAfter) addDeeply(changedAfter, container);
  const parts = [
    { document: before.document, changed: changedBefore },
    { document: after.document, changed: changedAfter },
  ] as const;
  readMore(parts, redirected);
  const isEverythingRead = differsForAllOperations(before.document, after.document, changedBefore, changedAfter);
  const keep = sharedAddresses(before.document, after.document);
  const cut = ({ document, dialect }: ParsedDocument, changed: Set<JsonValue>): Slice => {
    const isRead = (path: string, item: JsonValue): boolean =>
      isEverythingRead || changed.has(item) || !isJsonObject(item) || "$ref" in item || keep.has(path);
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
    return { changed, paths, webhooks, alsoRead: [], operationsLeftOut };
  };
  return {
    before: cut(before, changedBefore),
    after: cut(after, changedAfter),
    readMore: (pointers) => readMore(parts, pointers),
  };
}

/** Where references lead that were pointed elsewhere: what stands at one place meets what stands at another. */
function redirectedReferences(before: Container, after: Container): string[] {
  if (!isJsonObject(before) || !isJsonObject(after) || before.$ref === after.$ref) return [];
  return [...referencesOf(before), ...referencesOf(after)].map((reference) => decodeFragment(reference.slice(1)));
}

/** Whether something differs that operations take over without referring to it: security, servers, media types, … */
function differsForAllOperations(
  before: JsonObject,
  after: JsonObject,
  changedBefore: ReadonlySet<JsonValue>,
  changedAfter: ReadonlySet<JsonValue>,
): boolean {
  const differs = (old: JsonValue | undefined, fresh: JsonValue | undefined): boolean =>
    typeof old === "object" && old !== null
      ? changedBefore.has(old) || fresh === undefined
      : typeof fresh === "object" && fresh !== null
        ? changedAfter.has(fresh) || old === undefined
        : old !== fresh;
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (selfContained.has(key) || key.startsWith("x-")) continue;
    if (differs(before[key], after[key])) return true;
  }
  const schemes = ({ components }: JsonObject) => (isJsonObject(components) ? components.securitySchemes : undefined);
  return differs(schemes(before), schemes(after));
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
