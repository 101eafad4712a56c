import { isAnnotation } from "../annotation-keys.ts";
import { Hash128, hashJson } from "../hash128.ts";
import type { JsonObject } from "../json-object.ts";
import type { ContentHash, JsonValue, NodeBase } from "../model.ts";
import type { NormalizeContext } from "./context.ts";

/**
 * Annotations say something about a contract without being part of it. They are hashed apart from the meaning, as a sum of
 * entries, so that their order does not count either.
 */

/** Where annotations go that nobody asks for. */
const ignoredNotes = new Hash128();

/** An empty sum of annotations; in a slice, which nobody stores, one that nothing is added to. */
export function startNotes({ unread }: Pick<NormalizeContext, "unread">): Hash128 {
  return unread === undefined ? new Hash128() : ignoredNotes.clear();
}

/** Adds one annotation to `notes`. `example` and a list of one `examples` are different spellings and hash apart. */
export function addAnnotation(notes: Hash128, key: string, value: JsonValue | undefined): void {
  if (notes === ignoredNotes) return;
  const part = hashJson(value, scratch);
  notes.add(entry.reset(20).text(key).hash(part).finish());
}

/** Adds every annotation that stands directly in `object`. */
export function addAnnotations(notes: Hash128, object: JsonObject): void {
  if (notes === ignoredNotes) return;
  for (const key in object) if (isAnnotation(key)) addAnnotation(notes, key, object[key]);
}

/** Adds what is annotated at or below `node`. */
export function addNodeNotes(notes: Hash128, label: string, node: NodeBase): void {
  if (node.annotationsHash !== "" && notes !== ignoredNotes)
    notes.add(entry.reset(22).text(label).text(node.annotationsHash).finish());
}

/** The finished hash: `""` when there are no annotations. */
export function notesHash(notes: Hash128): ContentHash {
  return notes.isZero() ? "" : notes.toHex();
}

const scratch = new Hash128();
const entry = new Hash128();
