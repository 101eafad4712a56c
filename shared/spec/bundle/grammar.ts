import type { SpecDialect } from "../model.ts";

/**
 * Where in a description a `$ref` is a reference, and to what. Everywhere else (an example, a default, an extension, a
 * property that is called `$ref`) it is a value like others.
 * @see https://spec.openapis.org/oas/v3.2.0.html#openapi-description-structure
 */

/** What the specification lets a document refer to. */
export type ReferableKind =
  | "schema"
  | "response"
  | "parameter"
  | "requestBody"
  | "header"
  | "securityScheme"
  | "link"
  | "callback"
  | "pathItem"
  | "mediaType";

/** What only stands in the document itself. In practice a `$ref` stands there too, and means "put it in here". */
export type PlainKind =
  | "document"
  | "components"
  | "pathItems"
  | "operation"
  | "operations"
  | "parameters"
  | "requestBodies"
  | "responses"
  | "headers"
  | "content"
  | "encoding"
  | "encodings"
  | "links"
  | "callbacks"
  | "securitySchemes"
  | "schemas"
  | "discriminator"
  | "mapping"
  | "value";

export type Kind = ReferableKind | PlainKind;

type Shape = {
  members?: Readonly<Record<string, Kind>>;
  /** Of every other member, vendor extensions aside, and of every item of a list. */
  each?: Kind;
};

const payload = { schema: "schema", content: "content" } as const;
const operationsByMethod = Object.fromEntries(
  ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].map((method): [string, Kind] => [
    method,
    "operation",
  ]),
);
const schemaMembers = Object.fromEntries(
  [
    "items",
    "additionalItems",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "contains",
    "contentSchema",
    "not",
    "if",
    "then",
    "else",
  ].map((keyword): [string, Kind] => [keyword, "schema"]),
);
const schemaGroups = Object.fromEntries(
  [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
    "$defs",
    "definitions",
  ].map((keyword): [string, Kind] => [keyword, "schemas"]),
);

export const shapes: Readonly<Record<Kind, Shape>> = {
  document: {
    members: {
      info: "value",
      servers: "value",
      tags: "value",
      security: "value",
      paths: "pathItems",
      webhooks: "pathItems",
      components: "components",
      // Swagger 2.0
      definitions: "schemas",
      parameters: "parameters",
      responses: "responses",
      securityDefinitions: "securitySchemes",
    },
  },
  components: {
    members: {
      schemas: "schemas",
      responses: "responses",
      parameters: "parameters",
      requestBodies: "requestBodies",
      headers: "headers",
      securitySchemes: "securitySchemes",
      links: "links",
      callbacks: "callbacks",
      pathItems: "pathItems",
      mediaTypes: "content",
    },
  },
  pathItems: { each: "pathItem" },
  pathItem: {
    members: {
      ...operationsByMethod,
      additionalOperations: "operations",
      parameters: "parameters",
      servers: "value",
    },
  },
  operations: { each: "operation" },
  operation: {
    members: {
      parameters: "parameters",
      requestBody: "requestBody",
      responses: "responses",
      callbacks: "callbacks",
      servers: "value",
      security: "value",
    },
  },
  parameters: { each: "parameter" },
  parameter: { members: payload },
  requestBodies: { each: "requestBody" },
  requestBody: { members: payload },
  responses: { each: "response" },
  response: { members: { ...payload, headers: "headers", links: "links" } },
  headers: { each: "header" },
  header: { members: payload },
  content: { each: "mediaType" },
  mediaType: { members: { schema: "schema", itemSchema: "schema", encoding: "encodings" } },
  encodings: { each: "encoding" },
  encoding: { members: { headers: "headers" } },
  links: { each: "link" },
  link: {},
  callbacks: { each: "callback" },
  callback: { each: "pathItem" },
  securitySchemes: { each: "securityScheme" },
  securityScheme: {},
  schemas: { each: "schema" },
  schema: { members: { ...schemaMembers, ...schemaGroups, discriminator: "discriminator" } },
  discriminator: { members: { mapping: "mapping" } },
  mapping: {},
  value: {},
};

/** Where what is referred to has its place under a name of its own. */
const sections: Readonly<Record<ReferableKind, string>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
  callback: "callbacks",
  pathItem: "pathItems",
  mediaType: "mediaTypes",
};

const swagger2Sections: Partial<Record<ReferableKind, string>> = {
  schema: "/definitions",
  response: "/responses",
  parameter: "/parameters",
  securityScheme: "/securityDefinitions",
};

/** Pointer of the object that holds components of `kind`. */
export function sectionPointer(kind: ReferableKind, dialect: SpecDialect): string {
  const ofSwagger2 = dialect === "swagger-2.0" ? (swagger2Sections[kind] ?? `/x-${sections[kind]}`) : undefined;
  return ofSwagger2 ?? `/components/${sections[kind]}`;
}

export function isReferable(kind: Kind): kind is ReferableKind {
  return Object.hasOwn(sections, kind);
}

/** The kind of the member `key` of something of `kind`; `undefined` where no reference can be. */
export function memberKind(kind: Kind, key: string, isItem: boolean): Kind | undefined {
  const { members, each } = shapes[kind];
  if (isItem) return kind === "schema" ? "schema" : each; // Swagger 2.0 and 3.0 tuples: a list of `items`
  if (members !== undefined && Object.hasOwn(members, key)) return members[key];
  return key.startsWith("x-") && kind !== "schemas" && kind !== "headers" ? undefined : each;
}
