import type { JsonValue } from "./model.ts";

/** JSON with sorted keys and without white space: equal text, equal value. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Compares by code unit, as `Array.prototype.sort` does: independent of locale. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The values sorted, each once: the order and repetition of an enum mean nothing. Texts alone sort by code unit, anything
 * else by canonical JSON.
 */
export function sortedValues(values: readonly JsonValue[]): JsonValue[] {
  if (values.length < 2) return [...values];
  if (values.every((value) => typeof value === "string")) return [...new Set(values)].sort();
  const byText = new Map<string, JsonValue>();
  for (const value of values) byText.set(canonicalJson(value), value);
  return [...byText].sort(([a], [b]) => compareStrings(a, b)).map(([, value]) => value);
}
