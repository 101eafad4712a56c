import type { JsonValue } from "../spec/model.ts";

/** One text for one JSON value, whatever the order of its keys: what equality of values means in a comparison. */
export function canonicalText(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`);
  return `{${entries.join(",")}}`;
}

/** Values of `left` that `right` does not have, in the order of `left`. */
export function valuesMissingFrom(left: readonly JsonValue[], right: readonly JsonValue[]): JsonValue[] {
  const known = new Set(right.map(canonicalText));
  return left.filter((value) => !known.has(canonicalText(value)));
}
