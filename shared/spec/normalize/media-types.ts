import type { Hash128 } from "../hash128.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue, MediaTypeNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { readHeaders } from "./headers.ts";
import { sortByKey } from "./keyed-lists.ts";
import { dereference } from "./references.ts";
import { readSchema } from "./schemas.ts";

const plainMediaType = /^[a-z0-9.+*/-]+$/;

/**
 * Lower case, parameters sorted and separated alike: media types compare without regard to case (RFC 9110, 8.3.1).
 * @example canonicalMediaType("Application/JSON;charset=UTF-8") // "application/json; charset=utf-8"
 */
export function canonicalMediaType(written: string): string {
  if (plainMediaType.test(written)) return written;
  const [type = "", ...parameters] = written
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  return [type, ...parameters.filter((parameter) => parameter !== "").sort()].join("; ");
}

/** Reads a `content` map, sorted by media type. */
export function readContent(context: NormalizeContext, value: JsonValue | undefined, pointer: string): MediaTypeNode[] {
  if (!isJsonObject(value)) return [];
  const nodes: MediaTypeNode[] = [];
  for (const written in value) {
    const place = dereference(context, value[written], `${pointer}/${escapePointerToken(written)}`);
    if (place === undefined) continue;
    const mediaType = canonicalMediaType(written);
    nodes.push(readMediaType(context, mediaType, place.value, place.pointer));
  }
  return sortByKey(nodes, (node) => node.mediaType);
}

function readMediaType(
  context: NormalizeContext,
  mediaType: string,
  value: JsonObject,
  pointer: string,
): MediaTypeNode {
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const node: MediaTypeNode = { pointer, hash: "", annotationsHash: "", mediaType };
  if (value.schema !== undefined) node.schema = readSchema(context, value.schema, `${pointer}/schema`, notes, "schema");
  if (value.itemSchema !== undefined)
    node.itemSchema = readSchema(context, value.itemSchema, `${pointer}/itemSchema`, notes, "itemSchema");
  const encoding = readEncoding(context, value.encoding, `${pointer}/encoding`, notes);
  if (encoding !== undefined) node.encoding = encoding;
  node.annotationsHash = notesHash(notes);
  return node;
}

function readEncoding(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
  notes: Hash128,
): MediaTypeNode["encoding"] {
  if (!isJsonObject(value)) return undefined;
  const encodings: NonNullable<MediaTypeNode["encoding"]> = {};
  for (const property in value) {
    const written = value[property];
    if (!isJsonObject(written)) continue;
    addAnnotations(notes, written);
    const encoding: (typeof encodings)[string] = {};
    if (typeof written.contentType === "string")
      encoding.contentType = written.contentType.split(",").map(canonicalMediaType).sort().join(", ");
    const style = typeof written.style === "string" ? written.style : "form";
    if (style !== "form") encoding.style = style;
    if (typeof written.explode === "boolean" && written.explode !== (style === "form"))
      encoding.explode = written.explode;
    if (written.allowReserved === true) encoding.allowReserved = true;
    const headers = readHeaders(context, written.headers, `${pointer}/${escapePointerToken(property)}/headers`);
    if (headers.length > 0) encoding.headers = headers;
    for (const header of headers) addNodeNotes(notes, `${property} ${header.name}`, header);
    if (Object.keys(encoding).length > 0) encodings[property] = encoding;
  }
  return Object.keys(encodings).length > 0 ? encodings : undefined;
}
