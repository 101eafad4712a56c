import type { JsonType, JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import type { BoundKeyword, KeywordName, TypeShape } from "./facts.ts";
import { canonicalText, valuesMissingFrom } from "./json.ts";
import { keywordPlace, type SchemaComparison, type StatementPlace } from "./schema-comparison.ts";
import type { SchemaSide } from "./schema-side.ts";

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

const plainKeywords: readonly KeywordName[] = [
  "default",
  "pattern",
  "multipleOf",
  "uniqueItems",
  "contentEncoding",
  "contentMediaType",
];

/** What the schema says of the instance's own type; `null` is `nullability`'s matter. */
export function typeShapeOf(side: SchemaSide, id: SchemaId): TypeShape {
  const types = side.typesOf(id)?.filter((type) => type !== "null");
  const format = side.node(id).format;
  return {
    ...(types !== undefined && types.length > 0 && { types }),
    ...(format !== undefined && { format }),
  };
}

/** Compares type, format and nullability. */
export function compareTypes(comparison: SchemaComparison): void {
  const { beforeSide, afterSide, beforeId, afterId } = comparison;
  const before = typeShapeOf(beforeSide, beforeId);
  const after = typeShapeOf(afterSide, afterId);
  const isSaidByBranches = isUnion(comparison.before) && isUnion(comparison.after);
  if (!isSaidByBranches && (before.format !== after.format || !isSameList(before.types, after.types))) {
    comparison.state({ subject: "type", action: "changed", before, after }, keywordPlace(comparison, "types"));
  }
  if (before.types === undefined || after.types === undefined || comparison.ignoresNull) return;
  const wasNullable = beforeSide.typesOf(beforeId)?.includes("null") ?? true;
  const isNullable = afterSide.typesOf(afterId)?.includes("null") ?? true;
  if (wasNullable !== isNullable) {
    comparison.state(
      { subject: "nullability", action: isNullable ? "added" : "removed", before: wasNullable, after: isNullable },
      keywordPlace(comparison, "types"),
    );
  }
}

/** A schema whose type follows from its alternatives, which are compared one by one. */
function isUnion(schema: SchemaNode): boolean {
  return schema.types === undefined && (schema.oneOf !== undefined || schema.anyOf !== undefined);
}

function isSameList(left: readonly JsonType[] | undefined, right: readonly JsonType[] | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined || left.length !== right.length) return false;
  return left.every((type, index) => type === right[index]);
}

/** Compares `enum` and `const`; a `const` beside an `enum` counts as an enum of one. */
export function compareEnums(comparison: SchemaComparison): void {
  const { before, after } = comparison;
  const hasNoList = before.enum === undefined && after.enum === undefined;
  if (hasNoList && (before.extensibleEnum === undefined || after.extensibleEnum === undefined)) {
    compareKeyword(comparison, "const");
    return;
  }
  const place = keywordPlace(comparison, "enum");
  const oneIsEnum = before.enum !== undefined || after.enum !== undefined;
  const beforeEnum = before.enum ?? (oneIsEnum && before.const !== undefined ? [before.const] : undefined);
  const afterEnum = after.enum ?? (oneIsEnum && after.const !== undefined ? [after.const] : undefined);
  const extensible = before.extensibleEnum !== undefined;
  if (beforeEnum !== undefined && afterEnum !== undefined) {
    stateValues(comparison, beforeEnum, afterEnum, extensible, place);
  } else if (beforeEnum !== undefined) {
    const statement = { subject: "enum", action: "removed", before: beforeEnum, after: undefined } as const;
    comparison.state({ ...statement, values: beforeEnum, extensible }, place);
  } else if (afterEnum !== undefined) {
    const statement = { subject: "enum", action: "added", before: undefined, after: afterEnum } as const;
    comparison.state({ ...statement, values: afterEnum, extensible }, place);
  } else {
    compareKeyword(comparison, "const");
  }
  if (before.extensibleEnum !== undefined && after.extensibleEnum !== undefined) {
    stateValues(comparison, before.extensibleEnum, after.extensibleEnum, true, {
      ...place,
      edit: `${after.pointer}/x-extensible-enum`,
    });
  }
}

/** States which values of a list came and which went. */
export function stateValues(
  comparison: SchemaComparison,
  before: JsonValue[],
  after: JsonValue[],
  extensible: boolean,
  place: StatementPlace,
): void {
  const removed = withoutNull(valuesMissingFrom(before, after), comparison);
  const added = withoutNull(valuesMissingFrom(after, before), comparison);
  if (removed.length > 0) {
    comparison.state({ subject: "enum", action: "values-removed", before, after, values: removed, extensible }, place);
  }
  if (added.length > 0) {
    comparison.state({ subject: "enum", action: "values-added", before, after, values: added, extensible }, place);
  }
}

/** `null` in an enum says the same as the type's nullability, which is stated once. */
function withoutNull(values: JsonValue[], { beforeSide, afterSide, beforeId, afterId }: SchemaComparison): JsonValue[] {
  const wasNullable = beforeSide.typesOf(beforeId)?.includes("null");
  const isNullable = afterSide.typesOf(afterId)?.includes("null");
  return wasNullable === isNullable ? values : values.filter((value) => value !== null);
}

/** Compares the keywords that are one value each. */
export function compareKeywords(comparison: SchemaComparison): void {
  for (const keyword of plainKeywords) compareKeyword(comparison, keyword);
}

function compareKeyword(comparison: SchemaComparison, keyword: KeywordName): void {
  const before = comparison.before[keyword];
  const after = comparison.after[keyword];
  if (before === after || canonicalText(before) === canonicalText(after)) return;
  const action = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  comparison.state({ subject: "keyword", action, keyword, before, after }, keywordPlace(comparison, keyword));
}

/** The limit that a format stands for: `int32` beside a written limit says what the limit says. */
function impliedBound(schema: SchemaNode, keyword: BoundKeyword): number | undefined {
  if (schema.format !== "int32") return undefined;
  return keyword === "minimum" ? -(2 ** 31) : keyword === "maximum" ? 2 ** 31 - 1 : undefined;
}

/** Compares the keywords that are a limit. */
export function compareBounds(comparison: SchemaComparison): void {
  for (const keyword of boundKeywords) {
    const [written, rewritten] = [comparison.before[keyword], comparison.after[keyword]];
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
