import type { SchemaNode } from "../spec/model.ts";
import type { BoundKeyword } from "./facts.ts";
import { keywordPlace, type SchemaComparison } from "./schema-comparison.ts";

const boundKeywords: readonly BoundKeyword[] = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minContains",
  "maxContains",
];

/** The two spellings of one end of a range of numbers. */
const ends = [
  { inclusive: "minimum", exclusive: "exclusiveMinimum", inward: 1 },
  { inclusive: "maximum", exclusive: "exclusiveMaximum", inward: -1 },
] as const;

type End = (typeof ends)[number];
type Limit = { value: number; isExclusive: boolean };

/** The limit that a format stands for: `int32` beside a written limit says what the limit says. */
function impliedBound(schema: SchemaNode, keyword: BoundKeyword): number | undefined {
  if (schema.format !== "int32") return undefined;
  return keyword === "minimum" ? -(2 ** 31) : keyword === "maximum" ? 2 ** 31 - 1 : undefined;
}

/** As written; how many items `contains` asks for is 1 where nothing else is written. */
function writtenBound(schema: SchemaNode, keyword: BoundKeyword): number | undefined {
  return schema[keyword] ?? (keyword === "minContains" ? 1 : undefined);
}

/** What limits `contains` means something beside it alone; where `contains` itself came or went that is the change. */
function isMeant({ before, after }: SchemaComparison, keyword: BoundKeyword): boolean {
  if (keyword !== "minContains" && keyword !== "maxContains") return true;
  return before.contains !== undefined && after.contains !== undefined;
}

/** Compares the keywords that are a limit. */
export function compareBounds(comparison: SchemaComparison): void {
  const respelled = new Set<BoundKeyword>();
  for (const end of ends) {
    if (!compareRespelledEnd(comparison, end)) continue;
    respelled.add(end.inclusive);
    respelled.add(end.exclusive);
  }
  for (const keyword of boundKeywords) {
    if (respelled.has(keyword)) continue;
    if (!isMeant(comparison, keyword)) continue;
    const [written, rewritten] = [writtenBound(comparison.before, keyword), writtenBound(comparison.after, keyword)];
    const before = written ?? (rewritten === undefined ? undefined : impliedBound(comparison.before, keyword));
    const after = rewritten ?? (written === undefined ? undefined : impliedBound(comparison.after, keyword));
    if (before === after) continue;
    const place = keywordPlace(comparison, keyword);
    if (before === undefined) comparison.state({ subject: "bound", action: "set", keyword, before, after }, place);
    else if (after === undefined)
      comparison.state({ subject: "bound", action: "unset", keyword, before, after }, place);
    else {
      const action = after > before ? "increased" : "decreased";
      comparison.state({ subject: "bound", action, keyword, before, after }, place);
    }
  }
}

/**
 * Handles an end of the range that one document writes inclusively and the other exclusively: one limit, not one that
 * went and one that came.
 *
 * @returns whether it did: then the two keywords are not to be compared one by one.
 */
function compareRespelledEnd(comparison: SchemaComparison, end: End): boolean {
  const { before, after } = comparison;
  const spelling = (schema: SchemaNode) => [schema[end.inclusive] !== undefined, schema[end.exclusive] !== undefined];
  const [was, is] = [limitOf(before, end), limitOf(after, end)];
  if (was === undefined || is === undefined || spelling(before).join() === spelling(after).join()) return false;
  if (was.value === is.value) {
    if (was.isExclusive === is.isExclusive) return true;
    const [action, old, fresh] = is.isExclusive
      ? (["set", undefined, is.value] as const)
      : (["unset", was.value, undefined] as const);
    const statement = { subject: "bound", action, keyword: end.exclusive, before: old, after: fresh } as const;
    comparison.state(statement, keywordPlace(comparison, end.exclusive));
    return true;
  }
  const keyword = is.isExclusive ? end.exclusive : end.inclusive;
  const action = is.value > was.value ? "increased" : "decreased";
  const statement = { subject: "bound", action, keyword, before: was.value, after: is.value } as const;
  comparison.state(statement, keywordPlace(comparison, keyword));
  return true;
}

/** The tighter of the two keywords. Of integers, `exclusiveMaximum: 20` is `maximum: 19`. */
function limitOf(schema: SchemaNode, { inclusive, exclusive, inward }: End): Limit | undefined {
  const [closed, open] = [schema[inclusive], schema[exclusive]];
  const isOpen = open !== undefined && (closed === undefined || (open - closed) * inward >= 0);
  const value = isOpen ? open : closed;
  if (value === undefined) return undefined;
  const isWhole = schema.types?.length === 1 && schema.types[0] === "integer" && Number.isInteger(value);
  return isOpen && isWhole ? { value: value + inward, isExclusive: false } : { value, isExclusive: isOpen };
}
