import type { JsonType, JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import type { SchemaSide } from "./schema-side.ts";
import { fitsNode, typeOfValue } from "./value-fit.ts";

/** One schema, as a list of nodes that a value has to satisfy together: the schema's own and those of its `allOf`. */
export type Conjunction = { side: SchemaSide; nodes: readonly SchemaNode[] };

/** Whether every value that satisfies `narrow` satisfies `wide`: `true` where that is proven. */
export type Covers = (wide: Conjunction, narrow: Conjunction) => boolean;

/** Nodes that one conjunction may have; what is beyond is left out, which makes it a wider one. */
const maxNodes = 64;

const everyType: readonly JsonType[] = ["array", "boolean", "null", "number", "object", "string"];

/** Those of one schema, which are asked for again and again. */
const known = new WeakMap<SchemaSide, Map<SchemaId, Conjunction>>();

/** What has to hold of a value that every schema in `ids` accepts. */
export function conjunctionOf(side: SchemaSide, ...ids: readonly SchemaId[]): Conjunction {
  // Stryker disable all: only speed; what is gathered again is the same
  const [only] = ids;
  if (only === undefined || ids.length > 1) return gather(side, ids);
  const ofSide = known.get(side) ?? new Map<SchemaId, Conjunction>();
  known.set(side, ofSide);
  const conjunction = ofSide.get(only) ?? gather(side, ids);
  ofSide.set(only, conjunction);
  // Stryker restore all
  return conjunction;
}

function gather(side: SchemaSide, ids: readonly SchemaId[]): Conjunction {
  const nodes: SchemaNode[] = [];
  const seen = new Set<SchemaId>();
  const pending = [...ids].reverse();
  for (let id = pending.pop(); id !== undefined && nodes.length < maxNodes; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = side.node(id);
    nodes.push(node);
    pending.push(...(node.allOf ?? []));
  }
  return { side, nodes };
}

/** `conjunction` with further nodes. */
export function and(conjunction: Conjunction, nodes: readonly SchemaNode[]): Conjunction {
  return { side: conjunction.side, nodes: [...conjunction.nodes, ...nodes] };
}

/** A node that says nothing but `keywords`. */
export function nodeOf(keywords: Partial<SchemaNode>): SchemaNode {
  return { pointer: "", hash: "", annotationsHash: "", ...keywords };
}

const knownTypes = new WeakMap<Conjunction, readonly JsonType[]>();

/** Types that a value may have; never `undefined`: all of them where none is named. */
export function typesOf(conjunction: Conjunction): readonly JsonType[] {
  const types = knownTypes.get(conjunction) ?? intersectTypes(conjunction);
  // Stryker disable next-line CallExpression: only speed
  knownTypes.set(conjunction, types);
  return types;
}

function intersectTypes({ nodes }: Conjunction): readonly JsonType[] {
  let types = everyType;
  for (const node of nodes) {
    const named = node.types ?? impliedTypes(node);
    if (named === undefined) continue;
    const common = types.filter((type) => named.includes(type) || (type === "integer" && named.includes("number")));
    if (types.includes("number") && named.includes("integer") && !common.includes("number")) common.push("integer");
    types = common;
  }
  return isWhole(nodes) ? types.map((type) => (type === "number" ? "integer" : type)) : types;
}

function impliedTypes(node: SchemaNode): JsonType[] | undefined {
  const values = node.enum ?? (node.const === undefined ? undefined : [node.const]);
  return values?.map(typeOfValue);
}

/** Whether only multiples of a whole number are valid: then numbers are integers. */
function isWhole(nodes: readonly SchemaNode[]): boolean {
  return nodes.some(({ multipleOf }) => Number.isInteger(multipleOf));
}

/** The values that may be valid, where they can be listed: an enum, a constant, true and false, null. */
export function valuesOf(conjunction: Conjunction, types = typesOf(conjunction)): JsonValue[] | undefined {
  const { side, nodes } = conjunction;
  const listed = nodes.find((node) => node.enum !== undefined || node.const !== undefined);
  let values = listed?.enum ?? (listed?.const === undefined ? undefined : [listed.const]);
  if (values === undefined && types.every((type) => type === "boolean" || type === "null")) {
    values = types.flatMap((type): JsonValue[] => (type === "null" ? [null] : [true, false]));
  } else if (values !== undefined && listed?.types?.includes("null") && !values.includes(null)) {
    values = [...values, null]; // an enum beside types that include null does not list it
  }
  return values?.filter((value) => nodes.every((node) => fitsNode(side, withoutAllOf(node), value) !== false));
}

/** `node` without its `allOf`, whose members stand in the conjunction themselves. */
export function withoutAllOf(node: SchemaNode): SchemaNode {
  if (node.allOf === undefined) return node;
  const { allOf: _, ...rest } = node;
  return rest;
}

/**
 * `node` without `union`. What its alternatives evaluate cannot be told from the rest, so `unevaluatedItems` and
 * `unevaluatedProperties`, which would refuse that, are left out as well: the rest is wider than it is, never narrower.
 */
export function withoutUnion(node: SchemaNode, union: "anyOf" | "oneOf"): SchemaNode {
  const { [union]: _, unevaluatedItems: _items, unevaluatedProperties: _properties, ...rest } = node;
  return { ...rest, hash: "" };
}

/** Names that an object must have. */
export function requiredOf({ nodes }: Conjunction): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => node.required ?? []));
}

/** Every property name that some node has a schema for. */
export function namesOf({ nodes }: Conjunction): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})));
}

/**
 * The schemas that the value of the property `name` has to satisfy; a name that matches a pattern is left wider than it
 * is.
 */
export function propertySchemasOf({ nodes }: Conjunction, name: string): SchemaId[] {
  return nodes.flatMap((node) => {
    const own =
      node.properties !== undefined && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
    if (own !== undefined) return [own];
    const other = node.patternProperties === undefined ? closingOf(node) : undefined;
    return other === undefined ? [] : [other];
  });
}

/** The schema of the properties that `node` does not name: `unevaluatedProperties` where nothing else evaluates. */
export function closingOf(node: SchemaNode): SchemaId | undefined {
  if (node.additionalProperties !== undefined) return node.additionalProperties;
  const evaluates = node.allOf ?? node.anyOf ?? node.oneOf ?? node.if ?? node.dependentSchemas ?? node.not;
  return evaluates === undefined ? node.unevaluatedProperties : undefined;
}

/** The schema of the items behind the `prefixItems` of `node`: `unevaluatedItems` where nothing else evaluates. */
export function restOf(node: SchemaNode): SchemaId | undefined {
  if (node.items !== undefined) return node.items;
  const evaluates = node.allOf ?? node.anyOf ?? node.oneOf ?? node.if ?? node.contains;
  return evaluates === undefined ? node.unevaluatedItems : undefined;
}

/** The limits of a number, as tight as the nodes say; of integers the next whole number. */
export function rangeOf(conjunction: Conjunction): { low: number; lowOpen: boolean; high: number; highOpen: boolean } {
  const range = { low: Number.NEGATIVE_INFINITY, lowOpen: false, high: Number.POSITIVE_INFINITY, highOpen: false };
  const raise = (value: number | undefined, isOpen: boolean) => {
    if (value === undefined || value < range.low || (value === range.low && !isOpen)) return;
    range.low = value;
    range.lowOpen = isOpen;
  };
  const lower = (value: number | undefined, isOpen: boolean) => {
    if (value === undefined || value > range.high || (value === range.high && !isOpen)) return;
    range.high = value;
    range.highOpen = isOpen;
  };
  for (const node of conjunction.nodes) {
    raise(node.minimum, false);
    raise(node.exclusiveMinimum, true);
    lower(node.maximum, false);
    lower(node.exclusiveMaximum, true);
    if (node.format === "int32") raise(-(2 ** 31), false);
    if (node.format === "int32") lower(2 ** 31 - 1, false);
  }
  if (!typesOf(conjunction).includes("number")) {
    range.low = range.lowOpen ? Math.floor(range.low) + 1 : Math.ceil(range.low);
    range.high = range.highOpen ? Math.ceil(range.high) - 1 : Math.floor(range.high);
    range.lowOpen = false;
    range.highOpen = false;
  }
  return range;
}

/** The largest of a lower limit that the nodes name, or `otherwise`. */
export function largest({ nodes }: Conjunction, keyword: LowerLimit, otherwise: number): number {
  return Math.max(otherwise, ...nodes.map((node) => node[keyword] ?? otherwise));
}

/** The smallest of an upper limit that the nodes name, or infinity. */
export function smallest({ nodes }: Conjunction, keyword: UpperLimit): number {
  return Math.min(...nodes.map((node) => node[keyword] ?? Number.POSITIVE_INFINITY));
}

type LowerLimit = "minLength" | "minItems" | "minProperties";
type UpperLimit = "maxLength" | "maxItems" | "maxProperties";
