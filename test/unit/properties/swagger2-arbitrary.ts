import fc from "fast-check";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { componentSchemas, schemaArbitrary } from "./schema-arbitrary.ts";

const words = { description: fc.constantFrom("Says something.", "Says more."), "x-internal": fc.boolean() };

type Parts = Record<string, fc.Arbitrary<JsonValue>>;

function having(required: Parts, optional: Parts): fc.Arbitrary<JsonObject> {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
}

const plain = fc.constantFrom<JsonObject>(
  { type: "string", maxLength: 9 },
  { type: "string", enum: ["red", "green"], default: "red" },
  { type: "integer", minimum: 0, exclusiveMinimum: true },
  { type: "boolean", "x-nullable": true },
);

const list = fc.tuple(plain, fc.constantFrom(undefined, "csv", "ssv", "pipes")).map(
  ([items, collectionFormat]): JsonObject => ({
    type: "array",
    items,
    ...(collectionFormat !== undefined && { collectionFormat }),
  }),
);

function parameter(location: string, names: string[]): fc.Arbitrary<JsonObject> {
  const isForm = location === "formData";
  const multi = plain.map((items): JsonObject => ({ type: "array", items, collectionFormat: "multi" }));
  const kinds = [
    plain,
    list,
    ...(location === "header" ? [] : [multi]),
    ...(isForm ? [fc.constant<JsonObject>({ type: "file" })] : []),
  ];
  return fc
    .tuple(
      having({ name: fc.constantFrom(...names), in: fc.constant(location) }, { ...words, required: fc.boolean() }),
      fc.oneof(...kinds),
    )
    .map(([head, schema]) => ({ ...head, ...schema }));
}

const shared = { $ref: "#/parameters/Shared" };

const parameters = fc.uniqueArray(
  fc.oneof(parameter("query", ["limit", "sort"]), parameter("header", ["X-Trace"]), fc.constant<JsonObject>(shared)),
  { maxLength: 3, selector: ({ $ref, in: location, name }) => `${$ref ?? location} ${name}` },
);

const schema = schemaArbitrary("2.0");

/** A body, a form, or neither; and what the operation says it consumes. */
const payload = fc.oneof(
  fc.constant<JsonObject>({ parameters: [] }),
  fc
    .tuple(
      having({ name: fc.constant("body"), in: fc.constant("body"), schema }, { ...words, required: fc.boolean() }),
      fc.constantFrom<JsonValue | undefined>(undefined, ["application/json", "Application/XML"]),
    )
    .map(([body, consumes]): JsonObject => ({ parameters: [body], ...(consumes !== undefined && { consumes }) })),
  fc
    .tuple(
      fc.uniqueArray(parameter("formData", ["id", "name", "photo"]), {
        minLength: 1,
        maxLength: 3,
        selector: ({ name }) => name,
      }),
      fc.constantFrom<JsonValue | undefined>(undefined, ["multipart/form-data"], ["application/x-www-form-urlencoded"]),
    )
    .map(([fields, consumes]): JsonObject => ({ parameters: fields, ...(consumes !== undefined && { consumes }) })),
  fc.constant<JsonObject>({ parameters: [{ $ref: "#/parameters/Body" }] }),
);

const response = having(
  { description: words.description },
  {
    schema: fc.oneof(
      { weight: 4, arbitrary: schema },
      { weight: 1, arbitrary: fc.constant<JsonValue>({ type: "file" }) },
    ),
    headers: fc.dictionary(fc.constantFrom("X-Rate", "ETag"), plain, { maxKeys: 2, noNullPrototype: true }),
    examples: fc.constant<JsonValue>({ "application/json": { id: 1 } }),
  },
);

const security = fc.subarray<JsonObject>([
  { key: [] },
  { basic: [], key: [] },
  { oauth: ["read"] },
  { oauth: ["write", "read"] },
  {},
]);

const operation = fc
  .tuple(
    having(
      {
        responses: fc.dictionary(
          fc.constantFrom("200", "201", "404", "default"),
          fc.oneof(response, fc.constant<JsonValue>({ $ref: "#/responses/Shared" })),
          { minKeys: 1, maxKeys: 2, noNullPrototype: true },
        ),
      },
      {
        ...words,
        summary: fc.constant("Short"),
        deprecated: fc.boolean(),
        tags: fc.subarray(["pets", "shops"]),
        security,
        produces: fc.subarray(["application/json", "text/csv"], { minLength: 1 }),
        schemes: fc.subarray(["http", "https"], { minLength: 1 }),
      },
    ),
    payload,
    parameters,
  )
  .map(([rest, { parameters: own, ...more }, others]) => ({
    ...rest,
    ...more,
    parameters: [...others, ...(Array.isArray(own) ? own : [])],
  }));

const pathItem = fc
  .tuple(
    fc.dictionary(fc.constantFrom("get", "post", "put"), operation, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    parameters,
  )
  .map(([operations, own]): JsonObject => ({ parameters: own, ...operations }));

const securityDefinitions: JsonObject = {
  key: { type: "apiKey", in: "query", name: "key" },
  basic: { type: "basic", description: "Name and password." },
  oauth: {
    type: "oauth2",
    flow: "accessCode",
    authorizationUrl: "https://id.example.com/a",
    tokenUrl: "https://id.example.com/t",
    scopes: { read: "Reads", write: "Writes" },
  },
};

/** Whole Swagger 2.0 documents. */
export const swagger2Arbitrary: fc.Arbitrary<JsonObject> = having(
  {
    swagger: fc.constant("2.0"),
    info: fc.constant<JsonValue>({ title: "Pets", version: "1" }),
    paths: fc.dictionary(fc.constantFrom("/pets", "/shops"), pathItem, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    }),
    definitions: componentSchemas("2.0"),
    parameters: fc.record({
      Shared: parameter("query", ["page"]),
      Body: having({ name: fc.constant("body"), in: fc.constant("body"), schema }, { required: fc.boolean() }),
    }),
    responses: fc.record({ Shared: response }),
    securityDefinitions: fc.constant(securityDefinitions),
  },
  {
    host: fc.constant("api.example.com"),
    basePath: fc.constantFrom("/", "/v1", "/v1/"),
    schemes: fc.subarray(["https", "http"], { minLength: 1 }),
    consumes: fc.subarray(["application/json", "application/xml"], { minLength: 1 }),
    produces: fc.subarray(["application/json", "application/xml"], { minLength: 1 }),
    security,
  },
);
