import type { Hash128 } from "../hash128.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { EncodingNode, JsonValue, MediaTypeNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, addNodeNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { readHeaders } from "./headers.ts";
import { canonicalMediaType } from "./media-types.ts";

type Encodings = Pick<MediaTypeNode, "encoding" | "prefixEncoding" | "itemEncoding">;

/**
 * Reads how the parts of a form or a multipart body are written: `encoding` by property, and in 3.2 `prefixEncoding` and
 * `itemEncoding` by position. Of every other media type they mean nothing, and are left out.
 */
export function readEncodings(
  context: NormalizeContext,
  mediaType: string,
  value: JsonObject,
  pointer: string,
  notes: Hash128,
): Encodings {
  const encodings: Encodings = {};
  const isMultipart = mediaType.startsWith("multipart/");
  if (!isMultipart && !mediaType.startsWith("application/x-www-form-urlencoded")) return encodings;
  const read = (written: JsonValue | undefined, at: string): EncodingNode =>
    isJsonObject(written) ? readEncoding(context, isMultipart, written, at, notes) : { pointer: at };
  if (isJsonObject(value.encoding)) {
    const byProperty: NonNullable<Encodings["encoding"]> = {};
    for (const property in value.encoding) {
      const node = read(value.encoding[property], `${pointer}/encoding/${escapePointerToken(property)}`);
      if (Object.keys(node).length > 1) byProperty[property] = node;
    }
    if (Object.keys(byProperty).length > 0) encodings.encoding = byProperty;
  }
  if (Array.isArray(value.prefixEncoding)) {
    const written = value.prefixEncoding;
    encodings.prefixEncoding = written.map((item, index) => read(item, `${pointer}/prefixEncoding/${index}`));
  }
  if (value.itemEncoding !== undefined) encodings.itemEncoding = read(value.itemEncoding, `${pointer}/itemEncoding`);
  return encodings;
}

function readEncoding(
  context: NormalizeContext,
  isMultipart: boolean,
  written: JsonObject,
  pointer: string,
  notes: Hash128,
): EncodingNode {
  addAnnotations(notes, written);
  const node: EncodingNode = { pointer };
  if (typeof written.contentType === "string")
    node.contentType = written.contentType.split(",").map(canonicalMediaType).sort().join(", ");
  // 3.0: "This property SHALL be ignored if the request body media type is not application/x-www-form-urlencoded."
  if (!isMultipart || context.dialect !== "openapi-3.0") {
    const style = typeof written.style === "string" ? written.style : "form";
    if (style !== "form") node.style = style;
    if (typeof written.explode === "boolean" && written.explode !== (style === "form")) node.explode = written.explode;
    if (written.allowReserved === true) node.allowReserved = true;
  }
  // "This property SHALL be ignored if the request body media type is not a multipart."
  const headers = isMultipart ? readHeaders(context, written.headers, `${pointer}/headers`) : [];
  if (headers.length > 0) node.headers = headers;
  for (const header of headers) addNodeNotes(notes, `${pointer} ${header.name}`, header);
  return node;
}
