import { asString, isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue, SchemaId, SchemaNode } from "../model.ts";
import { decodeFragment, escapePointerToken, splitPointer } from "../pointers.ts";
import type { NormalizeContext } from "./context.ts";
import type { Place } from "./references.ts";
import { resolveSchemaPlace, resolveSchemaReference } from "./schema-references.ts";

/**
 * Reads `discriminator`: an object in OpenAPI 3, the property's name in Swagger 2.0. The values that the specification
 * implies are written out: the names of the components that the branches refer to, or, of a parent without branches, of the
 * components that have it in their `allOf`, to which no operation need refer. Renaming such a component changes what
 * travels.
 */
export function readDiscriminator(
  context: NormalizeContext,
  node: SchemaNode,
  schema: JsonObject,
  pointer: string,
): void {
  const discriminator = schema.discriminator;
  const propertyName = isJsonObject(discriminator) ? discriminator.propertyName : discriminator;
  if (typeof propertyName !== "string") return;
  const mapping: Record<string, SchemaId | string> = {};
  const mapped = new Set<SchemaId | string>();
  const written = isJsonObject(discriminator) && isJsonObject(discriminator.mapping) ? discriminator.mapping : {};
  for (const value in written) {
    const target = written[value];
    if (typeof target !== "string") continue;
    const resolved = resolveMapped(context, target, `${pointer}/discriminator/mapping/${escapePointerToken(value)}`);
    mapping[value] = resolved;
    mapped.add(resolved);
  }
  for (const branch of [...branches(schema.oneOf), ...branches(schema.anyOf)]) {
    const name = componentName(branch);
    if (name === undefined || Object.hasOwn(mapping, name)) continue;
    const target = resolveMapped(context, branch, pointer);
    if (!mapped.has(target)) mapping[name] = target;
  }
  for (const child of schema.oneOf === undefined && schema.anyOf === undefined ? childrenOf(context, pointer) : []) {
    if (Object.hasOwn(mapping, child.key)) continue;
    const target = resolveSchemaPlace(context, child, child.key, pointer);
    if (!mapped.has(target)) mapping[child.key] = target;
  }
  node.discriminator = { propertyName };
  if (Object.keys(mapping).length > 0) node.discriminator.mapping = mapping;
}

/** A mapping names a component, or refers to a schema. */
function resolveMapped(context: NormalizeContext, target: string, pointer: string): SchemaId | string {
  const components = isJsonObject(context.document.components) ? context.document.components.schemas : undefined;
  const component = isJsonObject(components) ? ownMember(components, target) : undefined;
  if (component !== undefined) {
    const place = { value: component, pointer: `${context.base}/components/schemas/${escapePointerToken(target)}` };
    return resolveSchemaPlace(context, place, target, pointer);
  }
  return target.startsWith("#/") ? resolveSchemaReference(context, target, pointer) : target;
}

function branches(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((branch) => (isJsonObject(branch) && typeof branch.$ref === "string" ? [branch.$ref] : []));
}

function componentName(reference: string): string | undefined {
  const tokens = reference.startsWith("#") ? splitPointer(decodeFragment(reference.slice(1))) : undefined;
  const [root, section, name, more] = tokens ?? [];
  return root === "components" && section === "schemas" && more === undefined ? name : undefined;
}

type Child = Place & { key: string };

/** The components that have the component at `pointer` in their `allOf`, and those that have these, and so on. */
function childrenOf(context: NormalizeContext, pointer: string): Child[] {
  context.childComponents ??= readChildComponents(context);
  const children = new Map<string, Child>();
  const pending = [pointer];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    for (const child of context.childComponents.get(parent) ?? []) {
      if (child.pointer === pointer || children.has(child.pointer)) continue;
      children.set(child.pointer, child);
      pending.push(child.pointer);
    }
  }
  return [...children.values()];
}

/** By the pointer of the parent. */
function readChildComponents({ document, dialect }: NormalizeContext): Map<string, Child[]> {
  const holder = isJsonObject(document.components) ? document.components.schemas : undefined;
  const isSwagger2 = dialect === "swagger-2.0";
  const schemas = isSwagger2 ? document.definitions : holder;
  const children = new Map<string, Child[]>();
  if (!isJsonObject(schemas)) return children;
  const base = isSwagger2 ? "/definitions/" : "/components/schemas/";
  for (const name in schemas) {
    const value = schemas[name];
    if (!isJsonObject(value)) continue;
    // Azure's tools send this word in place of the component's name.
    const key = asString(value["x-ms-discriminator-value"]) ?? name;
    for (const reference of branches(value.allOf)) {
      const parent = reference.startsWith("#") ? reference.slice(1) : "";
      const siblings = children.get(parent) ?? [];
      siblings.push({ key, value, pointer: base + escapePointerToken(name) });
      children.set(parent, siblings);
    }
  }
  return children;
}
