import type { JsonType, JsonValue, SchemaNode } from "../model.ts";
import { type NormalizeContext, warn } from "./context.ts";

const order: readonly JsonType[] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** All types without `integer`, which `number` includes: saying them all says nothing. */
const everyType = order.length - 1;

/** Lists of one, shared by all nodes that have them. */
const single: Record<JsonType, JsonType[]> = {
  array: ["array"],
  boolean: ["boolean"],
  integer: ["integer"],
  null: ["null"],
  number: ["number"],
  object: ["object"],
  string: ["string"],
};

/** Whether `value` names a type. */
export function isJsonType(value: JsonValue | undefined): value is JsonType {
  return typeof value === "string" && Object.hasOwn(single, value);
}

/**
 * Sets `node.types` from the keyword `type`: one name or a list, sorted, without what is included in another. Swagger 2.0's
 * `file` is a binary string. A name that is no type is a warning, and accepts anything.
 */
export function readTypes(
  context: NormalizeContext,
  node: SchemaNode,
  value: JsonValue | undefined,
  pointer: string,
): void {
  if (value === undefined) return;
  if (isJsonType(value)) {
    node.types = single[value];
    return;
  }
  if (value === "file") {
    node.types = ["string"];
    node.format = "binary";
    return;
  }
  const names = Array.isArray(value) ? value : [value];
  const unknown = names.find((name) => !isJsonType(name));
  if (unknown !== undefined) {
    warn(
      context,
      "unknown-type",
      `${pointer}/type`,
      `${JSON.stringify(unknown)} is not a type; the schema accepts any type`,
      `${pointer}/type`,
    );
    return;
  }
  const given = new Set(names);
  if (given.has("number")) given.delete("integer");
  if (given.size > 0 && given.size < everyType) node.types = order.filter((type) => given.has(type));
}
