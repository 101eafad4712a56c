import type { JsonType, JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import type { KeywordName, TypeShape } from "./facts.ts";
import { canonicalText, valuesMissingFrom } from "./json.ts";
import { keywordPlace, type SchemaComparison, type StatementPlace } from "./schema-comparison.ts";
import type { SchemaSide } from "./schema-side.ts";
import { typeOfValue } from "./value-fit.ts";

const plainKeywords: readonly KeywordName[] = [
  "default",
  "pattern",
  "multipleOf",
  "uniqueItems",
  "contentEncoding",
  "contentMediaType",
];

/** What the schema says of the instance's own type; `null` is `nullability`'s matter, unless `withNull`. */
export function typeShapeOf(
  side: SchemaSide,
  id: SchemaId,
  { format }: SchemaNode = side.node(id),
  withNull = false,
): TypeShape {
  const types = side.typesOf(id)?.filter((type) => withNull || type !== "null");
  return {
    ...(types !== undefined && types.length > 0 && { types }),
    ...(format !== undefined && { format }),
  };
}

/**
 * Handles the pair of which one accepts nothing at all.
 *
 * @returns whether it did: then nothing else of the pair is to be compared.
 */
export function compareValidity(comparison: SchemaComparison): boolean {
  const { before, after } = comparison;
  if (before.never === after.never) return before.never === true;
  const action = after.never === true ? "disallowed" : "allowed";
  comparison.state(
    { subject: "validity", action, before, after },
    { before: before.pointer, after: after.pointer, edit: after.pointer },
  );
  return true;
}

/** The same bytes in JSON: how 3.0 writes it, and how 3.1 does. */
const spellingsOfBytes = [
  { format: "byte", keyword: "contentEncoding", value: "base64" },
  { format: "binary", keyword: "contentMediaType", value: "application/octet-stream" },
] as const;

/** The pair with bytes spelt alike, where one document writes them as 3.0 does and the other as 3.1. */
export function withOneSpellingOfBytes(comparison: SchemaComparison): SchemaComparison {
  const { before, after } = comparison;
  for (const { format, keyword, value } of spellingsOfBytes) {
    const isOld = (schema: SchemaNode) => schema.format === format && schema[keyword] === undefined;
    const isNew = (schema: SchemaNode) => schema.format === undefined && schema[keyword] === value;
    const respell = ({ format: _, ...schema }: SchemaNode): SchemaNode => ({ ...schema, [keyword]: value });
    if (isOld(before) && isNew(after)) return { ...comparison, before: respell(before) };
    if (isNew(before) && isOld(after)) return { ...comparison, after: respell(after) };
  }
  return comparison;
}

/** Compares type, format and nullability. */
export function compareTypes(comparison: SchemaComparison): void {
  const { beforeSide, afterSide, beforeId, afterId } = comparison;
  // Beside what is nothing but null, null is a type like any other.
  const withNull = [beforeSide.typesOf(beforeId), afterSide.typesOf(afterId)].some((types) => types?.join() === "null");
  const declaredBefore = typeShapeOf(beforeSide, beforeId, comparison.before, withNull);
  const declaredAfter = typeShapeOf(afterSide, afterId, comparison.after, withNull);
  const before = withImpliedTypes(declaredBefore, comparison.before, declaredAfter);
  const after = withImpliedTypes(declaredAfter, comparison.after, declaredBefore);
  const isSaidByBranches = isUnion(comparison.before) && isUnion(comparison.after);
  if (!isSaidByBranches && (before.format !== after.format || !isSameList(before.types, after.types))) {
    comparison.state({ subject: "type", action: "changed", before, after }, keywordPlace(comparison, "types"));
  }
  if (before.types === undefined || after.types === undefined || comparison.ignoresNull || withNull) return;
  const wasNullable = isNullableAt(beforeSide, beforeId);
  const isNullable = isNullableAt(afterSide, afterId);
  if (wasNullable !== isNullable) {
    comparison.state(
      { subject: "nullability", action: isNullable ? "added" : "removed", before: wasNullable, after: isNullable },
      keywordPlace(comparison, "types"),
    );
  }
}

/** An enum without a type says its type by its values: beside a schema that names the type, naming it changes nothing. */
function withImpliedTypes(shape: TypeShape, schema: SchemaNode, other: TypeShape): TypeShape {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (shape.types !== undefined || other.types === undefined || values === undefined) return shape;
  const implied = new Set(values.map(typeOfValue).filter((type) => type !== "null"));
  if (implied.size === 0) return shape;
  // A list of whole numbers is as much a list of `number` where the other document says so.
  const types = [...implied].map((type) => (type === "integer" && other.types?.includes("number") ? "number" : type));
  return { ...shape, types: [...new Set(types)].sort() };
}

function isNullableAt(side: SchemaSide, id: SchemaId): boolean {
  const types = side.typesOf(id);
  if (types !== undefined) return types.includes("null");
  const { enum: values, const: fixed } = side.node(id);
  if (values !== undefined) return values.includes(null);
  return fixed === undefined || fixed === null;
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
  if (before.enum === undefined && after.enum === undefined) {
    compareKeyword(comparison, "const");
    compareExtensibleEnums(comparison);
    return;
  }
  const place = keywordPlace(comparison, "enum");
  const beforeEnum = before.enum ?? (before.const === undefined ? undefined : [before.const]);
  const afterEnum = after.enum ?? (after.const === undefined ? undefined : [after.const]);
  const extensible = before.extensibleEnum !== undefined;
  if (beforeEnum !== undefined && afterEnum !== undefined) {
    stateValues(comparison, beforeEnum, afterEnum, extensible, place);
  } else if (beforeEnum !== undefined) {
    const statement = { subject: "enum", action: "removed", before: beforeEnum, after: undefined } as const;
    comparison.state({ ...statement, values: beforeEnum, extensible }, place);
  } else if (afterEnum !== undefined) {
    const statement = { subject: "enum", action: "added", before: undefined, after: afterEnum } as const;
    comparison.state({ ...statement, values: afterEnum, extensible }, place);
  }
}

/** Compares `x-extensible-enum`: a list that clients were told may grow. */
function compareExtensibleEnums(comparison: SchemaComparison): void {
  const [before, after] = [comparison.before.extensibleEnum, comparison.after.extensibleEnum];
  const enumPlace = keywordPlace(comparison, "enum");
  const place = { ...enumPlace, edit: `${comparison.after.pointer}/x-extensible-enum` };
  if (before !== undefined && after !== undefined) stateValues(comparison, before, after, true, place);
  else if (before !== undefined || after !== undefined) {
    const action = before === undefined ? "added" : "removed";
    comparison.state(
      { subject: "enum", action, before, after, values: before ?? after ?? [], extensible: true },
      place,
    );
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
  const [gone, come] = [valuesMissingFrom(before, after), valuesMissingFrom(after, before)];
  stateUntypedNull(comparison, gone, come, place);
  const removed = withoutNull(gone, comparison);
  const added = withoutNull(come, comparison);
  if (removed.length > 0) {
    comparison.state({ subject: "enum", action: "values-removed", before, after, values: removed, extensible }, place);
  }
  if (added.length > 0) {
    comparison.state({ subject: "enum", action: "values-added", before, after, values: added, extensible }, place);
  }
}

/** Where neither document names a type, `null` among the values is all that says whether it is allowed. */
function stateUntypedNull(comparison: SchemaComparison, gone: JsonValue[], come: JsonValue[], place: StatementPlace) {
  if (!isUntyped(comparison) || comparison.ignoresNull) return;
  const action = come.includes(null) ? "added" : gone.includes(null) ? "removed" : undefined;
  if (action === undefined) return;
  const is = action === "added";
  comparison.state({ subject: "nullability", action, before: !is, after: is }, place);
}

function isUntyped({ beforeSide, afterSide, beforeId, afterId }: SchemaComparison): boolean {
  return beforeSide.typesOf(beforeId) === undefined && afterSide.typesOf(afterId) === undefined;
}

/** `null` in an enum says the same as nullability, which is stated once. */
function withoutNull(values: JsonValue[], comparison: SchemaComparison): JsonValue[] {
  const { beforeSide, afterSide, beforeId, afterId } = comparison;
  const wasNullable = beforeSide.typesOf(beforeId)?.includes("null");
  const isNullable = afterSide.typesOf(afterId)?.includes("null");
  const isSaid = isUntyped(comparison) || wasNullable !== isNullable;
  return isSaid ? values.filter((value) => value !== null) : values;
}

/** Compares the keywords that are one value each. */
export function compareKeywords(comparison: SchemaComparison): void {
  for (const keyword of plainKeywords) compareKeyword(comparison, keyword);
}

function compareKeyword(comparison: SchemaComparison, keyword: KeywordName): void {
  const before = comparison.before[keyword];
  const after = comparison.after[keyword];
  if (canonicalText(before) === canonicalText(after)) return;
  const action = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  comparison.state({ subject: "keyword", action, keyword, before, after }, keywordPlace(comparison, keyword));
}
