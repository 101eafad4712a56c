import { flattenAllOf } from "../flatten-all-of.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue, SchemaNode } from "../model.ts";
import type { ParsedDocument } from "../parse.ts";
import { escapePointerToken } from "../pointers.ts";

/** More places than these are not looked into one by one. */
const maxPlaces = 200;

/**
 * Places of a document, apart from those that are `known`, where a schema stands that may mean the same as `schema`, be it
 * under another name or written in place.
 * @param schemas the model that `schema` belongs to
 * @returns `undefined` where that takes more than a look at the names that the document uses
 */
export function placesOfLike(
  { document, dialect }: ParsedDocument,
  known: ReadonlySet<string>,
  schema: SchemaNode,
  schemas: readonly SchemaNode[],
): string[] | undefined {
  if (dialect === "swagger-2.0") return undefined; // has schemas that are written as something else
  const parts = flattenAllOf(schemas, schema);
  const names = new Set(parts.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const value = parts.flatMap((part) => part.enum ?? part.const ?? []).find((one) => typeof one === "string");
  if (names.size === 0 && value === undefined) return undefined;
  const isLike = (object: JsonObject): boolean =>
    names.size > 0 ? mayHaveProperties(object, names) : mayListValue(object, value ?? null);
  const places: string[] = [];
  const waiting: [JsonValue, string][] = [[document, ""]];
  for (let next = waiting.pop(); next !== undefined && places.length <= maxPlaces; next = waiting.pop()) {
    const [container, pointer] = next;
    if (isJsonObject(container) && isLike(container) && !known.has(pointer)) {
      if (!isSchemaPlace(pointer)) return undefined;
      places.push(pointer);
    }
    for (const [key, member] of Object.entries(container ?? {})) {
      if (typeof member === "object" && member !== null)
        waiting.push([member, `${pointer}/${escapePointerToken(key)}`]);
    }
  }
  return places.length > maxPlaces ? undefined : places;
}

/** Whether an object may be a schema of exactly the properties `names`, its own or those of its `allOf`. */
function mayHaveProperties(object: JsonObject, names: ReadonlySet<string>): boolean {
  const own = isJsonObject(object.properties) ? Object.keys(object.properties) : [];
  if (!own.every((name) => names.has(name))) return false;
  if (own.length === names.size) return true;
  if (!Array.isArray(object.allOf) || standsForItsBranch(object, object.allOf)) return false;
  return object.allOf.every((branch) => {
    const properties = isJsonObject(branch) ? branch.properties : undefined;
    return !isJsonObject(properties) || Object.keys(properties).every((name) => names.has(name));
  });
}

/** Whether an object may be a schema of values among which is `value`, its own or those of its `allOf`. */
function mayListValue(object: JsonObject, value: JsonValue): boolean {
  if (object.const === value || (Array.isArray(object.enum) && object.enum.includes(value))) return true;
  return Array.isArray(object.allOf) && object.properties === undefined && !standsForItsBranch(object, object.allOf);
}

/** Such an object is no schema of its own; its branch is looked at where it is written. */
function standsForItsBranch(object: JsonObject, branches: readonly JsonValue[]): boolean {
  return (
    branches.length === 1 &&
    object.type === undefined &&
    object.properties === undefined &&
    object.required === undefined
  );
}

/** Whether a schema stands at a place for certain, and is part of every model: not an example, nor in a part nobody uses. */
function isSchemaPlace(pointer: string): boolean {
  return (
    /^\/(components\/schemas|paths|webhooks)\//.test(pointer) &&
    !/\/(examples?|default|enum|const|x-[^/]*)(\/|$)/.test(pointer)
  );
}
