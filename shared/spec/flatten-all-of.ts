import type { SchemaId, SchemaNode } from "./model.ts";

/** Branches, and branches of branches, that one schema may be made of; beyond that it is left as it is. */
const maxParts = 64;
const maxDepth = 8;

/**
 * What `node` says when its `allOf` is written as one object: when every branch, like the node itself, has nothing but
 * `type: object`, properties and required names, and no property has two different schemas. Then nothing is lost. In any
 * other case `node` itself.
 *
 * Only hashes are computed from this: the model keeps the `allOf` as written, so that a comparison finds its branches.
 * @param schemas the schemas that `node.allOf` refers to
 */
export function flattenAllOf(schemas: readonly SchemaNode[], node: SchemaNode): SchemaNode {
  if (node.allOf === undefined) return node;
  const parts: SchemaNode[] = [];
  if (!collectParts(schemas, node, parts, 0)) return node;
  const properties: Record<string, SchemaId> = {};
  const required = new Set<string>();
  let isObject = false;
  for (const part of parts) {
    if (part.types !== undefined) isObject = true;
    for (const name of part.required ?? []) required.add(name);
    for (const name in part.properties) {
      const id = part.properties[name];
      if (id === undefined) continue;
      if (Object.hasOwn(properties, name) && properties[name] !== id) return node;
      properties[name] = id;
    }
  }
  const flat: SchemaNode = { pointer: node.pointer, hash: "", annotationsHash: "" };
  if (isObject) flat.types = ["object"];
  if (Object.keys(properties).length > 0) flat.properties = properties;
  if (required.size > 0) flat.required = [...required];
  return flat;
}

/** Adds `node` and its branches to `parts`; `false` when one of them says more than an object's properties. */
function collectParts(schemas: readonly SchemaNode[], node: SchemaNode, parts: SchemaNode[], depth: number): boolean {
  if (depth > maxDepth || parts.length >= maxParts || !isPlainObject(node)) return false;
  parts.push(node);
  for (const id of node.allOf ?? []) {
    const branch = schemas[id];
    if (branch === undefined || !collectParts(schemas, branch, parts, depth + 1)) return false;
  }
  return true;
}

function isPlainObject(node: SchemaNode): boolean {
  for (const key in node) {
    switch (key) {
      case "pointer":
      case "hash":
      case "annotationsHash":
      case "name":
      case "title":
      case "description":
      case "properties":
      case "required":
      case "allOf":
        break;
      case "types":
        if (node.types?.length !== 1 || node.types[0] !== "object") return false;
        break;
      default:
        return false;
    }
  }
  return true;
}
