import type { SchemaId, SchemaNode } from "../spec/model.ts";
import type { SubschemaKeyword, WholeSubschemaKeyword } from "./facts.ts";
import { keywordPlace, type SchemaComparison } from "./schema-comparison.ts";
import { acceptsAnything } from "./schema-side.ts";

type SingleSchemaKeyword = Exclude<SubschemaKeyword, "alternatives">;

const stepOfKeyword: Record<SingleSchemaKeyword, string> = {
  not: "",
  if: "",
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  then: "",
  else: "",
  items: "[]",
  contains: "[]",
  propertyNames: ".*",
  unevaluatedProperties: ".*",
  unevaluatedItems: "[]",
  contentSchema: "",
};

function isComparedWhole(keyword: SingleSchemaKeyword): keyword is WholeSubschemaKeyword {
  return keyword === "not" || keyword === "if";
}

/** Compares the keywords that hold one schema, and the list `prefixItems`. */
export function compareSubschemas(comparison: SchemaComparison): void {
  for (const keyword of Object.keys(stepOfKeyword) as SingleSchemaKeyword[]) compareSubschema(comparison, keyword);
  comparePrefixItems(comparison);
}

function compareSubschema(comparison: SchemaComparison, keyword: SingleSchemaKeyword): void {
  const { beforeSide, afterSide } = comparison;
  const beforeId = comparison.before[keyword];
  const afterId = comparison.after[keyword];
  if (beforeId === undefined && afterId === undefined) return;
  // A condition comes and goes with what it demands: that is one change, of the condition.
  const isDemand = keyword === "then" || keyword === "else";
  if (isDemand && (comparison.before.if === undefined || comparison.after.if === undefined)) return;
  const before = beforeId === undefined ? undefined : beforeSide.node(beforeId);
  const after = afterId === undefined ? undefined : afterSide.node(afterId);
  const place = keywordPlace(comparison, keyword);
  if (before !== undefined && after !== undefined && beforeId !== undefined && afterId !== undefined) {
    if (!isComparedWhole(keyword)) {
      if (!beforeSide.isKnownSame(before, afterSide, after))
        comparison.descend(beforeId, afterId, stepOfKeyword[keyword]);
    } else if (!beforeSide.isSame(before, afterSide, after)) {
      comparison.state({ subject: "subschema", action: "changed", keyword, before, after }, place);
    }
  } else if (before !== undefined && !acceptsAnything(before)) {
    comparison.state({ subject: "subschema", action: "removed", keyword, before, after }, place);
  } else if (after !== undefined && !acceptsAnything(after)) {
    comparison.state({ subject: "subschema", action: "added", keyword, before, after }, place);
  }
}

/** A position without a schema of its own has that of `items`, or is free. */
function comparePrefixItems(comparison: SchemaComparison): void {
  const { beforeSide, afterSide } = comparison;
  const before = comparison.before.prefixItems ?? [];
  const after = comparison.after.prefixItems ?? [];
  const place = keywordPlace(comparison, "prefixItems");
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const beforeId = before[index] ?? comparison.before.items;
    const afterId = after[index] ?? comparison.after.items;
    const isGone = index >= after.length;
    const rest = isGone ? comparison.after.items : comparison.before.items;
    const restSide = isGone ? afterSide : beforeSide;
    const isAdded = index >= before.length;
    const otherIsClosed = (isAdded || isGone) && rest !== undefined && restSide.node(rest).never === true;
    if (beforeId !== undefined && afterId !== undefined && !otherIsClosed) {
      comparison.descend(beforeId, afterId, `[${index}]`);
      continue;
    }
    comparison.state(
      {
        subject: "prefix-item",
        action: isGone ? "removed" : "added",
        key: String(index),
        before: isAdded || beforeId === undefined ? undefined : beforeSide.node(beforeId),
        after: isGone || afterId === undefined ? undefined : afterSide.node(afterId),
        otherIsClosed,
      },
      { ...place, edit: `${place.edit} ${index}` },
    );
  }
}

/** Compares `discriminator`: its property and the values that it maps. */
export function compareDiscriminators(comparison: SchemaComparison): void {
  const before = comparison.before.discriminator;
  const after = comparison.after.discriminator;
  const place = keywordPlace(comparison, "discriminator");
  const statement = { subject: "discriminator", before: before?.propertyName, after: after?.propertyName } as const;
  if (before === undefined || after === undefined) {
    if (before !== after) comparison.state({ ...statement, action: before === undefined ? "added" : "removed" }, place);
    return;
  }
  if (before.propertyName !== after.propertyName) comparison.state({ ...statement, action: "property-changed" }, place);
  compareMappings(comparison, before.mapping ?? {}, after.mapping ?? {});
}

type Mapping = Record<string, SchemaId | string>;

function compareMappings(comparison: SchemaComparison, before: Mapping, after: Mapping): void {
  const place = keywordPlace(comparison, "discriminator");
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[key];
    const fresh = after[key];
    if (old !== undefined && fresh !== undefined && isSameTarget(comparison, old, fresh)) {
      // Of a parent that its children refer to, the mapping alone leads to them.
      const isImplied = !hasAlternatives(comparison.before) && !hasAlternatives(comparison.after);
      if (isImplied && typeof old === "number" && typeof fresh === "number") comparison.descend(old, fresh, "");
      continue;
    }
    const action = old === undefined ? "mapping-added" : fresh === undefined ? "mapping-removed" : "mapping-changed";
    comparison.state(
      {
        subject: "discriminator",
        action,
        before: old === undefined ? undefined : key,
        after: fresh === undefined ? undefined : key,
      },
      { ...place, edit: `${place.edit} ${key}` },
    );
  }
}

function hasAlternatives({ oneOf, anyOf }: SchemaNode): boolean {
  return oneOf !== undefined || anyOf !== undefined;
}

/** A component keeps its name when it is edited and its hash when it is renamed: either makes it the same target. */
function isSameTarget(
  { beforeSide, afterSide }: SchemaComparison,
  before: SchemaId | string,
  after: SchemaId | string,
): boolean {
  if (typeof before === "string" || typeof after === "string") return before === after;
  const [old, fresh] = [beforeSide.node(before), afterSide.node(after)];
  return (old.name !== undefined && old.name === fresh.name) || beforeSide.isSame(old, afterSide, fresh);
}
