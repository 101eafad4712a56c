import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import { type DocumentPlace, isOfMultipart } from "./document-places.ts";
import { changesItems, changesMembers, type Mutation, membersOf, setsKeyword, turnsFlag } from "./mutation.ts";

const plain = { type: "string", maxLength: 77 };
const isStyled = (value: JsonObject) => value.content === undefined;
const isQuery = (value: JsonObject) => value.in === "query" && isStyled(value);
const inCallback = ({ path }: DocumentPlace) => path.includes("callbacks") || path[0] === "webhooks";
const ofType = (type: string) => (value: JsonObject) => value.type === type;

const parameters: Mutation[] = [
  turnsFlag("parameter", "required", (value) => value.in !== "path"),
  turnsFlag("parameter", "deprecated"),
  turnsFlag("parameter", "allowReserved", isQuery),
  turnsFlag("parameter", "allowEmptyValue", isQuery),
  {
    name: "turns explode",
    kind: "parameter",
    applies: isStyled,
    apply: (value) => {
      const byDefault = (value.style ?? (value.in === "query" || value.in === "cookie" ? "form" : "simple")) === "form";
      value.explode = !(value.explode ?? byDefault);
    },
  },
  {
    name: "another style",
    kind: "parameter",
    applies: (value) => isQuery(value) && value.explode !== undefined,
    apply: (value) => {
      value.style = value.style === "spaceDelimited" ? "pipeDelimited" : "spaceDelimited";
    },
  },
  {
    name: "another name",
    kind: "parameter",
    applies: (value) => value.in !== "path",
    apply: (value) => {
      value.name = "renamed";
    },
  },
  {
    name: "another place",
    kind: "parameter",
    applies: (value) =>
      value.in === "query" &&
      isStyled(value) &&
      value.style === undefined &&
      value.allowReserved !== true &&
      value.allowEmptyValue !== true,
    apply: (value) => {
      value.in = "cookie";
    },
  },
  ...setsKeyword(
    "parameter",
    "x-sunset",
    () => "2030-01-01",
    (value) => value.deprecated === true,
  ),
  ...setsKeyword("parameter", "x-stability-level", () => "draft"),
];

const operations: Mutation[] = [
  turnsFlag("operation", "deprecated"),
  ...setsKeyword(
    "operation",
    "operationId",
    () => "renamed",
    (_, place) => !inCallback(place),
  ),
  ...setsKeyword(
    "operation",
    "x-sunset",
    () => "2030-01-01",
    (value) => value.deprecated === true,
  ),
  ...setsKeyword("operation", "x-stability-level", () => "draft"),
  ...changesItems("operation", "tags", "other"),
  ...changesItems("operation", "parameters", { name: "more", in: "query", schema: plain }).filter(({ name }) =>
    name.startsWith("adds"),
  ),
  ...setsKeyword("operation", "requestBody", () => ({ content: { "application/x-more": { schema: plain } } })).filter(
    ({ name }) => !name.startsWith("changes"),
  ),
  ...changesMembers("operation", "responses", "418", {
    description: "A teapot.",
    content: { "application/x-more": { schema: plain } },
  }),
  ...changesMembers(
    "operation",
    "callbacks",
    "onMore",
    { "{$request.body#/more}": { post: { responses: { 200: { description: "Fine." } } } } },
    (_, place) => !inCallback(place),
  ),
  ...setsKeyword(
    "operation",
    "servers",
    () => [{ url: "https://other.example.com" }],
    (_, place) => !inCallback(place),
  ).filter(({ name }) => !name.startsWith("removes")),
  {
    name: "another requirement",
    kind: "operation",
    applies: (_, place) => !inCallback(place),
    apply: (value) => {
      value.security = [{ key: [], "not-declared": [] }];
    },
  },
  {
    name: "an operation less",
    kind: "pathItem",
    applies: (value, place) => place.path.length === 2 && Object.keys(value).some((key) => isOperation(value[key])),
    apply: (value, choose) => {
      const methods = Object.keys(value).filter((key) => isOperation(value[key]));
      delete value[methods[choose(methods.length)] ?? ""];
    },
  },
  {
    name: "an operation more",
    kind: "pathItem",
    applies: (value, place) => place.path.length === 2 && value.head === undefined,
    apply: (value) => {
      value.head = {
        responses: { 200: { description: "Fine.", content: { "application/x-more": { schema: plain } } } },
      };
    },
  },
];

function isOperation(value: unknown): boolean {
  return typeof value === "object" && value !== null && "responses" in value;
}

const exchanges: Mutation[] = [
  turnsFlag("requestBody", "required"),
  ...changesMembers("requestBody", "content", "application/x-more", { schema: plain }),
  ...changesMembers("response", "content", "application/x-more", { schema: plain }),
  ...changesMembers("response", "headers", "X-More", { schema: plain }),
  ...changesMembers("response", "links", "more", { operationId: "op0" }),
  ...setsKeyword("mediaType", "schema", () => plain).filter(({ name }) => !name.startsWith("changes")),
  turnsFlag("header", "required"),
  turnsFlag("header", "deprecated"),
  turnsFlag("header", "explode"),
  ...setsKeyword("link", "operationId", () => "renamed"),
  ...setsKeyword("link", "requestBody", () => "$request.body#/other"),
  ...changesMembers("link", "parameters", "other", "$request.body#/other"),
  ...setsKeyword("link", "server", () => ({ url: "https://other.example.com" })),
  ...changesMembers("mediaType", "encoding", "id", { contentType: "application/x-more" }, isForm),
  ...setsKeyword("encoding", "contentType", () => "application/x-more"),
  ...changesMembers("encoding", "headers", "X-More", { schema: plain }, (_, place) => isOfMultipart(place)),
  // Of multipart, 3.0 ignores it.
  turnsFlag("encoding", "allowReserved", (_, place) => !isOfMultipart(place)),
];

function isForm(_: JsonObject, { key, parent }: DocumentPlace): boolean {
  return parent?.kind === "requestBody" && /multipart|urlencoded/.test(String(key));
}

const documents: Mutation[] = [
  ...setsKeyword(
    "server",
    "url",
    () => "https://other.example.com",
    (_, { parent }) => parent?.kind !== "link",
  ).filter(({ name }) => name.startsWith("changes")),
  ...changesMembers("server", "variables", "more", { default: "other" }, (_, { parent }) => parent?.kind !== "link"),
  ...setsKeyword("securityScheme", "name", () => "X-Other", ofType("apiKey")).filter(({ name }) =>
    name.startsWith("changes"),
  ),
  ...setsKeyword("securityScheme", "in", () => "cookie", ofType("apiKey")).filter(({ name }) =>
    name.startsWith("changes"),
  ),
  ...setsKeyword("securityScheme", "scheme", () => "digest", ofType("http")).filter(({ name }) =>
    name.startsWith("changes"),
  ),
  ...setsKeyword(
    "securityScheme",
    "bearerFormat",
    () => "opaque",
    (value) => value.type === "http" && String(value.scheme).toLowerCase() === "bearer",
  ),
  ...setsKeyword(
    "securityScheme",
    "openIdConnectUrl",
    () => "https://other.example.com",
    ofType("openIdConnect"),
  ).filter(({ name }) => name.startsWith("changes")),
  {
    name: "another scope of a flow",
    kind: "securityScheme",
    applies: (value) => isJsonObject(value.flows),
    apply: (value, choose) => {
      const flows = Object.values(membersOf(value, "flows")).filter(isJsonObject);
      const flow = flows[choose(flows.length)];
      if (flow !== undefined) flow.scopes = { ...membersOf(flow, "scopes"), more: "More." };
    },
  },
  ...["tokenUrl", "refreshUrl"].map(
    (keyword): Mutation => ({
      name: `another ${keyword}`,
      kind: "securityScheme",
      applies: (value) => isJsonObject(value.flows),
      apply: (value, choose) => {
        const flows = Object.values(membersOf(value, "flows")).filter(isJsonObject);
        const flow = flows[choose(flows.length)];
        if (flow !== undefined) flow[keyword] = "https://other.example.com";
      },
    }),
  ),
];

/** Edits of one keyword of anything but a schema, in OpenAPI 3. */
export const contractMutations: Mutation[] = [...parameters, ...operations, ...exchanges, ...documents].map(
  (mutation) => ({
    ...mutation,
    versions: /^3/,
  }),
);
