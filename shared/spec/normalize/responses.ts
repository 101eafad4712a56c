import { asString, isJsonObject, type JsonObject } from "../json-object.ts";
import type { HeaderNode, JsonValue, LinkNode, MediaTypeNode, ResponseNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { readHeaders } from "./headers.ts";
import { sortByKey } from "./keyed-lists.ts";
import { readContent } from "./media-types.ts";
import { dereference, type Place } from "./references.ts";

/** What the two generations of the specification write differently about a response. */
export type ResponseParts = { headers: HeaderNode[]; content: MediaTypeNode[] };

/**
 * Reads a `responses` map, sorted by status; wildcards in upper case. A referenced response is read once.
 * @param readParts reads headers and content of one response
 * @param variant what else, besides its place, the parts of a response depend on
 */
export function readResponses(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
  readParts: (place: Place<JsonObject>) => ResponseParts,
  variant = "",
): ResponseNode[] {
  if (!isJsonObject(value)) return [];
  const nodes: ResponseNode[] = [];
  for (const written in value) {
    if (written.startsWith("x-")) continue;
    const place = dereference(context, value[written], `${pointer}/${escapePointerToken(written)}`);
    if (place === undefined) continue;
    const status = written.toLowerCase() === "default" ? "default" : written.toUpperCase();
    if (place.isShared) {
      const key = `${status} ${place.pointer} ${variant}`;
      const node = context.sharedResponses.get(key) ?? readResponse(context, status, place, readParts(place));
      context.sharedResponses.set(key, node);
      nodes.push(node);
    } else {
      nodes.push(readResponse(context, status, place, readParts(place)));
    }
  }
  return sortByKey(nodes, (node) => node.status);
}

/** Headers and content as OpenAPI 3 writes them. */
export function readResponseParts(context: NormalizeContext, { value, pointer }: Place<JsonObject>): ResponseParts {
  return {
    headers: readHeaders(context, value.headers, `${pointer}/headers`),
    content: readContent(context, value.content, `${pointer}/content`),
  };
}

function readResponse(
  context: NormalizeContext,
  status: string,
  { value, pointer }: Place<JsonObject>,
  parts: ResponseParts,
): ResponseNode {
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const links = readLinks(context, value.links, `${pointer}/links`);
  for (const header of parts.headers) addNodeNotes(notes, header.name, header);
  for (const media of parts.content) addNodeNotes(notes, media.mediaType, media);
  for (const link of links) addNodeNotes(notes, link.name, link);
  const node: ResponseNode = { pointer, hash: "", annotationsHash: notesHash(notes), status, ...parts, links };
  if (typeof value.description === "string") node.description = value.description;
  return node;
}

function readLinks(context: NormalizeContext, value: JsonValue | undefined, pointer: string): LinkNode[] {
  if (!isJsonObject(value)) return [];
  const links: LinkNode[] = [];
  for (const name of Object.keys(value).sort()) {
    const place = dereference(context, value[name], `${pointer}/${escapePointerToken(name)}`);
    if (place === undefined) continue;
    const notes = startNotes(context);
    addAnnotations(notes, place.value);
    const node: LinkNode = { pointer: place.pointer, hash: "", annotationsHash: notesHash(notes), name };
    const { parameters, requestBody, server } = place.value;
    const operationId = asString(place.value.operationId);
    const operationRef = asString(place.value.operationRef);
    if (operationId !== undefined) node.operationId = operationId;
    if (operationRef !== undefined) node.operationRef = operationRef;
    if (isJsonObject(parameters) && Object.keys(parameters).length > 0) node.parameters = parameters;
    if (requestBody !== undefined) node.requestBody = requestBody;
    if (isJsonObject(server) && typeof server.url === "string") node.server = server.url;
    links.push(node);
  }
  return links;
}
