import type { SchemaNode } from "./model.ts";
import { acceptsAnything, trivialWhenAny } from "./trivial-schemas.ts";

/** Branches, and branches of branches, that one schema may be made of; beyond that it is left as it is. */
const maxParts = 64;
const maxDepth = 8;

/**
 * The schemas that say together what `node` with its `allOf` says: itself and its branches, where each of their keywords
 * could as well stand in one object. In any other case, as without an `allOf`, `node` alone.
 *
 * Only hashes are computed from this: the model keeps the `allOf` as written, so that a comparison finds its branches.
 * @param schemas the schemas that `node.allOf` refers to
 */
export function flattenAllOf(schemas: readonly SchemaNode[], node: SchemaNode): SchemaNode[] {
  if (node.allOf === undefined) return [node];
  const parts: SchemaNode[] = [];
  return collectParts(schemas, node, parts, 0) && listsValuesOnce(parts) ? parts : [node];
}

/** Adds `node` and its branches to `parts`; `false` when one of them has a keyword that depends on where it stands. */
function collectParts(schemas: readonly SchemaNode[], node: SchemaNode, parts: SchemaNode[], depth: number): boolean {
  if (depth > maxDepth || parts.length >= maxParts) return false;
  const saysNothing = (key: string, id: unknown) =>
    trivialWhenAny.has(key) && typeof id === "number" && acceptsAnything(schemas[id]);
  for (const [key, value] of Object.entries(node)) {
    if (!(depth === 0 ? mayStandBeside(key) : mayBeMerged(key)) && !saysNothing(key, value)) return false;
  }
  parts.push(node);
  for (const id of node.allOf ?? []) {
    const branch = schemas[id];
    if (branch === undefined || !collectParts(schemas, branch, parts, depth + 1)) return false;
  }
  return true;
}

/** The values of an enum are hashed one by one: two lists, of which both hold, would read as one that has all values. */
function listsValuesOnce(parts: readonly SchemaNode[]): boolean {
  return parts.filter((part) => part.enum !== undefined || part.const !== undefined).length < 2;
}

/** Whether a keyword of a branch means the same in any object that the branch is merged into. */
function mayBeMerged(key: string): boolean {
  switch (key) {
    case "pointer":
    case "hash":
    case "annotationsHash":
    case "name":
    case "title":
    case "description":
    case "allOf":
    case "types":
    case "enum":
    case "const":
    case "format":
    case "pattern":
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "multipleOf":
    case "minLength":
    case "maxLength":
    case "minItems":
    case "maxItems":
    case "uniqueItems":
    case "minProperties":
    case "maxProperties":
    case "properties":
    case "patternProperties":
    case "required":
    case "dependentSchemas":
    case "propertyNames":
    case "not":
      return true;
    default:
      return false;
  }
}

/** Whether a keyword of the schema itself means the same when its branches' keywords stand beside it. */
function mayStandBeside(key: string): boolean {
  switch (key) {
    case "additionalProperties":
    case "unevaluatedProperties":
    case "unevaluatedItems":
      return false;
    default:
      return true;
  }
}
