import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import { isOfMultipart, placesOf } from "./document-places.ts";

/**
 * The OpenAPI 3.0 `document` in 3.1: `nullable` and exclusive bounds as JSON Schema 2020-12 writes them, and without the
 * styles of multipart, which 3.0 ignores and 3.1 reads.
 */
export function upgradeOpenapi30(document: JsonObject): JsonObject {
  const upgraded = { ...structuredClone(document), openapi: "3.1.0" };
  // Innermost first: what is replaced has been upgraded.
  for (const place of placesOf(upgraded).toReversed()) {
    if (place.kind === "schema") place.replace(upgradeSchema(place.value));
    if (place.kind === "encoding" && isOfMultipart(place)) {
      const { style, explode, allowReserved, ...rest } = place.value;
      place.replace(rest);
    }
  }
  return upgraded;
}

function upgradeSchema(schema: JsonObject): JsonObject {
  if (typeof schema.$ref === "string") return { $ref: schema.$ref }; // 3.0 ignores what stands beside it
  const { nullable, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  const upgraded: JsonObject = { ...rest };
  if (minimum !== undefined) upgraded[exclusiveMinimum === true ? "exclusiveMinimum" : "minimum"] = minimum;
  if (maximum !== undefined) upgraded[exclusiveMaximum === true ? "exclusiveMaximum" : "maximum"] = maximum;
  if (nullable !== true) return upgraded;
  if (typeof upgraded.type === "string") {
    upgraded.type = [upgraded.type, "null"];
    if (Array.isArray(upgraded.enum) && !upgraded.enum.includes(null)) upgraded.enum = [...upgraded.enum, null];
    return upgraded;
  }
  const [only] = Array.isArray(upgraded.allOf) ? upgraded.allOf : [];
  if (isJsonObject(only)) {
    const { allOf, ...beside } = upgraded;
    return { ...beside, anyOf: [only, { type: "null" }] };
  }
  return upgraded;
}
