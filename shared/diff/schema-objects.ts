import type { SchemaId, SchemaNode } from "../spec/model.ts";
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
  comparison.state(
    {
      subject: "property",
      action: "removed",
      name,
      before: property,
      after: undefined,
      required: beforeSide.requiredOf(whole.before).has(name),
      otherIsClosed: isClosed(comparison.afterSide, after),
    },
    { before: edgePointer(before, property, "properties", name), after: null, step: `.${name}` },
  );
}

/** States that the object gained `name`, unless the property does not travel in this direction. */
export function stateAddedProperty(comparison: SchemaComparison, name: string, id: SchemaId): void {
  const { afterSide, whole, before, after, site } = comparison;
  const property = afterSide.node(id);
  if (isAbsentFrom(site, property)) return;
  comparison.state(
    {
      subject: "property",
      action: "added",
      name,
      before: undefined,
      after: property,
      required: afterSide.requiredOf(whole.after).has(name),
      otherIsClosed: isClosed(comparison.beforeSide, before),
    },
    { before: null, after: edgePointer(after, property, "properties", name), step: `.${name}` },
  );
}

function compareProperty(comparison: SchemaComparison, name: string, beforeId: SchemaId, afterId: SchemaId): void {
  if (comparison.areSame(beforeId, afterId)) return;
  const before = comparison.beforeSide.node(beforeId);
  const after = comparison.afterSide.node(afterId);
  if (before.readOnly !== after.readOnly || before.writeOnly !== after.writeOnly) {
    stateMutability(comparison, name, before, after);
  }
  if (before.deprecated !== after.deprecated) {
    const is = after.deprecated === true;
    comparison.state(
      { subject: "property-lifecycle", action: is ? "deprecated" : "reactivated", before: !is, after: is },
      { ...propertyPlace(comparison, name, before, after), edit: childPointer(after.pointer, "deprecated") },
    );
  }
  const staysAbsent = isAbsentFrom(comparison.site, before) && isAbsentFrom(comparison.site, after);
  if (!staysAbsent) comparison.descend(beforeId, afterId, `.${name}`);
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

function isClosed(side: SchemaSide, schema: SchemaNode): boolean {
  const { additionalProperties } = schema;
  return additionalProperties !== undefined && side.node(additionalProperties).never === true;
}

/** Compares `required` for the properties that both documents have. */
export function compareRequired(comparison: SchemaComparison): void {
  const { before, after, beforeSide, afterSide, whole, site } = comparison;
  if (before.required === undefined && after.required === undefined) return;
  const beforeRequired = beforeSide.requiredOf(whole.before);
  const afterRequired = afterSide.requiredOf(whole.after);
  const names = new Set([...(before.required ?? []), ...(after.required ?? [])]);
  for (const name of names) {
    const was = beforeRequired.has(name);
    const is = afterRequired.has(name);
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

/** Compares `patternProperties`, `dependentSchemas` and `dependentRequired`, key by key. */
export function compareKeyedSchemas(comparison: SchemaComparison): void {
  compareKeyed(comparison, "patternProperties", "pattern-property", (key) => `./${key}/`);
  compareKeyed(comparison, "dependentSchemas", "dependent-schema", () => "");
  const before = comparison.before.dependentRequired ?? {};
  const after = comparison.after.dependentRequired ?? {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (canonicalText(before[key]) === canonicalText(after[key])) continue;
    const action = before[key] === undefined ? "added" : after[key] === undefined ? "removed" : "changed";
    const place = keywordPlace(comparison, "dependentRequired");
    comparison.state(
      { subject: "dependent-required", action, key, before: before[key], after: after[key] },
      { ...place, edit: `${place.edit} ${key}` },
    );
  }
}

function compareKeyed(
  comparison: SchemaComparison,
  keyword: "patternProperties" | "dependentSchemas",
  subject: "pattern-property" | "dependent-schema",
  stepOf: (key: string) => string,
): void {
  const before = comparison.before[keyword] ?? {};
  const after = comparison.after[keyword] ?? {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const beforeId = before[key];
    const afterId = after[key];
    if (beforeId !== undefined && afterId !== undefined) comparison.descend(beforeId, afterId, stepOf(key));
    else {
      const place = keywordPlace(comparison, keyword);
      comparison.state(
        {
          subject,
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
