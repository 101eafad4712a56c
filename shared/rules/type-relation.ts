import type { SchemaSite, TypeShape } from "../diff/facts.ts";
import type { JsonType } from "../spec/model.ts";

/** How the new type relates to the old one, as sets of values. */
export type TypeRelation = "changed" | "generalized" | "specialized" | "compatible" | "list-widened" | "list-narrowed";

/** Formats that say which values are valid. Any other is a hint: it changes nothing that a validator would refuse. */
const validatingFormats = new Set([
  "date",
  "date-time",
  "time",
  "duration",
  "email",
  "idn-email",
  "hostname",
  "idn-hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "iri",
  "iri-reference",
  "uuid",
  "regex",
  "json-pointer",
  "byte",
  "binary",
  "int32",
  "int64",
  "float",
  "double",
]);

/** Each format with those that accept all of its values; `""` is no format. */
const widerFormats: Record<string, readonly string[]> = {
  int32: ["int64", ""],
  float: ["double", ""],
  email: ["idn-email", ""],
  hostname: ["idn-hostname", ""],
  uri: ["uri-reference", "iri", "iri-reference", ""],
  "uri-reference": ["iri-reference", ""],
  iri: ["iri-reference", ""],
};

/** A number in JSON has the range of a double, and integers beyond int64 are not met: naming these changes nothing. */
const fullRangeFormats = new Set(["int64", "double"]);

const scalarTypes: ReadonlySet<JsonType> = new Set(["boolean", "integer", "number", "string"]);

/** How the type and format `after` relate to `before`, at `site`. */
export function typeRelationOf(before: TypeShape, after: TypeShape, site: SchemaSite): TypeRelation {
  const { types: old } = before;
  const { types: fresh } = after;
  if (old === undefined && fresh === undefined) return formatRelationOf(before.format, after.format);
  if (old === undefined) return "specialized";
  if (fresh === undefined) return "generalized";
  const keepsAll = covers(fresh, old);
  const addsNone = covers(old, fresh);
  if (keepsAll && addsNone) return formatRelationOf(before.format, after.format);
  if (keepsAll) return fresh.length > 1 ? "list-widened" : "generalized";
  if (addsNone) return old.length > 1 ? "list-narrowed" : "specialized";
  const isText = site === "request-parameter" && fresh.includes("string") && after.format === undefined;
  return isText && old.every((type) => scalarTypes.has(type)) ? "generalized" : "changed";
}

function covers(wide: readonly JsonType[], narrow: readonly JsonType[]): boolean {
  return narrow.every((type) => wide.includes(type) || (type === "integer" && wide.includes("number")));
}

function formatRelationOf(before = "", after = ""): TypeRelation {
  const accepts = (wide: string, narrow: string): boolean =>
    wide === narrow || (wide === "" && narrow !== "") || (widerFormats[narrow]?.includes(wide) ?? false);
  const isHint = (format: string): boolean => format === "" || !validatingFormats.has(format);
  if (before === after || (isHint(before) && isHint(after) && (before === "" || after === ""))) return "compatible";
  if ((before === "" && fullRangeFormats.has(after)) || (after === "" && fullRangeFormats.has(before))) {
    return "compatible";
  }
  if (accepts(after, before)) return "generalized";
  if (accepts(before, after)) return "specialized";
  return "changed";
}

/** A type for a sentence: `string (date)`, `integer or string`, `any type`. */
export function typeText({ types, format }: TypeShape): string {
  const text = types === undefined ? "any type" : types.join(" or ");
  return format === undefined ? text : `${text} (${format})`;
}
