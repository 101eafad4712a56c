import type { JsonValue, RequestBodyNode } from "../model.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import type { NormalizeContext } from "./context.ts";
import { readContent } from "./media-types.ts";
import { dereference } from "./references.ts";

/** Reads an OpenAPI 3 request body; one that many operations refer to is read once. */
export function readRequestBody(
  context: NormalizeContext,
  written: JsonValue | undefined,
  at: string,
): RequestBodyNode | undefined {
  const place = dereference(context, written, at);
  if (place === undefined) return undefined;
  const { value, pointer } = place;
  const known = place.isShared ? context.sharedRequestBodies.get(pointer) : undefined;
  if (known !== undefined) return known;
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const content = readContent(context, value.content, `${pointer}/content`);
  for (const media of content) addNodeNotes(notes, media.mediaType, media);
  const node: RequestBodyNode = {
    pointer,
    hash: "",
    annotationsHash: notesHash(notes),
    required: value.required === true,
    content,
  };
  if (typeof value.description === "string") node.description = value.description;
  if (place.isShared) context.sharedRequestBodies.set(pointer, node);
  return node;
}
