import type { JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import { matchBranches } from "./branch-matching.ts";
import { conjunctionOf } from "./conjunction.ts";
import type { Combinator } from "./facts.ts";
import { typesOfKeyword } from "./keyword-cover.ts";
import { areApart } from "./schema-apart.ts";
import { compareBounds } from "./schema-bounds.ts";
import { edgePointer, keywordPlace, type SchemaComparison, type StatementPlace } from "./schema-comparison.ts";
import type { ValueProof } from "./schema-cover.ts";
import {
  compareAdditionalProperties,
  compareDependencies,
  comparePatternProperties,
  compareProperties,
  compareRequired,
  compareRequiredNames,
  stateAddedProperty,
  stateRemovedProperty,
} from "./schema-objects.ts";
import { onlyGathersProperties, type SchemaSide } from "./schema-side.ts";
import { compareSubschemas } from "./schema-subschemas.ts";
import { compareEnums, compareKeywords, compareTypes, stateValues } from "./schema-values.ts";

/** The alternatives of a schema that is nothing but alternatives; `undefined` for every other schema. */
function alternativesOf(schema: SchemaNode): { combinator: "anyOf" | "oneOf"; branches: SchemaId[] } | undefined {
  const combinator = schema.oneOf !== undefined ? "oneOf" : "anyOf";
  const branches = schema[combinator];
  const isMore = schema.properties !== undefined || schema.items !== undefined || schema.allOf !== undefined;
  return branches === undefined || isMore ? undefined : { combinator, branches };
}

/** Those of a schema that does not limit them further either. */
function bareAlternativesOf(schema: SchemaNode): ReturnType<typeof alternativesOf> {
  const keywords = Object.keys(schema) as (keyof SchemaNode)[];
  const isLimit = (keyword: keyof SchemaNode) =>
    !["types", "anyOf", "oneOf"].includes(keyword) && typesOfKeyword(keyword) !== undefined;
  return keywords.some(isLimit) ? undefined : alternativesOf(schema);
}

/** Above this many alternatives none is looked for that covers all others. */
const maxDominated = 8;

/** The alternative of an `anyOf` that accepts all that the others accept: `string` beside a list of strings. */
function dominantOf(proof: ValueProof, side: SchemaSide, schema: SchemaNode): SchemaId | undefined {
  const branches = schema.anyOf;
  const isMore = schema.types ?? schema.discriminator ?? schema.oneOf;
  if (branches === undefined || branches.length > maxDominated || isMore !== undefined) return undefined;
  if (bareAlternativesOf(schema) === undefined) return undefined;
  return branches.find((wide) =>
    branches.every((id) => !lacksType(side.node(wide), side.node(id)) && proof.covers(side, wide, side, id)),
  );
}

// Stryker disable all: only speed; what has such values the proof does not cover either
/** Whether `narrow` has values of a type that `wide` does not accept, seen without a proof: most alternatives are so. */
function lacksType({ types }: SchemaNode, narrow: SchemaNode): boolean {
  if (types === undefined || narrow.types === undefined || narrow.never === true) return false;
  const { allOf, anyOf, oneOf, enum: values, const: fixed } = narrow;
  if ((allOf ?? anyOf ?? oneOf ?? values ?? fixed) !== undefined) return false;
  return narrow.types.some((type) => !types.includes(type) && !(type === "integer" && types.includes("number")));
}
// Stryker restore all

/**
 * Handles the pair of which one is a union that means what one of its alternatives means: that one is compared.
 *
 * @returns whether it did: then nothing else of the pair is to be compared.
 */
export function compareDominant(comparison: SchemaComparison): boolean {
  const { before, after, beforeSide, afterSide, beforeId, afterId, ignoresNull, proof } = comparison;
  const [old, fresh] = [dominantOf(proof, beforeSide, before), dominantOf(proof, afterSide, after)];
  if (old === undefined && fresh === undefined) return false;
  comparison.descend(old ?? beforeId, fresh ?? afterId, "", { ignoresNull });
  return true;
}

/**
 * Handles the pair where one side is a plain schema and the other a union or an `allOf` that contains it.
 *
 * @returns whether it did: then nothing else of the pair is to be compared.
 */
export function compareWrapping(comparison: SchemaComparison): boolean {
  const before = bareAlternativesOf(comparison.before);
  const after = bareAlternativesOf(comparison.after);
  const { beforeSide, afterSide } = comparison;
  const isPlainBefore = before === undefined && isPlain(comparison.before);
  if (after !== undefined && (isPlainBefore || isAmong(beforeSide, comparison.before, afterSide, after.branches))) {
    if (stateWrapped(comparison, after.combinator, after.branches)) return true;
  }
  const isPlainAfter = after === undefined && isPlain(comparison.after);
  if (before !== undefined && (isPlainAfter || isAmong(afterSide, comparison.after, beforeSide, before.branches))) {
    if (stateUnwrapped(comparison, before.combinator, before.branches)) return true;
  }
  return compareAllOfWrapping(comparison);
}

/** Whether a union is itself one of the alternatives of the other document's union. */
function isAmong(own: SchemaSide, schema: SchemaNode, side: SchemaSide, branches: SchemaId[]): boolean {
  return branches.some((id) => isNamed(side, id, schema) || own.isSame(schema, side, side.node(id)));
}

function isPlain(schema: SchemaNode): boolean {
  return schema.oneOf === undefined && schema.anyOf === undefined;
}

function isNullOnly(schema: SchemaNode): boolean {
  if (schema.const === null || (schema.enum?.length === 1 && schema.enum[0] === null)) return true;
  return schema.types?.length === 1 && schema.types[0] === "null";
}

function stateWrapped(comparison: SchemaComparison, combinator: "anyOf" | "oneOf", branches: SchemaId[]): boolean {
  const { beforeSide, afterSide, beforeId, before, after } = comparison;
  const matches = matchBranches(beforeSide, afterSide, [beforeId], branches);
  const [changed] = matches.changed;
  if (changed === undefined && matches.equalCount === 0) return false;
  const place = keywordPlace(comparison, combinator);
  if (matches.added.some((id) => !isNullOnly(afterSide.node(id)))) {
    comparison.state({ subject: "wrapping", action: "wrapped", combinator, before, after }, place);
  }
  const ignoresNull = stateNullability(comparison, place);
  if (changed !== undefined) comparison.descend(changed[0], changed[1], "", { ignoresNull });
  return true;
}

function stateUnwrapped(comparison: SchemaComparison, combinator: "anyOf" | "oneOf", branches: SchemaId[]): boolean {
  const { beforeSide, afterSide, afterId, before, after } = comparison;
  const matches = matchBranches(beforeSide, afterSide, branches, [afterId]);
  const [changed] = matches.changed;
  if (changed === undefined && matches.equalCount === 0) return false;
  const place = keywordPlace(comparison, combinator);
  if (matches.removed.some((id) => !isNullOnly(beforeSide.node(id)))) {
    comparison.state({ subject: "wrapping", action: "unwrapped", combinator, before, after }, place);
  }
  const ignoresNull = stateNullability(comparison, place);
  if (changed !== undefined) comparison.descend(changed[0], changed[1], "", { ignoresNull });
  return true;
}

/**
 * States whether `null` came or went, in the schema itself or as an alternative beside it.
 *
 * @returns whether that could be told: then the alternatives inside are not asked again.
 */
function stateNullability(comparison: SchemaComparison, place: StatementPlace): boolean {
  const { beforeSide, afterSide, beforeId, afterId } = comparison;
  const was = mayBeNull(beforeSide, beforeId);
  const is = mayBeNull(afterSide, afterId);
  if (was === undefined || is === undefined) return false;
  if (was !== is && !comparison.ignoresNull) {
    comparison.state({ subject: "nullability", action: is ? "added" : "removed", before: was, after: is }, place);
  }
  return true;
}

/** Whether null is valid: by the types, or as an alternative of its own; `undefined` where that cannot be told. */
function mayBeNull(side: SchemaSide, id: SchemaId): boolean | undefined {
  const { anyOf, oneOf } = side.node(id);
  const hasNull = (anyOf ?? oneOf ?? []).some((branch) => isNullOnly(side.node(branch)));
  return side.typesOf(id)?.includes("null") ?? (hasNull ? true : undefined);
}

/** `X` became `allOf: [X, …]`, or the other way round. */
function compareAllOfWrapping(comparison: SchemaComparison): boolean {
  const { before, after, beforeSide, afterSide, beforeId, afterId } = comparison;
  if ((before.allOf === undefined) === (after.allOf === undefined)) return false;
  const members = before.allOf ?? after.allOf ?? [];
  const [side, own, plain] =
    before.allOf === undefined ? [afterSide, beforeSide, before] : [beforeSide, afterSide, after];
  const isSame = (id: SchemaId) => own.isSame(plain, side, side.node(id));
  const same = members.find((id) => isNamed(side, id, plain) || isSame(id));
  if (same === undefined) return false;
  if (!isSame(same)) {
    if (before.allOf === undefined) comparison.descend(beforeId, same, "");
    else comparison.descend(same, afterId, "");
  } else compareBesideMember(comparison, side.node(same));
  const others = members.filter((id) => id !== same);
  stateMembers(comparison, before.allOf === undefined ? [] : others, before.allOf === undefined ? others : []);
  return true;
}

/** Compares the plain schema with what its own copy in the `allOf` and the keywords beside that say together. */
function compareBesideMember(comparison: SchemaComparison, member: SchemaNode): void {
  const wrapper = comparison.before.allOf === undefined ? comparison.after : comparison.before;
  const both = withKeywordsOf(member, wrapper);
  const changed: SchemaComparison =
    wrapper === comparison.after ? { ...comparison, after: both } : { ...comparison, before: both };
  compareTypes(changed);
  compareEnums(changed);
  compareKeywords(changed);
  compareBounds(changed);
  compareProperties(changed);
  compareRequired(changed);
  compareAdditionalProperties(changed);
  comparePatternProperties(changed);
  compareDependencies(changed);
  compareSubschemas(changed);
  compareAlternatives(changed);
}

/** `member` with the keywords of `wrapper`, whose limits count where they are tighter. */
function withKeywordsOf(member: SchemaNode, wrapper: SchemaNode): SchemaNode {
  const { allOf: _, ...own } = wrapper;
  const both: SchemaNode = { ...member, ...own };
  for (const keyword of ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"] as const) {
    const limits = [member[keyword], wrapper[keyword]].filter((limit) => limit !== undefined);
    if (limits.length > 0) both[keyword] = Math.max(...limits);
  }
  for (const keyword of ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"] as const) {
    const limits = [member[keyword], wrapper[keyword]].filter((limit) => limit !== undefined);
    if (limits.length > 0) both[keyword] = Math.min(...limits);
  }
  if (member.properties !== undefined) both.properties = { ...member.properties, ...own.properties };
  if (member.required !== undefined) both.required = [...new Set([...member.required, ...(own.required ?? [])])];
  return both;
}

function isNamed(side: SchemaSide, id: SchemaId, schema: SchemaNode): boolean {
  return schema.name !== undefined && side.node(id).name === schema.name;
}

/** Compares `allOf`, `anyOf` and `oneOf`, branch by branch. */
export function compareUnions(comparison: SchemaComparison): void {
  const { before, after, beforeSide, afterSide } = comparison;
  if (before.allOf !== undefined || after.allOf !== undefined) {
    const matches = matchBranches(beforeSide, afterSide, before.allOf ?? [], after.allOf ?? []);
    const { whole } = comparison;
    for (const [beforeId, afterId] of matches.changed) comparison.descend(beforeId, afterId, "", { whole });
    stateMembers(comparison, matches.removed, matches.added);
  }
  compareAlternatives(comparison);
}

function compareAlternatives(comparison: SchemaComparison): void {
  const { before, after } = comparison;
  const switched = (before.anyOf === undefined) !== (after.anyOf === undefined) && swapsCombinator(before, after);
  if (switched) {
    compareBranches(comparison, before.anyOf ?? before.oneOf ?? [], after.oneOf ?? after.anyOf ?? []);
    compareExclusivity(comparison);
  } else {
    compareBranches(comparison, before.anyOf ?? [], after.anyOf ?? [], "anyOf");
    compareBranches(comparison, before.oneOf ?? [], after.oneOf ?? [], "oneOf");
  }
}

/** States that `oneOf` replaced `anyOf`, or the other way round, where a value may fit two alternatives. */
function compareExclusivity(comparison: SchemaComparison): void {
  const { before, after, beforeSide, afterSide } = comparison;
  const isExclusive = after.oneOf !== undefined;
  const [side, branches] = isExclusive ? [afterSide, after.oneOf ?? []] : [beforeSide, before.oneOf ?? []];
  const whole = branches.map((id) => conjunctionOf(side, id));
  if (whole.every((left, index) => whole.slice(index + 1).every((right) => areApart(left, right)))) return;
  const place = keywordPlace(comparison, isExclusive ? "oneOf" : "anyOf");
  comparison.state({ subject: "exclusivity", action: isExclusive ? "added" : "removed", before, after }, place);
}

/** `anyOf` on one side and `oneOf` on the other: the same alternatives under another keyword. */
function swapsCombinator(before: SchemaNode, after: SchemaNode): boolean {
  return before.anyOf === undefined
    ? before.oneOf !== undefined && after.oneOf === undefined
    : before.oneOf === undefined && after.oneOf !== undefined;
}

function compareBranches(
  comparison: SchemaComparison,
  before: SchemaId[],
  after: SchemaId[],
  combinator: "anyOf" | "oneOf" = comparison.after.oneOf === undefined ? "anyOf" : "oneOf",
): void {
  if (before.length === 0 && after.length === 0) return;
  const beforeValues = fixedValuesOf(comparison.beforeSide, before);
  const afterValues = fixedValuesOf(comparison.afterSide, after);
  if (beforeValues !== undefined && afterValues !== undefined) {
    stateValues(comparison, beforeValues, afterValues, false, keywordPlace(comparison, combinator));
    return;
  }
  const matches = matchBranches(comparison.beforeSide, comparison.afterSide, before, after);
  for (const [beforeId, afterId] of matches.changed) comparison.descend(beforeId, afterId, "");
  if (before.length === 0 || after.length === 0) {
    // A schema that had no alternatives was one alternative: gaining a union narrows it, losing the union widens it.
    const statement = { subject: "subschema", keyword: "alternatives", before: comparison.before } as const;
    const action = before.length === 0 ? "added" : "removed";
    comparison.state({ ...statement, action, after: comparison.after }, keywordPlace(comparison, combinator));
    return;
  }
  const [gone, come] = [matches.removed, matches.added];
  // One that took the place of another is one edit, though two things are to be said of it.
  const [only] = gone.length === 1 && come.length === 1 ? come : [];
  const side = comparison.afterSide;
  const edit = only === undefined ? undefined : branchEdit(side, comparison.after, side.node(only), combinator);
  for (const id of gone) stateBranch(comparison, "removed", combinator, id, edit);
  for (const id of come) stateBranch(comparison, "added", combinator, id, edit);
}

function branchEdit(side: SchemaSide, parent: SchemaNode, branch: SchemaNode, combinator: Combinator): string {
  return `${parent.pointer}/${combinator} ${branch.name ?? branch.title ?? side.meanings.nameOf(branch)}`;
}

/**
 * Handles the pair where one side lists its values in an `enum` and the other as alternatives of one value each: two
 * spellings of one list.
 *
 * @returns whether it did: then neither the enum nor the alternatives are to be compared.
 */
export function compareListedValues(comparison: SchemaComparison): boolean {
  const { beforeSide, afterSide } = comparison;
  const before = alternativesOf(comparison.before);
  const after = alternativesOf(comparison.after);
  if ((before === undefined) === (after === undefined)) return false;
  const beforeValues = before === undefined ? comparison.before.enum : fixedValuesOf(beforeSide, before.branches);
  const afterValues = after === undefined ? comparison.after.enum : fixedValuesOf(afterSide, after.branches);
  if (beforeValues === undefined || afterValues === undefined) return false;
  const combinator = after?.combinator ?? before?.combinator ?? "oneOf";
  stateValues(comparison, beforeValues, afterValues, false, keywordPlace(comparison, combinator));
  return true;
}

/** The values of a union whose every branch is one value: an enum that describes each of its values. */
function fixedValuesOf(side: SchemaSide, branches: SchemaId[]): JsonValue[] | undefined {
  const values: JsonValue[] = [];
  for (const id of branches) {
    const { const: fixed, enum: listed } = side.node(id);
    const value = fixed ?? (listed?.length === 1 ? listed[0] : undefined);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.length === 0 ? undefined : values;
}

/** Members of `allOf` that only gather properties are said property by property, any other as a branch. */
function stateMembers(comparison: SchemaComparison, removed: SchemaId[], added: SchemaId[]): void {
  const { beforeSide, afterSide, beforeId, afterId } = comparison;
  for (const id of removed) {
    if (!onlyGathersProperties(beforeSide.node(id))) {
      stateBranch(comparison, "removed", "allOf", id);
      continue;
    }
    for (const [name, property] of beforeSide.propertiesOf(id)) {
      const partner = afterSide.propertiesOf(afterId).get(name);
      if (partner === undefined) stateRemovedProperty(comparison, name, property);
      else comparison.descend(property, partner, `.${name}`);
    }
    compareRequiredNames(comparison, beforeSide.requiredOf(id));
  }
  for (const id of added) {
    if (!onlyGathersProperties(afterSide.node(id))) {
      stateBranch(comparison, "added", "allOf", id);
      continue;
    }
    for (const [name, property] of afterSide.propertiesOf(id)) {
      const partner = beforeSide.propertiesOf(beforeId).get(name);
      if (partner === undefined) stateAddedProperty(comparison, name, property);
      else comparison.descend(partner, property, `.${name}`);
    }
    compareRequiredNames(comparison, afterSide.requiredOf(id));
  }
}

/** Whether `compareTypes` states for this pair that `null` came or went. */
function saysNullability({ beforeSide, afterSide, beforeId, afterId }: SchemaComparison): boolean {
  const before = beforeSide.typesOf(beforeId);
  const after = afterSide.typesOf(afterId);
  return before !== undefined && after !== undefined && before.includes("null") !== after.includes("null");
}

function stateBranch(
  comparison: SchemaComparison,
  action: "added" | "removed",
  combinator: Combinator,
  id: SchemaId,
  edit?: string,
): void {
  const wasAdded = action === "added";
  const side = wasAdded ? comparison.afterSide : comparison.beforeSide;
  const parent = wasAdded ? comparison.after : comparison.before;
  const node = side.node(id);
  if (isNullOnly(node) && saysNullability(comparison)) return;
  const index = String(parent[combinator]?.indexOf(id) ?? 0);
  const pointer = edgePointer(parent, node, combinator, index);
  comparison.state(
    { subject: "branch", action, combinator, before: wasAdded ? undefined : node, after: wasAdded ? node : undefined },
    {
      before: wasAdded ? null : pointer,
      after: wasAdded ? pointer : null,
      edit: edit ?? branchEdit(side, parent, node, combinator),
    },
  );
}
