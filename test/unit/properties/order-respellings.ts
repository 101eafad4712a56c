import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { type Choose, shuffled } from "./chooser.ts";
import { placesOf } from "./document-places.ts";
import { is2020, type Respelling, versionOf } from "./respelling.ts";

/** Lists without order, by the kind of what holds them. */
const unordered: Record<string, string[]> = {
  document: ["security", "consumes", "produces"],
  pathItem: ["parameters"],
  operation: ["parameters", "security", "tags", "consumes", "produces", "schemes", "servers"],
  schema: ["enum", "required", "allOf", "anyOf", "oneOf", "type", "x-extensible-enum"],
  parameter: ["enum"],
};

/** The order in which things are written, where it means nothing. */
export const orderRespellings: Respelling[] = [
  { name: "keys in another order", apply: (document, choose) => shuffleKeys(document, choose) },
  {
    name: "lists in another order",
    apply(document, choose) {
      for (const { kind, value } of placesOf(document)) {
        for (const key of unordered[kind] ?? []) {
          const list = value[key];
          if (Array.isArray(list)) value[key] = shuffled(list, choose);
        }
        if (kind === "requirement")
          for (const [scheme, scopes] of Object.entries(value)) value[scheme] = shuffledList(scopes, choose);
        if (kind === "server") {
          for (const variable of Object.values(value.variables ?? {})) {
            if (isJsonObject(variable) && Array.isArray(variable.enum)) variable.enum = shuffled(variable.enum, choose);
          }
        }
        if (kind === "schema" && isJsonObject(value.dependentRequired)) {
          const dependencies = value.dependentRequired;
          for (const [name, names] of Object.entries(dependencies)) dependencies[name] = shuffledList(names, choose);
        }
      }
      return document;
    },
  },
  {
    name: "media types in another case",
    apply(document, choose) {
      const respell = (text: string) => {
        const [essence = "", ...parameters] = text.split(/; ?/);
        const written = choose(2) === 0 ? essence.toUpperCase() : essence.replace(/^./, (first) => first.toUpperCase());
        return [written, ...parameters].join(choose(2) === 0 ? ";" : "; ");
      };
      for (const { kind, value } of placesOf(document)) {
        if (isJsonObject(value.content)) value.content = renameKeys(value.content, respell);
        if (kind === "encoding" && typeof value.contentType === "string")
          value.contentType = value.contentType.toUpperCase();
        if (kind !== "operation" && kind !== "document") continue;
        for (const key of ["consumes", "produces"]) {
          const list = value[key];
          if (Array.isArray(list)) value[key] = list.map((item) => (typeof item === "string" ? respell(item) : item));
        }
      }
      return document;
    },
  },
  {
    name: "header names and schemes in another case",
    apply(document, choose) {
      const respell = (name: string) => (choose(2) === 0 ? name.toLowerCase() : name.toUpperCase());
      for (const { kind, value } of placesOf(document)) {
        if (kind === "parameter" && value.in === "header" && typeof value.name === "string")
          value.name = respell(value.name);
        if (kind === "securityScheme" && typeof value.scheme === "string") value.scheme = respell(value.scheme);
        if (kind === "securityScheme" && value.in === "header" && typeof value.name === "string")
          value.name = respell(value.name);
        if ((kind === "response" || kind === "encoding") && isJsonObject(value.headers))
          value.headers = renameKeys(value.headers, respell);
      }
      return document;
    },
  },
  {
    name: "a constant as an enum of one, and back",
    apply(document, choose) {
      if (!is2020(document)) return document;
      for (const { kind, value } of placesOf(document)) {
        if (kind !== "schema" || choose(2) === 0) continue;
        const { const: constant, enum: values } = value;
        if (constant !== undefined && values === undefined) {
          value.enum = [constant];
          delete value.const;
        } else if (Array.isArray(values) && values.length === 1 && constant === undefined) {
          value.const = values[0] ?? null;
          delete value.enum;
        }
      }
      return document;
    },
  },
  {
    name: "a type as a list of one, and back",
    apply(document, choose) {
      if (versionOf(document) < "3.1") return document;
      for (const { kind, value } of placesOf(document)) {
        if (kind !== "schema" || choose(2) === 0) continue;
        if (typeof value.type === "string")
          value.type = value.type === "number" && choose(2) === 0 ? ["integer", "number"] : [value.type];
        else if (Array.isArray(value.type) && value.type.length === 1) value.type = value.type[0] ?? null;
      }
      return document;
    },
  },
];

function shuffledList(value: JsonValue, choose: Choose): JsonValue {
  return Array.isArray(value) ? shuffled(value, choose) : value;
}

function shuffleKeys(value: JsonObject, choose: Choose): JsonObject;
function shuffleKeys(value: JsonValue, choose: Choose): JsonValue;
function shuffleKeys(value: JsonValue, choose: Choose): JsonValue {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, choose));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    shuffled(Object.entries(value), choose).map(([key, member]) => [key, shuffleKeys(member, choose)]),
  );
}

function renameKeys(value: JsonObject, rename: (key: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [rename(key), member]));
}
