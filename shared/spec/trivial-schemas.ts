import type { SchemaNode } from "./model.ts";

/** These say nothing when they accept anything, which is their default. `contains`, `not` and `if` do say something. */
export const trivialWhenAny: ReadonlySet<string> = new Set<keyof SchemaNode>([
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "propertyNames",
  "contentSchema",
  "then",
  "else",
]);

/** Whether a node holds nothing but what every node has and words about it. */
export function acceptsAnything(node: SchemaNode | undefined): boolean {
  if (node?.types !== undefined) return false; // the common case, which an unread schema knows
  for (const key in node) {
    switch (key) {
      case "pointer":
      case "hash":
      case "annotationsHash":
      case "name":
      case "title":
      case "description":
        break;
      default:
        return false;
    }
  }
  return true;
}
