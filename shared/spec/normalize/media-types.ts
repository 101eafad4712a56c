import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue, MediaTypeNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, notesHash, startNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { readEncodings } from "./encodings.ts";
import { sortByKey } from "./keyed-lists.ts";
import { dereference } from "./references.ts";
import { readSchema } from "./schemas.ts";

const plainMediaType = /^[a-z0-9.+*/-]+$/;
/** A parameter whose value needs no quotes: with and without them it is the same (RFC 9110, 5.6.6). */
const quotedToken = /^([^=]+?)="([a-z0-9!#$%&'*+.^_`|~-]+)"$/;

/**
 * Lower case, parameters sorted and separated alike: media types compare without regard to case (RFC 9110, 8.3.1).
 * @example canonicalMediaType("Application/JSON;charset=UTF-8") // "application/json; charset=utf-8"
 */
export function canonicalMediaType(written: string): string {
  if (plainMediaType.test(written)) return written;
  const [type = "", ...parameters] = written
    .toLowerCase()
    .split(";")
    .map((part) => part.trim().replace(quotedToken, "$1=$2"));
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
  Object.assign(node, readEncodings(context, mediaType, value, pointer, notes));
  node.annotationsHash = notesHash(notes);
  return node;
}
