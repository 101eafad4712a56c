import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { DocumentPlace } from "./document-places.ts";
import {
  changesItems,
  changesMembers,
  isOfType,
  itemsOf,
  type Mutation,
  membersOf,
  setsKeyword,
  turnsFlag,
} from "./mutation.ts";

const is = (type: string) => (value: JsonObject) => isOfType(value, type);
const isNumber = (value: JsonObject) => isOfType(value, "integer") || isOfType(value, "number");
const numberAfter = (keyword: string, otherwise: number) => (value: JsonObject) =>
  typeof value[keyword] === "number" ? value[keyword] + 1 : otherwise;
const isProperty = (_: JsonObject, place: DocumentPlace) => place.path.at(-2) === "properties";
const hasList = (keyword: string) => (value: JsonObject) => Array.isArray(value[keyword]);

const inEveryVersion: Mutation[] = [
  {
    name: "another type",
    kind: "schema",
    applies: (value) => typeof value.type === "string" && value.type !== "file",
    apply: (value) => {
      value.type = value.type === "boolean" ? "string" : "boolean";
    },
  },
  {
    name: "no type",
    kind: "schema",
    applies: (value) => typeof value.type === "string" && value.enum === undefined && value.const === undefined,
    apply: (value) => {
      delete value.type;
    },
  },
  ...setsKeyword(
    "schema",
    "format",
    () => "email",
    (value) => is("string")(value),
  ),
  ...setsKeyword("schema", "pattern", () => "^other$", is("string")),
  ...setsKeyword("schema", "minLength", numberAfter("minLength", 2), is("string")),
  ...setsKeyword("schema", "maxLength", numberAfter("maxLength", 30), is("string")),
  ...setsKeyword(
    "schema",
    "minimum",
    numberAfter("minimum", -30),
    (value) => isNumber(value) && value.exclusiveMinimum === undefined,
  ),
  ...setsKeyword(
    "schema",
    "maximum",
    numberAfter("maximum", 90),
    (value) => isNumber(value) && value.exclusiveMaximum === undefined,
  ),
  ...setsKeyword("schema", "multipleOf", numberAfter("multipleOf", 3), isNumber),
  ...setsKeyword("schema", "minItems", numberAfter("minItems", 2), is("array")),
  ...setsKeyword("schema", "maxItems", numberAfter("maxItems", 30), is("array")),
  ...setsKeyword("schema", "minProperties", numberAfter("minProperties", 2), is("object")),
  ...setsKeyword("schema", "maxProperties", numberAfter("maxProperties", 30), is("object")),
  ...setsKeyword("schema", "default", () => "other", is("string")),
  ...setsKeyword("schema", "items", () => ({ type: "string", maxLength: 77 }), is("array")).filter(
    ({ name }) => !name.startsWith("adds"),
  ),
  turnsFlag("schema", "uniqueItems", is("array")),
  turnsFlag("schema", "readOnly", isProperty),
  turnsFlag("schema", "writeOnly", isProperty),
  ...changesItems("schema", "enum", "another", hasList("enum")),
  ...setsKeyword("schema", "enum", () => ["only"], is("string")).filter(({ name }) => !name.startsWith("changes")),
  ...changesItems("schema", "required", "other", hasList("required")),
  ...changesMembers("schema", "properties", "other", { type: "string" }, is("object")),
  {
    name: "closes the object",
    kind: "schema",
    applies: (value) => isOfType(value, "object") && value.additionalProperties !== false,
    apply: (value) => {
      value.additionalProperties = false;
    },
  },
  {
    name: "opens the object",
    kind: "schema",
    applies: (value) => isOfType(value, "object") && value.additionalProperties === false,
    apply: (value) => {
      delete value.additionalProperties;
    },
  },
];

const inVersion3: Mutation[] = [
  turnsFlag("schema", "deprecated", isProperty),
  ...(["oneOf", "anyOf", "allOf"] as const).flatMap((keyword) =>
    changesItems(
      "schema",
      keyword,
      { type: "object", required: ["branch"], maxProperties: 77 },
      (value) => hasList(keyword)(value) && value.discriminator === undefined,
    ),
  ),
  ...setsKeyword(
    "schema",
    "not",
    () => ({ type: "object", required: ["not"] }),
    (value) => value.oneOf === undefined && value.anyOf === undefined,
  ),
  {
    name: "another property of the discriminator",
    kind: "schema",
    applies: (value) => value.discriminator !== undefined,
    apply: (value) => {
      value.discriminator = { ...membersOf(value, "discriminator"), propertyName: "other" };
    },
  },
  {
    name: "a value more of the discriminator",
    kind: "schema",
    applies: (value) => value.discriminator !== undefined && itemsOf(value, "oneOf").length > 0,
    apply: (value) => {
      const discriminator = membersOf(value, "discriminator");
      const [first] = itemsOf(value, "oneOf");
      const target = typeof first === "object" && first !== null && "$ref" in first ? first.$ref : undefined;
      value.discriminator = {
        ...discriminator,
        mapping: { ...membersOf(discriminator, "mapping"), more: target ?? "other.json" },
      };
    },
  },
  ...setsKeyword("schema", "xml", () => ({ name: "other" }), isProperty),
];

const in30 = [
  turnsFlag("schema", "nullable", (value) => typeof value.type === "string"),
  turnsFlag("schema", "exclusiveMinimum", (value) => value.minimum !== undefined),
  turnsFlag("schema", "exclusiveMaximum", (value) => value.maximum !== undefined),
].map((mutation): Mutation => ({ ...mutation, versions: /^3\.0/ }));

const in31 = [
  ...setsKeyword(
    "schema",
    "exclusiveMinimum",
    numberAfter("exclusiveMinimum", -40),
    (value) => isNumber(value) && value.minimum === undefined,
  ),
  ...setsKeyword(
    "schema",
    "exclusiveMaximum",
    numberAfter("exclusiveMaximum", 95),
    (value) => isNumber(value) && value.maximum === undefined,
  ),
  ...setsKeyword(
    "schema",
    "const",
    () => "constant",
    (value) => isOfType(value, "string") && value.enum === undefined,
  ),
  {
    name: "null among the types, or not",
    kind: "schema" as const,
    applies: (value: JsonObject) => Array.isArray(value.type) && value.enum === undefined && value.type.length > 1,
    apply: (value: JsonObject) => {
      const types = itemsOf(value, "type");
      value.type = types.includes("null") ? types.filter((type) => type !== "null") : [...types, "null"];
    },
  },
  ...setsKeyword("schema", "contentEncoding", () => "base32", is("string")),
  ...setsKeyword("schema", "contentMediaType", () => "image/gif", is("string")),
  ...setsKeyword("schema", "contentSchema", () => ({ type: "object", required: ["other"] }), is("string")),
  ...setsKeyword("schema", "propertyNames", () => ({ pattern: "^other" }), is("object")),
  ...setsKeyword("schema", "unevaluatedProperties", () => ({ type: "string", maxLength: 77 }), is("object")),
  ...setsKeyword("schema", "unevaluatedItems", () => ({ type: "string", maxLength: 77 }), is("array")),
  ...setsKeyword(
    "schema",
    "contains",
    () => ({ type: "string", maxLength: 77 }),
    (value) => isOfType(value, "array") && value.minContains === undefined && value.maxContains === undefined,
  ),
  ...setsKeyword("schema", "minContains", numberAfter("minContains", 2), (value) => value.contains !== undefined),
  ...setsKeyword("schema", "maxContains", numberAfter("maxContains", 30), (value) => value.contains !== undefined),
  ...setsKeyword(
    "schema",
    "if",
    () => ({ required: ["other"] }),
    (value) => value.then !== undefined || value.else !== undefined,
  ),
  ...setsKeyword(
    "schema",
    "then",
    () => ({ required: ["other"] }),
    (value) => value.if !== undefined,
  ),
  ...setsKeyword(
    "schema",
    "else",
    () => ({ required: ["other"] }),
    (value) => value.if !== undefined,
  ),
  ...changesItems("schema", "prefixItems", { type: "string", maxLength: 77 }, is("array")),
  ...changesMembers("schema", "patternProperties", "^other", { type: "string", maxLength: 77 }, is("object")),
  ...changesMembers("schema", "dependentSchemas", "other", { required: ["more"] }, is("object")),
  ...changesMembers("schema", "dependentRequired", "other", ["more"], is("object")),
  ...changesItems("schema", "x-extensible-enum", "another", hasList("x-extensible-enum")),
].map((mutation): Mutation => ({ ...mutation, versions: /^3\.[12]/ }));

/** Edits of one keyword of a schema. */
export const schemaMutations: Mutation[] = [
  ...inEveryVersion,
  ...inVersion3.map((mutation) => ({ ...mutation, versions: /^3/ })),
  ...in30,
  ...in31,
];
