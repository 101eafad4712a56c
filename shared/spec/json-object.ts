import type { JsonValue } from "./model.ts";

/** A JSON object whose members are not yet known. */
export type JsonObject = { [key: string]: JsonValue };

/** Whether `value` is an object in the sense of JSON: not null, not an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own member of `object`: a document may ask for `constructor`. */
export function ownMember(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** `value` when it is a string. */
export function asString(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of an array, sorted by code unit, each once; empty for anything else. */
export function sortedStrings(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  const strings = value.filter((item) => typeof item === "string");
  return strings.length < 2 ? strings : [...new Set(strings)].sort();
}
