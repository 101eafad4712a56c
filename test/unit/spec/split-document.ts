import { posix } from "node:path";
import { dump } from "js-yaml";
import { bundleDocument, type PartLimits } from "../../../shared/spec/bundle/bundle-document.ts";
import type { PartSource } from "../../../shared/spec/bundle/parts.ts";
import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { type ParsedDocument, parseDocument } from "../../../shared/spec/parse.ts";
import { escapePointerToken, splitPointer } from "../../../shared/spec/pointers.ts";
import { bytesOf } from "./documents.ts";

/** Files by path. */
export type Files = Record<string, string>;

export const rootFile = "api/openapi.json";

/** Where a piece of the document goes: a file of its own (`within` is `""`), or a place in a file of several. */
export type Destination = {
  file: string;
  within: string;
  /** A `$ref` stays behind in the document. Path items, and what stands inside something else, always leave one. */
  leavesAlias: boolean;
};

/**
 * The same document as several files: every piece that `destinationOf` names moves, and references are written anew.
 * @param pieces pointers of what may move; one inside of another is not supported
 */
export function splitDocument(
  document: JsonObject,
  pieces: readonly string[],
  destinationOf: (piece: string) => Destination | undefined,
): Files {
  const moved = new Map(
    pieces.flatMap((piece) => {
      const destination = destinationOf(piece);
      return destination === undefined ? [] : [[piece, destination] as const];
    }),
  );
  const trees: Record<string, JsonValue> = {};

  const rewrite = (value: JsonValue, file: string): JsonValue => {
    if (Array.isArray(value)) return value.map((item) => rewrite(item, file));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        const isReference = typeof member === "string" && member.startsWith("#/");
        return [key, isReference ? referenceFrom(file, decodeURIComponent(member.slice(1))) : rewrite(member, file)];
      }),
    );
  };

  const referenceFrom = (file: string, pointer: string): string => {
    const piece = [...moved.keys()].find((moving) => pointer === moving || pointer.startsWith(`${moving}/`));
    const destination = piece === undefined ? undefined : moved.get(piece);
    const target = destination?.file ?? rootFile;
    const within = (destination?.within ?? "") + pointer.slice(piece?.length ?? 0);
    const path = target === file ? "" : posix.relative(posix.dirname(file), target);
    return encodeURI(path !== "" && within === "" ? path : `${path}#${within}`);
  };

  const root = structuredClone(document);
  for (const [piece, { file, within, leavesAlias }] of moved) {
    const content = rewrite(valueAt(document, piece), file);
    trees[file] = withValue(trees[file], within, content);
    const isComponent = /^\/components\/[^/]+\/[^/]+$/.test(piece);
    const alias = leavesAlias || !isComponent ? { $ref: `\0${referenceFrom(rootFile, piece)}` } : undefined;
    withValue(root, piece, alias);
  }
  // The mark keeps references that are written already from being written again.
  const written = JSON.stringify(rewrite(root, rootFile)).replaceAll("\\u0000", "");
  const files: Files = { [rootFile]: JSON.stringify(JSON.parse(written), null, 1) };
  for (const [file, tree] of Object.entries(trees)) {
    files[file] = /\.ya?ml$/.test(file) ? dump(tree, { noRefs: true }) : JSON.stringify(tree, null, 1);
  }
  return files;
}

/** The value that stands at `pointer`. */
export function valueAt(document: JsonValue, pointer: string): JsonValue {
  let value: JsonValue | undefined = document;
  for (const token of splitPointer(pointer) ?? []) {
    value = Array.isArray(value) ? value[Number(token)] : isJsonObject(value) ? value[token] : undefined;
  }
  if (value === undefined) throw new Error(`nothing stands at ${pointer}`);
  return value;
}

/** Puts `value` at `pointer`, or takes away what stands there. */
function withValue(holder: JsonValue | undefined, pointer: string, value: JsonValue | undefined): JsonValue {
  const tokens = splitPointer(pointer) ?? [];
  const last = tokens.pop();
  if (last === undefined) return value ?? null;
  const root: JsonValue = holder ?? {};
  let inner = root;
  for (const token of tokens) {
    if (Array.isArray(inner)) inner = inner[Number(token)] ?? {};
    else if (isJsonObject(inner)) {
      inner[token] ??= {};
      inner = inner[token];
    }
  }
  if (Array.isArray(inner)) inner[Number(last)] = value ?? null;
  else if (isJsonObject(inner)) {
    if (value === undefined) delete inner[last];
    else inner[last] = value;
  }
  return root;
}

/** Pointers of all components and path items. */
export function namedPieces(document: JsonObject): string[] {
  const pieces: string[] = [];
  const components = isJsonObject(document.components) ? document.components : {};
  for (const [section, members] of Object.entries(components)) {
    for (const name of Object.keys(isJsonObject(members) ? members : {})) {
      pieces.push(`/components/${section}/${escapePointerToken(name)}`);
    }
  }
  const paths = isJsonObject(document.paths) ? document.paths : {};
  return [...pieces, ...Object.keys(paths).map((path) => `/paths/${escapePointerToken(path)}`)];
}

/** The files as a source of parts; `reads` counts how often each is read. */
export function sourceOf(files: Files, reads: Record<string, number> = {}): PartSource {
  return {
    resolve: (reference, from) => ({ id: posix.join(posix.dirname(from), decodeURIComponent(reference)) }),
    read: async (id) => {
      reads[id] = (reads[id] ?? 0) + 1;
      const text = files[id];
      return text === undefined ? { missing: "there is no such file" } : { bytes: bytesOf(text) };
    },
  };
}

/** The document `api/openapi.json` of `files` with its parts. */
export function bundleFiles(
  files: Files,
  { root = rootFile, limits = {} }: { root?: string; limits?: Partial<PartLimits> } = {},
): Promise<ParsedDocument> {
  return bundleDocument(parseDocument(bytesOf(files[root] ?? "")), root, sourceOf(files), limits);
}
