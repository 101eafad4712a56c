import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { type DocumentPlace, placesOf } from "./document-places.ts";
import { is2020, isFullSchema, type Respelling, versionOf } from "./respelling.ts";

/** The values that the specification gives to what is not written. */
export const defaultRespellings: Respelling[] = [
  {
    name: "defaults written out",
    apply(document, choose) {
      const isOpen = !JSON.stringify(document).includes('"unevaluated');
      for (const place of placesOf(document)) {
        for (const [key, value] of Object.entries(defaultsOf(document, place, isOpen))) {
          if (place.value[key] === undefined && choose(3) === 0) place.value[key] = value;
        }
      }
      return document;
    },
  },
];

function defaultsOf(document: JsonObject, place: DocumentPlace, isOpen: boolean): JsonObject {
  const { value, kind } = place;
  const version = versionOf(document);
  if ("$ref" in value || "$dynamicRef" in value) return {};
  switch (kind) {
    case "document":
      if (version === "2.0") return { security: [], ...(value.host === undefined && { basePath: "/" }) };
      return { servers: [{ url: "/" }], security: [], tags: [] };
    case "operation":
      return { deprecated: false, parameters: [], tags: [], ...(version !== "2.0" && { callbacks: {} }) };
    case "pathItem":
      return { parameters: [], ...(version >= "3.0" && place.parent?.kind === "document" && { servers: [] }) };
    case "parameter":
      return version === "2.0" ? swagger2ParameterDefaults(value) : parameterDefaults(value);
    case "header":
      if (version === "2.0") return value.type === "array" ? { collectionFormat: "csv" } : {};
      return { required: false, deprecated: false, style: "simple", explode: false };
    case "requestBody":
      return { required: false };
    case "response":
      return { headers: {}, ...(version !== "2.0" && { links: {}, content: {} }) };
    case "mediaType":
      return { encoding: {} };
    case "encoding": {
      const style = value.style ?? "form";
      return { style: "form", explode: style === "form", allowReserved: false, headers: {} };
    }
    case "schema":
      return isFullSchema(document, place) ? schemaDefaults(document, value, isOpen) : {};
    default:
      return {};
  }
}

function swagger2ParameterDefaults(value: JsonObject): JsonObject {
  const { in: location, type } = value;
  return {
    ...(location !== "path" && { required: false }),
    ...(location === "query" && { allowEmptyValue: false }),
    ...(type === "array" && { collectionFormat: "csv", minItems: 0, uniqueItems: false }),
    ...(type === "string" && { minLength: 0 }),
  };
}

function parameterDefaults(value: JsonObject): JsonObject {
  const { in: location } = value;
  const isForm = location === "query" || location === "cookie";
  const style = value.style ?? (isForm ? "form" : "simple");
  return {
    ...(location !== "path" && { required: false }),
    ...(location === "query" && { allowEmptyValue: false }),
    deprecated: false,
    ...(value.content === undefined && {
      style: isForm ? "form" : "simple",
      explode: style === "form",
      ...(location === "query" && { allowReserved: false }),
    }),
  };
}

function schemaDefaults(document: JsonObject, value: JsonObject, isOpen: boolean): JsonObject {
  const { type } = value;
  const isOf = (name: string) => type === name || (Array.isArray(type) && type.includes(name));
  const version = versionOf(document);
  const anything: JsonValue = is2020(document) ? true : {};
  return {
    ...(version === "3.0" && { nullable: false, writeOnly: false, deprecated: false }),
    ...(is2020(document) && { writeOnly: false, deprecated: false, required: [], patternProperties: {} }),
    readOnly: false,
    ...(isOf("string") && { minLength: 0 }),
    ...(isOf("array") && {
      minItems: 0,
      uniqueItems: false,
      ...(is2020(document) && isOpen && { items: anything }),
      ...(is2020(document) && value.contains !== undefined && { minContains: 1 }),
    }),
    ...(isOf("object") && {
      minProperties: 0,
      properties: {},
      ...(isOpen && { additionalProperties: anything }),
      ...(is2020(document) && { propertyNames: true, dependentRequired: {}, dependentSchemas: {} }),
    }),
    ...(!is2020(document) && value.minimum !== undefined && { exclusiveMinimum: false }),
    ...(!is2020(document) && value.maximum !== undefined && { exclusiveMaximum: false }),
    ...(isJsonObject(value.xml) && { xml: value.xml }),
  };
}
