import { isAnnotation } from "../annotation-keys.ts";
import { sortedValues } from "../canonical-json.ts";
import { Hash128 } from "../hash128.ts";
import { isJsonObject, type JsonObject, sortedStrings } from "../json-object.ts";
import type { JsonValue, SchemaId, SchemaNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { acceptsAnything, trivialWhenAny } from "../trivial-schemas.ts";
import { addAnnotation, addAnnotations, startNotes } from "./annotations.ts";
import { addSchemaNotes, type NormalizeContext, warn } from "./context.ts";
import { readDiscriminator } from "./discriminators.ts";
import { applyNullable } from "./nullable.ts";
import { resolveSchemaReference } from "./schema-references.ts";
import { readTypes } from "./schema-types.ts";
import { leaveUnread } from "./unread-schemas.ts";

/**
 * Reads the schema at `pointer` and everything inside it; references become edges.
 * @param notes takes the annotations of this schema when it stands here, and those beside a `$ref`
 * @returns its id: of a new node, or of the node that a reference or a plain `allOf` of one leads to
 */
export function readSchema(
  context: NormalizeContext,
  value: JsonValue,
  pointer: string,
  notes: Hash128,
  label: string,
): SchemaId {
  if (isJsonObject(value)) {
    const alias = aliasOf(context, value);
    if (alias !== undefined) {
      addAnnotations(notes, value);
      if (typeof alias === "string") return resolveSchemaReference(context, alias, pointer);
      return readSchema(context, alias.value, `${pointer}/allOf/0`, notes, label);
    }
  }
  const id = reserveSchema(context, pointer);
  if (leaveUnread(context, id, value, pointer)) return id;
  fillSchema(context, id, value, pointer);
  addSchemaNotes(context, notes, id, label);
  return id;
}

/** A node without content, so that cycles find its id. */
export function reserveSchema(context: NormalizeContext, pointer: string): SchemaId {
  return context.schemas.push({ pointer, hash: "", annotationsHash: "" }) - 1;
}

/**
 * What a schema merely stands for: a reference (as string), or the only branch of an `allOf` that has nothing but
 * annotations beside it. `undefined` for a schema that says something itself.
 */
export function aliasOf(context: NormalizeContext, schema: JsonObject): string | { value: JsonValue } | undefined {
  const reference = schemaReference(context, schema);
  if (reference !== undefined) {
    if (!context.refSiblingsCount) return reference;
    for (const key in schema)
      if (!isAliasSibling(key, schema[key]) && key !== "$ref" && key !== "$dynamicRef") return undefined;
    return reference;
  }
  const branches = schema.allOf;
  const branch = Array.isArray(branches) && branches.length === 1 ? branches[0] : undefined;
  if (branch === undefined) return undefined;
  for (const key in schema) if (key !== "allOf" && !isAliasSibling(key, schema[key])) return undefined;
  return { value: branch };
}

function schemaReference(context: NormalizeContext, schema: JsonObject): string | undefined {
  if (typeof schema.$ref === "string") return schema.$ref;
  return context.refSiblingsCount && typeof schema.$dynamicRef === "string" ? schema.$dynamicRef : undefined;
}

function isAliasSibling(key: string, value: JsonValue | undefined): boolean {
  if (isAnnotation(key)) return true;
  return value === false && (key === "nullable" || key === "deprecated" || key === "readOnly" || key === "writeOnly");
}

/** Reads `value` into the reserved node `id`. */
export function fillSchema(context: NormalizeContext, id: SchemaId, value: JsonValue, pointer: string): void {
  const node = context.schemas[id];
  if (node === undefined) return;
  if (value === false) node.never = true;
  if (!isJsonObject(value)) {
    if (typeof value !== "boolean")
      warn(
        context,
        "invalid-schema",
        pointer,
        "a schema must be an object or a boolean; it is read as one that accepts anything",
        pointer,
      );
    return;
  }
  const notes = startNotes(context);
  for (const key in value) readKeyword(context, node, key, value[key] ?? null, pointer, notes);
  const reference = context.refSiblingsCount ? schemaReference(context, value) : undefined;
  if (reference !== undefined)
    node.allOf = [resolveSchemaReference(context, reference, pointer), ...(node.allOf ?? [])];
  readTypes(context, node, value.type, pointer);
  readBounds(node, value);
  if (value.discriminator !== undefined) readDiscriminator(context, node, value, pointer);
  applyNullable(context, node, value, pointer);
  forbidByNot(context, node, value.not);
  if (!notes.isZero()) context.schemaNotes.set(id, notes);
}

/** `not: {}` rules out everything, and `not: false` nothing, with or without defaults and words in it. */
function forbidByNot(context: NormalizeContext, node: SchemaNode, not: JsonValue | undefined): void {
  if (node.not === undefined || not === undefined || leadsElsewhere(context, not)) return;
  const ruledOut = context.schemas[node.not];
  const rulesOutNothing = ruledOut?.never === true;
  if (!rulesOutNothing && !acceptsAnything(ruledOut)) return;
  delete node.not;
  if (!rulesOutNothing) node.never = true;
}

function readKeyword(
  context: NormalizeContext,
  node: SchemaNode,
  key: string,
  value: JsonValue,
  pointer: string,
  notes: Hash128,
): void {
  switch (key) {
    case "type":
    case "nullable":
    case "x-nullable":
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "discriminator":
    case "$ref":
      return; // read together, after the others
    case "description":
    case "title":
      if (typeof value === "string") node[key] = value;
      addAnnotation(notes, key, value);
      return;
    case "properties":
    case "patternProperties":
    case "dependentSchemas": {
      const schemas = readSchemaMap(context, value, `${pointer}/${key}`, notes);
      if (schemas !== undefined) node[key] = schemas;
      return;
    }
    case "items":
      if (Array.isArray(value)) node.prefixItems = readSchemaList(context, value, `${pointer}/items`, notes);
      else readSubschema(context, node, key, value, pointer, notes);
      return;
    case "additionalItems":
      if (!context.refSiblingsCount) readSubschema(context, node, "items", value, pointer, notes, key);
      return;
    case "additionalProperties":
    case "unevaluatedProperties":
    case "unevaluatedItems":
    case "propertyNames":
    case "contains":
    case "contentSchema":
    case "not":
    case "if":
    case "then":
    case "else":
      readSubschema(context, node, key, value, pointer, notes);
      return;
    case "allOf":
    case "anyOf":
    case "oneOf":
    case "prefixItems":
      if (Array.isArray(value) && value.length > 0)
        node[key] = readSchemaList(context, value, `${pointer}/${key}`, notes);
      return;
    case "required": {
      const names = sortedStrings(value);
      if (names.length > 0) node.required = names;
      return;
    }
    case "enum":
      if (Array.isArray(value)) node.enum = sortedValues(value);
      return;
    case "x-extensible-enum":
      if (Array.isArray(value)) node.extensibleEnum = sortedValues(value);
      return;
    case "const":
    case "default":
      node[key] = value;
      return;
    case "format":
    case "pattern":
    case "contentEncoding":
    case "contentMediaType":
      if (typeof value === "string" && value !== "") node[key] = value;
      return;
    case "multipleOf":
    case "maxLength":
    case "maxItems":
    case "maxProperties":
    case "maxContains":
      if (typeof value === "number" && Number.isFinite(value)) node[key] = value;
      return;
    case "minLength":
    case "minItems":
    case "minProperties":
      if (typeof value === "number" && Number.isFinite(value) && value !== 0) node[key] = value;
      return;
    case "minContains":
      if (typeof value === "number" && Number.isFinite(value) && value !== 1) node.minContains = value;
      return;
    case "uniqueItems":
    case "readOnly":
    case "writeOnly":
    case "deprecated":
      if (value === true) node[key] = true;
      return;
    case "dependentRequired":
      readDependentRequired(node, value);
      return;
    case "x-sunset":
      if (typeof value === "string") node.sunset = value;
      return;
    case "x-stability-level":
      if (typeof value === "string" && value !== "stable") node.stability = value;
      return;
    case "xml":
      if (isJsonObject(value) && Object.keys(value).length > 0) node.xml = value;
      return;
    default:
      if (isAnnotation(key)) addAnnotation(notes, key, value);
  }
}

type SubschemaKeyword =
  | "items"
  | "additionalProperties"
  | "unevaluatedProperties"
  | "unevaluatedItems"
  | "propertyNames"
  | "contains"
  | "contentSchema"
  | "not"
  | "if"
  | "then"
  | "else";

function readSubschema(
  context: NormalizeContext,
  node: SchemaNode,
  keyword: SubschemaKeyword,
  value: JsonValue,
  pointer: string,
  notes: Hash128,
  written: string = keyword,
): void {
  if (value === true && trivialWhenAny.has(keyword)) return;
  const isOwn = !leadsElsewhere(context, value);
  const before = context.schemas.length;
  const id = readSchema(context, value, `${pointer}/${written}`, notes, written);
  if (
    trivialWhenAny.has(keyword) &&
    isOwn &&
    id === before &&
    context.schemas.length === before + 1 &&
    acceptsAnything(context.schemas[id])
  ) {
    context.schemas.pop();
    context.unread?.ids.delete(id);
    context.schemaNotes.set(id, emptyNotes);
    return;
  }
  node[keyword] = id;
}

const emptyNotes = new Hash128();

/** Whether a schema is a reference in the end: its node is empty until it is its turn to be read. */
function leadsElsewhere(context: NormalizeContext, value: JsonValue): boolean {
  const alias = isJsonObject(value) ? aliasOf(context, value) : undefined;
  return typeof alias === "object" ? leadsElsewhere(context, alias.value) : alias !== undefined;
}

function readSchemaMap(
  context: NormalizeContext,
  value: JsonValue,
  pointer: string,
  notes: Hash128,
): Record<string, SchemaId> | undefined {
  if (!isJsonObject(value)) return undefined;
  const base = `${pointer}/`;
  let schemas: Record<string, SchemaId> | undefined;
  for (const name in value) {
    schemas ??= {};
    schemas[name] = readSchema(context, value[name] ?? null, base + escapePointerToken(name), notes, name);
  }
  return schemas;
}

function readSchemaList(
  context: NormalizeContext,
  values: readonly JsonValue[],
  pointer: string,
  notes: Hash128,
): SchemaId[] {
  return values.map((value, index) => readSchema(context, value, `${pointer}/${index}`, notes, ""));
}

/** Bounds in numeric form: 3.0 and before write `exclusiveMinimum: true` beside `minimum`. Of two bounds the tighter stays. */
function readBounds(node: SchemaNode, schema: JsonObject): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === "number" && Number.isFinite(minimum)) {
    if (exclusiveMinimum === true) node.exclusiveMinimum = minimum;
    else if (typeof exclusiveMinimum !== "number" || exclusiveMinimum < minimum) node.minimum = minimum;
  }
  if (typeof exclusiveMinimum === "number" && Number.isFinite(exclusiveMinimum) && node.minimum === undefined) {
    node.exclusiveMinimum = exclusiveMinimum;
  }
  if (typeof maximum === "number" && Number.isFinite(maximum)) {
    if (exclusiveMaximum === true) node.exclusiveMaximum = maximum;
    else if (typeof exclusiveMaximum !== "number" || exclusiveMaximum > maximum) node.maximum = maximum;
  }
  if (typeof exclusiveMaximum === "number" && Number.isFinite(exclusiveMaximum) && node.maximum === undefined) {
    node.exclusiveMaximum = exclusiveMaximum;
  }
}

function readDependentRequired(node: SchemaNode, value: JsonValue): void {
  if (!isJsonObject(value)) return;
  const dependencies: Record<string, string[]> = {};
  for (const name in value) {
    const names = sortedStrings(value[name]);
    if (names.length > 0) dependencies[name] = names;
  }
  if (Object.keys(dependencies).length > 0) node.dependentRequired = dependencies;
}
