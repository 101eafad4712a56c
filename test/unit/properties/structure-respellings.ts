import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import type { Choose } from "./chooser.ts";
import { placesOf } from "./document-places.ts";
import { is2020, isDiscriminated, isFullSchema, type Respelling, versionOf } from "./respelling.ts";
import { upgradeOpenapi30 } from "./upgrade-openapi30.ts";
import { upgradeSwagger2 } from "./upgrade-swagger2.ts";

/** Names that say nothing about what is valid. */
const words = ["description", "summary", "title", "example", "externalDocs", "x-note", "x-internal"];

/** How a thing is put together. */
export const structureRespellings: Respelling[] = [
  {
    name: "allOf of one",
    apply(document, choose) {
      for (const place of placesOf(document).toReversed()) {
        if (!isFullSchema(document, place) || isDiscriminated(place) || "$defs" in place.value || choose(4) > 0)
          continue;
        place.replace(choose(2) === 0 ? { allOf: [place.value] } : { description: "The same.", allOf: [place.value] });
      }
      return document;
    },
  },
  {
    name: "a plain object as an allOf of its parts",
    apply(document, choose) {
      for (const place of placesOf(document).toReversed()) {
        if (isFullSchema(document, place) && isPlainObject(place.value) && choose(2) === 0) {
          place.replace(partsOf(place.value, choose));
        }
      }
      return document;
    },
  },
  {
    name: "parameters of the path in each operation",
    apply(document) {
      for (const { kind, value } of placesOf(document)) {
        if (kind !== "pathItem" || !Array.isArray(value.parameters)) continue;
        const { parameters, ...rest } = value;
        for (const operation of operationsOf(rest)) {
          const own = Array.isArray(operation.parameters) ? operation.parameters : [];
          const key = (one: JsonValue) => keyOfParameter(document, one);
          const isReplaced = (one: JsonValue) => own.some((other) => key(other) === key(one));
          operation.parameters = [...parameters.filter((one) => !isReplaced(one)), ...own].map((one) =>
            structuredClone(one),
          );
        }
        delete value.parameters;
      }
      return document;
    },
  },
  {
    name: "security and servers in each operation",
    apply(document, choose) {
      for (const { kind, value } of placesOf(document)) {
        if (kind !== "pathItem") continue;
        for (const operation of operationsOf(value)) {
          if (choose(2) === 0 && document.security !== undefined)
            operation.security ??= structuredClone(document.security);
          if ("swagger" in document) {
            if (document.schemes !== undefined) operation.schemes ??= structuredClone(document.schemes);
            if (document.produces !== undefined) operation.produces ??= structuredClone(document.produces);
          }
        }
      }
      const paths = isJsonObject(document.paths) ? Object.values(document.paths) : [];
      for (const item of paths.filter(isJsonObject)) {
        const inherited = item.servers ?? document.servers;
        if (inherited === undefined || "swagger" in document) continue;
        for (const operation of operationsOf(item))
          if (choose(2) === 0) operation.servers ??= structuredClone(inherited);
      }
      return document;
    },
  },
  {
    name: "with other words",
    apply(document, choose) {
      for (const { kind, value } of placesOf(document)) {
        if (kind === "callback" || kind === "requirement" || kind === "components" || "$ref" in value) continue;
        for (const key of words) if (key in value && choose(2) === 0) delete value[key];
        if (choose(3) === 0) value.description = "In other words.";
        if (choose(3) === 0) value["x-vendor"] = { note: [1] };
        if (kind === "schema" && choose(3) === 0) value.title = "Other";
        if (kind === "schema" && is2020(document) && choose(3) === 0)
          Object.assign(value, { $comment: "c", examples: [1, null] });
        if (kind === "operation" && choose(3) === 0) value.summary = "In short.";
      }
      return document;
    },
  },
  {
    name: "the next version of the specification",
    apply(document) {
      const version = versionOf(document);
      if (version === "2.0") return upgradeSwagger2(document);
      if (version === "3.0") return upgradeOpenapi30(document);
      return { ...document, openapi: "3.2.0" };
    },
  },
];

export function operationsOf(item: JsonObject): JsonObject[] {
  const more = isJsonObject(item.additionalOperations) ? Object.values(item.additionalOperations) : [];
  return [...Object.values(item), ...more].filter(isJsonObject).filter((value) => "responses" in value);
}

function keyOfParameter(document: JsonObject, written: JsonValue): string {
  let parameter = written;
  while (isJsonObject(parameter) && typeof parameter.$ref === "string") {
    let found: JsonValue | undefined = document;
    for (const name of decodeURIComponent(parameter.$ref).slice(2).split("/"))
      found = isJsonObject(found) ? found[name] : undefined;
    parameter = found ?? null;
  }
  const { in: location, name } = isJsonObject(parameter) ? parameter : {};
  return `${location} ${location === "header" ? String(name).toLowerCase() : name}`;
}

function isPlainObject(schema: JsonObject): boolean {
  if (schema.type !== "object" || !isJsonObject(schema.properties)) return false;
  return Object.keys(schema).every((key) =>
    ["type", "properties", "required", "description", "title", "x-note"].includes(key),
  );
}

function partsOf(schema: JsonObject, choose: Choose): JsonObject {
  const { properties, required, type, ...rest } = schema;
  const parts: JsonObject[] = [{}, {}, {}];
  for (const [name, property] of Object.entries(properties ?? {})) {
    const part = parts[choose(3)] ?? {};
    part.properties = { ...(isJsonObject(part.properties) ? part.properties : {}), [name]: property };
  }
  for (const name of Array.isArray(required) ? required : []) {
    const part = parts[choose(3)] ?? {};
    part.required = [...(Array.isArray(part.required) ? part.required : []), name];
  }
  const [first, second, ...others] = parts;
  const whole: JsonObject = {
    ...rest,
    allOf: [{ type: "object", ...first }, ...others.filter((part) => Object.keys(part).length > 0)],
  };
  // Some of it may stand beside the list.
  return { ...whole, ...second, ...(choose(2) === 0 && { type: "object" }) };
}
