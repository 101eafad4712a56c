import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import type { Choose } from "./chooser.ts";
import type { DocumentPlace } from "./document-places.ts";

/** Another way to write the same API. */
export type Respelling = {
  name: string;
  /** The document re-spelled; what it is given may be changed. A re-spelling that finds nothing to do changes nothing. */
  apply(document: JsonObject, choose: Choose): JsonObject;
};

/** `2.0`, `3.0`, `3.1` or `3.2`. */
export function versionOf(document: JsonObject): string {
  return String(document.swagger ?? document.openapi).slice(0, 3);
}

/** Whether the schemas of the document are those of JSON Schema 2020-12. */
export function is2020(document: JsonObject): boolean {
  return versionOf(document) >= "3.1";
}

/** Whether a schema's own name counts here: the value that a discriminator implies is the name in the reference. */
export function isDiscriminated({ parent, path }: DocumentPlace): boolean {
  const keyword = path.at(-2);
  return parent?.value.discriminator !== undefined && (keyword === "oneOf" || keyword === "anyOf");
}

/**
 * Whether any schema may stand here: parameters and headers of Swagger 2.0 have no schema of their own, and its `file` is
 * none.
 */
export function isFullSchema(document: JsonObject, place: DocumentPlace): boolean {
  if (place.kind !== "schema") return false;
  if (!("swagger" in document)) return true;
  if (place.value.type === "file") return false;
  let outermost = place;
  while (outermost.parent?.kind === "schema") outermost = outermost.parent;
  return outermost.key !== "items";
}

/** Whether something else in the document may point into `value` or at its anchors: moving it would lead them elsewhere. */
export function isPointedInto(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(isPointedInto);
  if (!isJsonObject(value)) return false;
  return (
    "$anchor" in value || "$dynamicAnchor" in value || "$defs" in value || Object.values(value).some(isPointedInto)
  );
}

/** Every text under the key `$ref`, and every target of a discriminator, rewritten. */
export function mapReferences(value: JsonValue, map: (reference: string) => string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, map));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, JsonValue] => {
      if (key === "$ref" && typeof member === "string") return [key, map(member)];
      if (key === "discriminator" && isJsonObject(member) && isJsonObject(member.mapping)) {
        const mapping = Object.entries(member.mapping).map(([name, target]): [string, JsonValue] => [
          name,
          typeof target === "string" ? map(target.startsWith("#") ? target : `#/components/schemas/${target}`) : target,
        ]);
        return [key, { ...member, mapping: Object.fromEntries(mapping) }];
      }
      return [key, mapReferences(member, map)];
    }),
  );
}
