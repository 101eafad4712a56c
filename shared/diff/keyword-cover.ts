import type { JsonType, SchemaId, SchemaNode } from "../spec/model.ts";
import {
  type Conjunction,
  type Covers,
  closingOf,
  conjunctionOf,
  largest,
  namesOf,
  propertySchemasOf,
  rangeOf,
  requiredOf,
  restOf,
  smallest,
} from "./conjunction.ts";
import { isMultipleOf } from "./decimals.ts";
import { canonicalText } from "./json.ts";
import { matchesEverything, patternCovers } from "./pattern-cover.ts";
import { areApart } from "./schema-apart.ts";
import { acceptsAnything, type SchemaSide } from "./schema-side.ts";

const everyType: readonly JsonType[] = ["null", "boolean", "integer", "number", "string", "array", "object"];
const numbers: readonly JsonType[] = ["integer", "number"];
const text: readonly JsonType[] = ["string"];
const list: readonly JsonType[] = ["array"];
const object: readonly JsonType[] = ["object"];

const types: Partial<Record<keyof SchemaNode, readonly JsonType[]>> = {
  never: everyType,
  types: everyType,
  enum: everyType,
  const: everyType,
  format: [...numbers, ...text],
  pattern: text,
  minimum: numbers,
  maximum: numbers,
  exclusiveMinimum: numbers,
  exclusiveMaximum: numbers,
  multipleOf: numbers,
  minLength: text,
  maxLength: text,
  contentEncoding: text,
  contentMediaType: text,
  contentSchema: text,
  minItems: list,
  maxItems: list,
  uniqueItems: list,
  minContains: list,
  maxContains: list,
  contains: list,
  items: list,
  prefixItems: list,
  unevaluatedItems: list,
  minProperties: object,
  maxProperties: object,
  properties: object,
  required: object,
  patternProperties: object,
  propertyNames: object,
  additionalProperties: object,
  unevaluatedProperties: object,
  dependentRequired: object,
  dependentSchemas: object,
  allOf: everyType,
  anyOf: everyType,
  oneOf: everyType,
  not: everyType,
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  then: everyType,
  else: everyType,
  danglingRef: everyType,
};

/**
 * The types of values that `keyword` limits; `undefined` for what limits none: annotations, and `if`, which limits only
 * by `then` and `else`.
 */
export function typesOfKeyword(keyword: keyof SchemaNode): readonly JsonType[] | undefined {
  return types[keyword];
}

export type KeywordQuestion = {
  side: SchemaSide;
  wide: SchemaNode;
  narrow: Conjunction;
  /** Of the values of `narrow`. */
  types: readonly JsonType[];
  /** Every property that is named in `wide` or beside it. */
  names: ReadonlySet<string>;
  /** Asks about a place inside the value. */
  coversInside: Covers;
  /** Asks about the value itself. */
  coversHere: Covers;
};

/** Whether `keyword` of `wide` provably lets every value of `narrow` pass. */
export function keepsKeyword(keyword: keyof SchemaNode, question: KeywordQuestion): boolean {
  const { side, wide, narrow } = question;
  const { nodes } = narrow;
  const anyNarrow = (test: (node: SchemaNode) => boolean) => nodes.some(test);
  const inside = (ids: readonly SchemaId[]) => conjunctionOf(narrow.side, ...ids);
  const outer = (id: SchemaId) => conjunctionOf(side, id);
  switch (keyword) {
    case "types":
      return question.types.every(
        (type) => wide.types?.includes(type) || (type === "integer" && wide.types?.includes("number")),
      );
    case "format":
      return anyNarrow((node) => node.format === wide.format) || !mayHaveFormat(question);
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return keepsLimit(keyword, wide[keyword] ?? 0, narrow);
    case "minLength":
      return largest(narrow, keyword, 0) >= (wide.minLength ?? 0) || keepsLength(wide.minLength ?? 0, "", narrow);
    case "minItems":
      return largest(narrow, keyword, 0) >= (wide.minItems ?? 0);
    case "minProperties":
      return Math.max(largest(narrow, keyword, 0), requiredOf(narrow).size) >= (wide.minProperties ?? 0);
    case "maxLength":
      return smallest(narrow, keyword) <= (wide.maxLength ?? 0) || keepsLength(0, wide.maxLength ?? 0, narrow);
    case "maxItems":
      return mostItemsOf(narrow) <= (wide.maxItems ?? 0);
    case "maxProperties":
      return Math.min(smallest(narrow, keyword), mostPropertiesOf(narrow)) <= (wide.maxProperties ?? 0);
    case "multipleOf":
      return keepsMultiple(wide.multipleOf ?? 1, question);
    case "pattern":
      return (
        nodes.some((node) => node.pattern !== undefined && patternCovers(wide.pattern ?? "", node.pattern)) ||
        patternCovers(wide.pattern ?? "", lengthPatternOf(narrow)) === true
      );
    case "uniqueItems":
      return anyNarrow((node) => node.uniqueItems === true) || mostItemsOf(narrow) <= 1;
    case "required": {
      const required = requiredOf(narrow);
      return (wide.required ?? []).every((name) => required.has(name));
    }
    case "dependentRequired": {
      const required = requiredOf(narrow);
      return Object.entries(wide.dependentRequired ?? {}).every(([name, needed]) =>
        needed.every(
          (one) => required.has(one) || anyNarrow((node) => node.dependentRequired?.[name]?.includes(one) ?? false),
        ),
      );
    }
    case "properties":
      // An object that is open takes a property that it does not name; those who wrote the other one meant it, though.
      if (closingOf(wide) === undefined && [...namesOf(narrow)].some((name) => !question.names.has(name))) return false;
      return Object.entries(wide.properties ?? {}).every(([name, id]) => {
        const given = propertySchemasOf(narrow, name);
        if (given.some((one) => side.isSame(side.node(id), narrow.side, narrow.side.node(one)))) return true;
        return question.coversInside(outer(id), inside(given));
      });
    case "additionalProperties":
      return wide.additionalProperties === undefined || keepsOthers(wide.additionalProperties, question);
    case "unevaluatedProperties": {
      const closing = closingOf({ ...wide, additionalProperties: undefined });
      return closing !== undefined && keepsOthers(closing, question);
    }
    case "patternProperties":
      return Object.entries(wide.patternProperties ?? {}).every(
        ([pattern, id]) => acceptsAnything(side.node(id)) || keepsPattern(pattern, id, question),
      );
    case "propertyNames":
      return (
        wide.propertyNames !== undefined &&
        question.coversInside(outer(wide.propertyNames), {
          side: narrow.side,
          nodes: [
            { pointer: "", hash: "", annotationsHash: "", types: ["string"] },
            ...nodes.flatMap(({ propertyNames }) => (propertyNames === undefined ? [] : inside([propertyNames]).nodes)),
          ],
        })
      );
    case "items":
      return wide.items !== undefined && keepsItems(wide.items, question);
    case "prefixItems":
      return (wide.prefixItems ?? []).every((id, index) =>
        question.coversInside(outer(id), inside(itemSchemasOf(narrow, index))),
      );
    case "unevaluatedItems":
      return (
        wide.unevaluatedItems !== undefined &&
        (wide.allOf ?? wide.anyOf ?? wide.oneOf ?? wide.if ?? wide.contains) === undefined &&
        (wide.items !== undefined || keepsItems(wide.unevaluatedItems, question))
      );
    case "contains":
    case "minContains":
    case "maxContains":
      return keepsContains(question);
    case "not":
      return wide.not !== undefined && keepsNot(wide.not, question);
    case "then":
    case "else":
      return keepsCondition(keyword, question);
    case "contentSchema": {
      const schema = wide.contentSchema;
      if (schema === undefined) return true;
      const given = nodes.flatMap((node) => (node.contentSchema === undefined ? [] : [node.contentSchema]));
      return given.length > 0 && question.coversInside(outer(schema), inside(given));
    }
    case "dependentSchemas":
      return Object.entries(wide.dependentSchemas ?? {}).every(([name, id]) => {
        const given = nodes.flatMap((node) => node.dependentSchemas?.[name] ?? []);
        return question.coversHere(outer(id), { side: narrow.side, nodes: [...nodes, ...inside(given).nodes] });
      });
    default:
      // `enum` and `const` (whose values were tried), `contentEncoding`, `contentMediaType`: the same has to be there.
      return anyNarrow(
        (node) =>
          node[keyword] !== undefined &&
          canonicalText(valueAt(node, keyword)) === canonicalText(valueAt(wide, keyword)),
      );
  }
}

/** Longer texts make more states than a pattern may have. */
const maxCountedLength = 300;

/** Whether every text that matches a pattern of `narrow` has a length within the limits; `""` is no upper limit. */
function keepsLength(least: number, most: number | "", { nodes }: Conjunction): boolean {
  if (least > maxCountedLength || (most !== "" && most > maxCountedLength)) return false;
  return nodes.some(({ pattern }) => pattern !== undefined && patternCovers(`^.{${least},${most}}$`, pattern) === true);
}

/** The limits of a text's length as a pattern: `minLength: 1` is `^.{1,}$`. */
function lengthPatternOf(narrow: Conjunction): string {
  const least = largest(narrow, "minLength", 0);
  const most = smallest(narrow, "maxLength");
  const isLong = least > maxCountedLength;
  return `^.{${isLong ? 0 : least},${most > maxCountedLength ? "" : most}}$`;
}

function valueAt(node: SchemaNode, keyword: keyof SchemaNode) {
  const value = node[keyword];
  return typeof value === "object" || value === undefined ? JSON.parse(JSON.stringify(value ?? null)) : value;
}

/** Formats of numbers say nothing of texts, and the other way round. */
function mayHaveFormat({ wide, types: valid }: KeywordQuestion): boolean {
  const isOfNumbers = ["int32", "int64", "float", "double"].includes(wide.format ?? "");
  return valid.some((type) => (isOfNumbers ? numbers : text).includes(type));
}

function keepsLimit(keyword: string, limit: number, narrow: Conjunction): boolean {
  const { low, lowOpen, high, highOpen } = rangeOf(narrow);
  switch (keyword) {
    case "minimum":
      return low >= limit;
    case "exclusiveMinimum":
      return low > limit || (low === limit && lowOpen);
    case "maximum":
      return high <= limit;
    default:
      return high < limit || (high === limit && highOpen);
  }
}

function keepsMultiple(factor: number, { narrow, types: valid }: KeywordQuestion): boolean {
  if (!valid.includes("number") && isMultipleOf(1, factor)) return true;
  return narrow.nodes.some(({ multipleOf }) => multipleOf !== undefined && isMultipleOf(multipleOf, factor));
}

function mostPropertiesOf(narrow: Conjunction): number {
  const isClosed = narrow.nodes.some((node) => {
    const closing = node.patternProperties === undefined ? closingOf(node) : undefined;
    return closing !== undefined && narrow.side.node(closing).never === true;
  });
  return isClosed ? namesOf(narrow).size : Number.POSITIVE_INFINITY;
}

function mostItemsOf(narrow: Conjunction): number {
  const most = narrow.nodes.map((node) => {
    const rest = restOf(node);
    const isClosed = rest !== undefined && narrow.side.node(rest).never === true;
    return isClosed ? (node.prefixItems?.length ?? 0) : Number.POSITIVE_INFINITY;
  });
  return Math.min(smallest(narrow, "maxItems"), ...most);
}

/** Whether everything in `narrow` that `wide` does not name satisfies the schema `others`. */
function keepsOthers(others: SchemaId, question: KeywordQuestion): boolean {
  const { side, wide, narrow, coversInside } = question;
  const schema = conjunctionOf(side, others);
  const patterns = Object.keys(wide.patternProperties ?? {});
  const isNamed = (name: string) => wide.properties !== undefined && Object.hasOwn(wide.properties, name);
  const named = [...namesOf(narrow)].filter((name) => !isNamed(name));
  if (patterns.length > 0 && named.length > 0) return false;
  const ofNames = named.every((name) =>
    coversInside(schema, conjunctionOf(narrow.side, ...propertySchemasOf(narrow, name))),
  );
  if (!ofNames) return false;
  return narrow.nodes.some((node) => {
    const everything = Object.keys(node.patternProperties ?? {}).find(matchesEverything);
    const closing = everything === undefined ? closingOf(node) : node.patternProperties?.[everything];
    if (closing === undefined) return false;
    const strange = Object.entries(node.patternProperties ?? {}).filter(([pattern]) => !patterns.includes(pattern));
    return [closing, ...strange.map(([, id]) => id)].every((id) =>
      coversInside(schema, conjunctionOf(narrow.side, id)),
    );
  });
}

/** Whether every property of `narrow` whose name matches `pattern` satisfies the schema `id`. */
function keepsPattern(pattern: string, id: SchemaId, { side, narrow, coversInside }: KeywordQuestion): boolean {
  const schema = conjunctionOf(side, id);
  const passes = (inner: SchemaId) => coversInside(schema, conjunctionOf(narrow.side, inner));
  return narrow.nodes.some((node) => {
    const same = node.patternProperties?.[pattern];
    if (same !== undefined && passes(same)) return true;
    const closing = closingOf(node);
    const all = [...Object.values(node.properties ?? {}), ...Object.values(node.patternProperties ?? {})];
    return closing !== undefined && [closing, ...all].every(passes);
  });
}

function itemSchemasOf({ nodes }: Conjunction, index: number): SchemaId[] {
  return nodes.flatMap((node) => node.prefixItems?.[index] ?? restOf(node) ?? []);
}

/** Whether every item of `narrow` behind the `prefixItems` of `wide` satisfies the schema `id`. */
function keepsItems(id: SchemaId, { side, wide, narrow, coversInside }: KeywordQuestion): boolean {
  const schema = conjunctionOf(side, id);
  const from = wide.prefixItems?.length ?? 0;
  const most = mostItemsOf(narrow);
  const longest = Math.max(from, ...narrow.nodes.map((node) => node.prefixItems?.length ?? 0));
  const places = Array.from({ length: Math.min(longest, most) - from }, (_, place) => from + place);
  const passes = (index: number) => coversInside(schema, conjunctionOf(narrow.side, ...itemSchemasOf(narrow, index)));
  return places.every(passes) && (most <= longest || passes(longest));
}

function keepsContains({ side, wide, narrow, coversInside }: KeywordQuestion): boolean {
  const { contains, minContains = 1, maxContains } = wide;
  if (contains === undefined) return true; // the limits mean nothing without it
  if (minContains === 0 && maxContains === undefined) return true;
  return narrow.nodes.some((node) => {
    if (node.contains === undefined) return false;
    const [own, other] = [conjunctionOf(side, contains), conjunctionOf(narrow.side, node.contains)];
    if ((node.minContains ?? 1) < minContains || !coversInside(own, other)) return false;
    if (maxContains === undefined) return true;
    return node.maxContains !== undefined && node.maxContains <= maxContains && coversInside(other, own);
  });
}

/** Whether no value of `narrow` is ruled out: it has nothing in common with that, or rules out as much itself. */
function keepsNot(not: SchemaId, { side, narrow, coversHere }: KeywordQuestion): boolean {
  const refused = conjunctionOf(side, not);
  if (areApart(refused, narrow)) return true;
  return narrow.nodes.some(
    (node) => node.not !== undefined && coversHere(conjunctionOf(narrow.side, node.not), refused),
  );
}

/** Whether `then` (or `else`) holds for all values, or for those of the same condition. */
function keepsCondition(keyword: "then" | "else", { side, wide, narrow, coversHere }: KeywordQuestion): boolean {
  const demanded = wide[keyword];
  const condition = wide.if;
  if (demanded === undefined || condition === undefined) return true; // they mean nothing without one another
  const demand = conjunctionOf(side, demanded);
  if (coversHere(demand, narrow)) return true;
  return narrow.nodes.some((node) => {
    const [given, own] = [node[keyword], node.if];
    if (given === undefined || own === undefined) return false;
    const [outer, inner] = [conjunctionOf(side, condition), conjunctionOf(narrow.side, own)];
    const isSame =
      side.isSame(side.node(condition), narrow.side, narrow.side.node(own)) ||
      (coversHere(outer, inner) && coversHere(inner, outer));
    return (
      isSame &&
      coversHere(demand, { side: narrow.side, nodes: [...narrow.nodes, ...conjunctionOf(narrow.side, given).nodes] })
    );
  });
}
