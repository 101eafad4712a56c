import { asString, isJsonObject, type JsonObject } from "../json-object.ts";
import type { HeaderNode, JsonValue } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { sortByKey } from "./keyed-lists.ts";
import { readContent } from "./media-types.ts";
import { dereference } from "./references.ts";
import { readSchema } from "./schemas.ts";

/** Reads a `headers` map, sorted by name in lower case. `Content-Type` is ignored, as the specification says. */
export function readHeaders(context: NormalizeContext, value: JsonValue | undefined, pointer: string): HeaderNode[] {
  if (!isJsonObject(value)) return [];
  const nodes: HeaderNode[] = [];
  for (const written in value) {
    const name = written.toLowerCase();
    if (name === "content-type") continue;
    const place = dereference(context, value[written], `${pointer}/${escapePointerToken(written)}`);
    if (place === undefined) continue;
    if (place.isShared) {
      const key = `${name} ${place.pointer}`;
      const node = context.sharedHeaders.get(key) ?? readHeader(context, name, place.value, place.pointer);
      context.sharedHeaders.set(key, node);
      nodes.push(node);
    } else {
      nodes.push(readHeader(context, name, place.value, place.pointer));
    }
  }
  return sortByKey(nodes, (node) => node.name);
}

function readHeader(context: NormalizeContext, name: string, value: JsonObject, pointer: string): HeaderNode {
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const node: HeaderNode = {
    pointer,
    hash: "",
    annotationsHash: "",
    name,
    required: value.required === true,
    deprecated: value.deprecated === true,
    explode: value.explode === true,
  };
  if (value.schema !== undefined) node.schema = readSchema(context, value.schema, `${pointer}/schema`, notes, "schema");
  const [content] = readContent(context, value.content, `${pointer}/content`);
  if (content !== undefined) {
    node.content = content;
    addNodeNotes(notes, "content", content);
  }
  const sunset = asString(value["x-sunset"]);
  if (sunset !== undefined) node.sunset = sunset;
  if (typeof value.description === "string") node.description = value.description;
  node.annotationsHash = notesHash(notes);
  return node;
}
