import { isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue, SchemaId, SchemaNode } from "../model.ts";
import { decodeFragment, escapePointerToken, splitPointer } from "../pointers.ts";
import type { NormalizeContext } from "./context.ts";
import { resolveSchemaPlace, resolveSchemaReference } from "./schema-references.ts";

/**
 * Reads `discriminator`: an object in OpenAPI 3, the property's name in Swagger 2.0. The values that the specification
 * implies, which are the names of the components that the branches refer to, are written out: renaming such a component
 * changes what travels.
 */
export function readDiscriminator(
  context: NormalizeContext,
  node: SchemaNode,
  schema: JsonObject,
  pointer: string,
): void {
  const discriminator = schema.discriminator;
  if (typeof discriminator === "string") {
    node.discriminator = { propertyName: discriminator };
    return;
  }
  if (!isJsonObject(discriminator) || typeof discriminator.propertyName !== "string") return;
  const mapping: Record<string, SchemaId | string> = {};
  const mapped = new Set<SchemaId | string>();
  const written = isJsonObject(discriminator.mapping) ? discriminator.mapping : {};
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
  node.discriminator = { propertyName: discriminator.propertyName };
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
