import { isJsonObject } from "../json-object.ts";
import type { SchemaId } from "../model.ts";
import { type NormalizeContext, warn } from "./context.ts";
import { findReference, type Place } from "./references.ts";
import { aliasOf, fillSchema, reserveSchema } from "./schemas.ts";
import { leaveUnread } from "./unread-schemas.ts";

/**
 * The schema that `reference` names, with components that merely stand for another one followed to their end. The schema
 * gets its id now and its content later (`readWaitingSchemas`): a chain of a million references needs no stack.
 * @param from pointer of the object that holds the reference
 */
export function resolveSchemaReference(context: NormalizeContext, reference: string, from: string): SchemaId {
  const known = context.schemasByRef.get(reference);
  if (known !== undefined) return known;
  const id = resolveSchemaPlace(context, findReference(context, reference, from), reference, from);
  context.schemasByRef.set(reference, id);
  return id;
}

/**
 * The schema that stands at `start`, or the one that it merely stands for.
 * @param reference as written, for the node that takes the place of a missing schema
 */
export function resolveSchemaPlace(
  context: NormalizeContext,
  start: Place | undefined,
  reference: string,
  from: string,
): SchemaId {
  let place = start;
  let missing = reference;
  const passed = new Set<string>();
  while (place !== undefined) {
    const { value, pointer }: Place = place;
    const known = context.schemasByPointer.get(pointer);
    if (known !== undefined) return known;
    const alias = isJsonObject(value) ? aliasOf(context, value) : undefined;
    if (alias === undefined) {
      const id = reserveSchema(context, pointer);
      context.schemasByPointer.set(pointer, id);
      if (!leaveUnread(context, id, value, pointer)) context.waitingSchemas.push({ id, value, pointer });
      return id;
    }
    if (passed.has(pointer)) {
      warn(
        context,
        "ref-cycle",
        pointer,
        "the schema refers to nothing but itself; it is read as one that accepts anything",
        pointer,
      );
      return reserveSchema(context, pointer);
    }
    passed.add(pointer);
    if (typeof alias === "string") {
      missing = alias;
      place = findReference(context, alias, pointer);
    } else {
      place = { value: alias.value, pointer: `${pointer}/allOf/0` };
    }
  }
  const id = reserveSchema(context, from);
  const node = context.schemas[id];
  if (node !== undefined) node.danglingRef = missing;
  return id;
}

/** Reads the schemas that references named so far, and those that these name, until none is left. */
export function readWaitingSchemas(context: NormalizeContext): void {
  for (let next = context.waitingSchemas.pop(); next !== undefined; next = context.waitingSchemas.pop()) {
    fillSchema(context, next.id, next.value, next.pointer);
  }
}
