import type { JsonType, JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import { canonicalText } from "./json.ts";
import { patternMatches } from "./pattern-cover.ts";
import type { SchemaSide } from "./schema-side.ts";

/** How deep a value is followed into schemas: a listed value that needs more is left undecided. */
const maxDepth = 8;

/** The type of a JSON value; a number without a fraction is an integer. */
export function typeOfValue(value: JsonValue): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}

/**
 * Whether `value` is valid in the schema `id`; `undefined` where it has a keyword that is not worked out here (formats
 * among them, which validators treat differently).
 */
export function fits(side: SchemaSide, id: SchemaId, value: JsonValue, depth = maxDepth): boolean | undefined {
  return depth === 0 ? undefined : fitsNode(side, side.node(id), value, depth);
}

/** `fits` for a node, or for a part of one. */
export function fitsNode(
  side: SchemaSide,
  schema: Partial<SchemaNode>,
  value: JsonValue,
  depth = maxDepth,
): boolean | undefined {
  const answers: (boolean | undefined)[] = [
    fitsPlainKeywords(schema, value),
    fitsCombinators(side, schema, value, depth),
  ];
  if (typeof value === "object" && value !== null) answers.push(fitsInside(side, schema, value, depth));
  return every(answers);
}

/** Three-valued "and": one `false` decides, else one `undefined` leaves it open. */
function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function fitsPlainKeywords(schema: Partial<SchemaNode>, value: JsonValue): boolean | undefined {
  if (schema.never === true) return false;
  if (schema.danglingRef !== undefined) return undefined;
  const type = typeOfValue(value);
  const { types } = schema;
  if (types !== undefined && !types.includes(type) && !(type === "integer" && types.includes("number"))) return false;
  const text = canonicalText(value);
  if (schema.const !== undefined && canonicalText(schema.const) !== text) return false;
  const isNullBesideNullable = value === null && types?.includes("null") === true;
  if (schema.enum !== undefined && !isNullBesideNullable && !textsOf(schema.enum).has(text)) return false;
  if (typeof value === "number") return fitsNumber(schema, value);
  return typeof value === "string" ? fitsText(schema, value) : true;
}

/** Lists whose values have been written out: one of many values is asked for each of another's. */
const knownTexts = new WeakMap<readonly JsonValue[], ReadonlySet<string>>();

function textsOf(values: readonly JsonValue[]): ReadonlySet<string> {
  const known = knownTexts.get(values) ?? new Set(values.map(canonicalText));
  knownTexts.set(values, known);
  return known;
}

function fitsNumber(schema: Partial<SchemaNode>, value: number): boolean | undefined {
  const { minimum = value, maximum = value, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (value < minimum || value > maximum) return false;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return false;
  return multipleOf === undefined && schema.format === undefined ? true : undefined;
}

function fitsText(schema: Partial<SchemaNode>, value: string): boolean | undefined {
  const { length } = [...value];
  const { minLength = 0, maxLength = length, pattern } = schema;
  if (length < minLength || length > maxLength) return false;
  const isMatch = pattern === undefined ? true : patternMatches(pattern, value);
  if (isMatch === false) return false;
  const isCoded = schema.contentEncoding !== undefined || schema.contentMediaType !== undefined;
  return isMatch === undefined || isCoded || schema.format !== undefined || schema.contentSchema !== undefined
    ? undefined
    : true;
}

function fitsCombinators(
  side: SchemaSide,
  schema: Partial<SchemaNode>,
  value: JsonValue,
  depth: number,
): boolean | undefined {
  const answersOf = (ids: readonly SchemaId[]) => ids.map((id) => fits(side, id, value, depth - 1));
  const answers: (boolean | undefined)[] = [];
  if (schema.allOf !== undefined) answers.push(every(answersOf(schema.allOf)));
  if (schema.anyOf !== undefined) {
    const branches = answersOf(schema.anyOf);
    answers.push(branches.includes(true) ? true : branches.includes(undefined) ? undefined : false);
  }
  if (schema.oneOf !== undefined) {
    const branches = answersOf(schema.oneOf);
    const fitting = branches.filter((answer) => answer === true).length;
    answers.push(fitting > 1 ? false : branches.includes(undefined) ? undefined : fitting === 1);
  }
  if (schema.not !== undefined) {
    const answer = fits(side, schema.not, value, depth - 1);
    answers.push(answer === undefined ? undefined : !answer);
  }
  if (schema.if !== undefined && (schema.then !== undefined || schema.else !== undefined)) answers.push(undefined);
  return every(answers);
}

function fitsInside(
  side: SchemaSide,
  schema: Partial<SchemaNode>,
  value: JsonValue[] | { [key: string]: JsonValue },
  depth: number,
): boolean | undefined {
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = value.length, items } = schema;
    if (value.length < minItems || value.length > maxItems) return false;
    const isMore = schema.prefixItems ?? schema.contains ?? schema.unevaluatedItems ?? schema.uniqueItems;
    if (isMore !== undefined) return undefined;
    return items === undefined ? true : every(value.map((item) => fits(side, items, item, depth - 1)));
  }
  const names = Object.keys(value);
  const { minProperties = 0, maxProperties = names.length, properties = {}, additionalProperties } = schema;
  if (names.length < minProperties || names.length > maxProperties) return false;
  if ((schema.required ?? []).some((name) => !Object.hasOwn(value, name))) return false;
  const isMore =
    schema.patternProperties ??
    schema.propertyNames ??
    schema.unevaluatedProperties ??
    schema.dependentRequired ??
    schema.dependentSchemas;
  if (isMore !== undefined) return undefined;
  return every(
    names.map((name) => {
      const inner = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return inner === undefined ? true : fits(side, inner, value[name] ?? null, depth - 1);
    }),
  );
}
