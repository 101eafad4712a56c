import type { SchemaId, SchemaNode } from "../spec/model.ts";
import type { Lifecycle } from "./facts.ts";
import { canonicalText } from "./json.ts";
import { childPointer } from "./pointer.ts";
import { edgePointer, keywordPlace, type SchemaComparison } from "./schema-comparison.ts";
import { acceptsAnything, type SchemaSide } from "./schema-side.ts";

/** Compares the properties that the two schemas write themselves with those of the other object as a whole. */
export function compareProperties(comparison: SchemaComparison): void {
  const { before, after, beforeSide, afterSide, whole } = comparison;
  if (before.properties === undefined && after.properties === undefined) return;
  const beforeAll = beforeSide.propertiesOf(whole.before);
  const afterAll = afterSide.propertiesOf(whole.after);
  for (const [name, beforeProperty] of Object.entries(before.properties ?? {})) {
    const afterProperty = afterAll.get(name);
    if (afterProperty === undefined) stateRemovedProperty(comparison, name, beforeProperty);
    else compareProperty(comparison, name, beforeProperty, afterProperty);
  }
  for (const [name, afterProperty] of Object.entries(after.properties ?? {})) {
    const beforeProperty = beforeAll.get(name);
    if (beforeProperty === undefined) stateAddedProperty(comparison, name, afterProperty);
    else if (before.properties?.[name] === undefined) compareProperty(comparison, name, beforeProperty, afterProperty);
  }
}

/** States that the object lost `name`, unless a property of this direction was never there. */
export function stateRemovedProperty(comparison: SchemaComparison, name: string, id: SchemaId): void {
  const { beforeSide, whole, before, after, site } = comparison;
  const property = beforeSide.node(id);
  if (isAbsentFrom(site, property)) return;
  const pointer = edgePointer(before, property, "properties", name);
  comparison.state(
    {
      subject: "property",
      action: "removed",
      name,
      before: property,
      after: undefined,
      required: beforeSide.requiredOf(whole.before).has(name),
      otherIsClosed: isClosed(comparison.afterSide, after, whole.after),
    },
    { before: pointer, after: null, step: `.${name}` },
  );
  const others = limitOfOthers(comparison.afterSide, after);
  if (others !== undefined) comparison.descend(id, others, `.${name}`, { edit: pointer });
}

/** States that the object gained `name`, unless the property does not travel in this direction. */
export function stateAddedProperty(comparison: SchemaComparison, name: string, id: SchemaId): void {
  const { afterSide, whole, before, after, site } = comparison;
  const property = afterSide.node(id);
  if (isAbsentFrom(site, property)) return;
  const pointer = edgePointer(after, property, "properties", name);
  if (property.never === true) {
    const statement = { subject: "validity", action: "disallowed", before: undefined, after: property } as const;
    comparison.state(statement, { before: null, after: pointer, step: `.${name}` });
    return;
  }
  comparison.state(
    {
      subject: "property",
      action: "added",
      name,
      before: undefined,
      after: property,
      required: afterSide.requiredOf(whole.after).has(name),
      otherIsClosed: isClosed(comparison.beforeSide, before, whole.before),
    },
    { before: null, after: pointer, step: `.${name}` },
  );
  const others = limitOfOthers(comparison.beforeSide, before);
  if (others !== undefined) comparison.descend(others, id, `.${name}`, { edit: pointer });
}

function compareProperty(comparison: SchemaComparison, name: string, beforeId: SchemaId, afterId: SchemaId): void {
  const before = comparison.beforeSide.node(beforeId);
  const after = comparison.afterSide.node(afterId);
  if (comparison.beforeSide.isKnownSame(before, comparison.afterSide, after)) return;
  if (before.readOnly !== after.readOnly || before.writeOnly !== after.writeOnly) {
    stateMutability(comparison, name, before, after);
  }
  const [was, is] = [lifecycleOf(before), lifecycleOf(after)];
  if (was.deprecated !== is.deprecated || was.sunset !== is.sunset || was.stability !== is.stability) {
    comparison.state(
      { subject: "property-lifecycle", action: "changed", before: was, after: is },
      { ...propertyPlace(comparison, name, before, after), edit: childPointer(after.pointer, "deprecated") },
    );
  }
  const staysAbsent = isAbsentFrom(comparison.site, before) && isAbsentFrom(comparison.site, after);
  if (!staysAbsent) comparison.descend(beforeId, afterId, `.${name}`);
}

function lifecycleOf({ deprecated, sunset, stability }: SchemaNode): Lifecycle {
  return {
    deprecated: deprecated === true,
    ...(sunset !== undefined && { sunset }),
    ...(stability !== undefined && { stability }),
  };
}

function stateMutability(comparison: SchemaComparison, name: string, before: SchemaNode, after: SchemaNode): void {
  const required = comparison.afterSide.requiredOf(comparison.whole.after).has(name);
  for (const flag of ["readOnly", "writeOnly"] as const) {
    if (before[flag] === after[flag]) continue;
    const is = after[flag] === true;
    comparison.state(
      { subject: "mutability", action: is ? "added" : "removed", flag, required, before: !is, after: is },
      { ...propertyPlace(comparison, name, before, after), edit: childPointer(after.pointer, flag) },
    );
  }
}

function propertyPlace(comparison: SchemaComparison, name: string, before: SchemaNode, after: SchemaNode) {
  return {
    before: edgePointer(comparison.before, before, "properties", name),
    after: edgePointer(comparison.after, after, "properties", name),
    step: `.${name}`,
  };
}

/** Clients do not send what is read-only and do not receive what is write-only. */
function isAbsentFrom(site: SchemaComparison["site"], property: SchemaNode): boolean {
  return site.startsWith("request") ? property.readOnly === true : property.writeOnly === true;
}

/** Whether an object allows no properties but those that `schema`, or the `whole` that it is a member of, names. */
function isClosed(side: SchemaSide, schema: SchemaNode, whole: SchemaId): boolean {
  const closing = [schema.additionalProperties, schema.unevaluatedProperties, side.node(whole).unevaluatedProperties];
  return closing.some((id) => id !== undefined && side.node(id).never === true);
}

/** The schema of the properties that `schema` does not name, where they are neither free nor forbidden. */
function limitOfOthers(side: SchemaSide, { additionalProperties }: SchemaNode): SchemaId | undefined {
  return opennessOf(side, additionalProperties) === "limited" ? additionalProperties : undefined;
}

/** Compares `required` of the two schemas. */
export function compareRequired(comparison: SchemaComparison): void {
  const { before, after } = comparison;
  compareRequiredNames(comparison, new Set([...(before.required ?? []), ...(after.required ?? [])]));
}

/** Compares, for the properties that both documents have or neither has, whether the objects as a whole require them. */
export function compareRequiredNames(comparison: SchemaComparison, names: Iterable<string>): void {
  const { beforeSide, afterSide, whole, site } = comparison;
  for (const name of names) {
    const was = beforeSide.requiredOf(whole.before).has(name);
    const is = afterSide.requiredOf(whole.after).has(name);
    const beforeProperty = beforeSide.propertiesOf(whole.before).get(name);
    const afterProperty = afterSide.propertiesOf(whole.after).get(name);
    if (was === is || (beforeProperty === undefined) !== (afterProperty === undefined)) continue;
    const beforeNode = beforeProperty === undefined ? undefined : beforeSide.node(beforeProperty);
    const afterNode = afterProperty === undefined ? undefined : afterSide.node(afterProperty);
    if (afterNode !== undefined && isAbsentFrom(site, afterNode)) continue;
    const place = keywordPlace(comparison, "required");
    comparison.state(
      {
        subject: "requiredness",
        action: is ? "became-required" : "became-optional",
        name,
        before: beforeNode,
        after: afterNode,
      },
      { ...place, step: `.${name}`, edit: `${place.edit} ${name}` },
    );
  }
}

type Openness = "open" | "closed" | "limited";

function opennessOf(side: SchemaSide, id: SchemaId | undefined): Openness {
  if (id === undefined) return "open";
  const schema = side.node(id);
  if (schema.never === true) return "closed";
  return acceptsAnything(schema) ? "open" : "limited";
}

/** Compares what an object may hold besides its named properties. */
export function compareAdditionalProperties(comparison: SchemaComparison): void {
  const beforeId = comparison.before.additionalProperties;
  const afterId = comparison.after.additionalProperties;
  const was = opennessOf(comparison.beforeSide, beforeId);
  const is = opennessOf(comparison.afterSide, afterId);
  if (was === "limited" && is === "limited" && beforeId !== undefined && afterId !== undefined) {
    comparison.descend(beforeId, afterId, ".*");
  }
  if (was === is) return;
  const action =
    is === "closed" ? "closed" : was === "closed" ? "opened" : is === "limited" ? "restricted" : "unrestricted";
  comparison.state(
    {
      subject: "additional-properties",
      action,
      before: beforeId === undefined ? undefined : comparison.beforeSide.node(beforeId),
      after: afterId === undefined ? undefined : comparison.afterSide.node(afterId),
    },
    keywordPlace(comparison, "additionalProperties"),
  );
}

/** Compares `patternProperties`: where one document has a pattern alone, with what the other says of all other names. */
export function comparePatternProperties(comparison: SchemaComparison): void {
  const { before, after, beforeSide, afterSide } = comparison;
  const place = keywordPlace(comparison, "patternProperties");
  for (const key of keysOf(before.patternProperties, after.patternProperties)) {
    const beforeId = before.patternProperties?.[key];
    const afterId = after.patternProperties?.[key];
    const others = beforeId === undefined ? before.additionalProperties : after.additionalProperties;
    const otherSide = beforeId === undefined ? beforeSide : afterSide;
    const otherIsClosed = others !== undefined && otherSide.node(others).never === true;
    if ((beforeId !== undefined && afterId !== undefined) || (others !== undefined && !otherIsClosed)) {
      const pair = [beforeId ?? others, afterId ?? others];
      if (pair[0] !== undefined && pair[1] !== undefined) comparison.descend(pair[0], pair[1], `./${key}/`);
      continue;
    }
    comparison.state(
      {
        subject: "pattern-property",
        action: afterId === undefined ? "removed" : "added",
        key,
        before: beforeId === undefined ? undefined : beforeSide.node(beforeId),
        after: afterId === undefined ? undefined : afterSide.node(afterId),
        otherIsClosed,
      },
      { ...place, edit: `${place.edit} ${key}` },
    );
  }
}

/** Compares `dependentSchemas` and `dependentRequired`, key by key. */
export function compareDependencies(comparison: SchemaComparison): void {
  compareDependentSchemas(comparison);
  const before = comparison.before.dependentRequired ?? {};
  const after = comparison.after.dependentRequired ?? {};
  for (const key of keysOf(before, after)) {
    if (canonicalText(before[key]) === canonicalText(after[key])) continue;
    const action = before[key] === undefined ? "added" : after[key] === undefined ? "removed" : "changed";
    const place = keywordPlace(comparison, "dependentRequired");
    comparison.state(
      { subject: "dependent-required", action, key, before: before[key], after: after[key] },
      { ...place, edit: `${place.edit} ${key}` },
    );
  }
}

function compareDependentSchemas(comparison: SchemaComparison): void {
  const before = comparison.before.dependentSchemas ?? {};
  const after = comparison.after.dependentSchemas ?? {};
  const place = keywordPlace(comparison, "dependentSchemas");
  for (const key of keysOf(before, after)) {
    const [beforeId, afterId] = [before[key], after[key]];
    if (beforeId !== undefined && afterId !== undefined) comparison.descend(beforeId, afterId, "");
    else {
      comparison.state(
        {
          subject: "dependent-schema",
          action: afterId === undefined ? "removed" : "added",
          key,
          before: beforeId === undefined ? undefined : comparison.beforeSide.node(beforeId),
          after: afterId === undefined ? undefined : comparison.afterSide.node(afterId),
        },
        { ...place, edit: `${place.edit} ${key}` },
      );
    }
  }
}

function keysOf(...objects: ({ [key: string]: unknown } | undefined)[]): Set<string> {
  return new Set(objects.flatMap((object) => Object.keys(object ?? {})));
}
