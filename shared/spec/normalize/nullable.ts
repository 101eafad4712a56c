import { sortedValues } from "../canonical-json.ts";
import type { JsonObject } from "../json-object.ts";
import type { SchemaId, SchemaNode } from "../model.ts";
import type { NormalizeContext } from "./context.ts";

/**
 * Rewrites `nullable: true` (and `x-nullable`) the way 3.1 writes it: `"null"` among the types; among the values where there
 * is an enum and no type; as a branch where the schema is a union; and for an `allOf` as a union of it and null.
 *
 * An enum beside types that include null never lists null itself: 3.0 authors leave it out and mean it, so `nullable` with
 * `[a, b]` and with `[a, b, null]` are one thing here, and the same in 3.1 spelling.
 */
export function applyNullable(context: NormalizeContext, node: SchemaNode, schema: JsonObject, pointer: string): void {
  if (schema.nullable === true || schema["x-nullable"] === true) {
    const place = `${pointer}/${schema.nullable === true ? "nullable" : "x-nullable"}`;
    if (node.types !== undefined) {
      if (!node.types.includes("null")) node.types = [...node.types, "null" as const].sort();
    } else if (node.enum !== undefined) {
      node.enum = sortedValues([...node.enum, null]);
    } else if (node.allOf !== undefined) {
      node.anyOf = [withoutNull(context, node, pointer), addNull(context, place)];
    } else {
      if (node.anyOf !== undefined) node.anyOf = [...node.anyOf, addNull(context, place)];
      if (node.oneOf !== undefined) node.oneOf = [...node.oneOf, addNull(context, place)];
    }
  }
  if (node.types?.includes("null") && node.enum !== undefined && node.enum.length > 1) {
    node.enum = node.enum.filter((value) => value !== null);
  }
}

/** Moves the combinators of `node` to a schema of their own; a plain `allOf` of one is its branch. */
function withoutNull(context: NormalizeContext, node: SchemaNode, pointer: string): SchemaId {
  const { allOf = [], anyOf, oneOf } = node;
  delete node.allOf;
  delete node.anyOf;
  delete node.oneOf;
  const [only] = allOf;
  if (allOf.length === 1 && only !== undefined && anyOf === undefined && oneOf === undefined) return only;
  const inner: SchemaNode = { pointer, hash: "", annotationsHash: "", allOf };
  if (anyOf !== undefined) inner.anyOf = anyOf;
  if (oneOf !== undefined) inner.oneOf = oneOf;
  return context.schemas.push(inner) - 1;
}

function addNull(context: NormalizeContext, pointer: string): SchemaId {
  return context.schemas.push({ pointer, hash: "", annotationsHash: "", types: ["null"] }) - 1;
}
