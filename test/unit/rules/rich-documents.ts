import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";

const pet = { type: "object", required: ["name"], properties: { name: { type: "string" }, age: { type: "integer" } } };

function componentsOf(prefix: string): JsonObject {
  const ref = (name: string) => ({ $ref: prefix + name });
  return {
    Pet: pet,
    // The same meaning under other names and in other spellings: what moves from one to the other changes nothing.
    Animal: pet,
    Wrapped: { allOf: [ref("Pet")] },
    Extended: { allOf: [ref("Pet"), { type: "object", properties: { tail: { type: "boolean" } } }] },
    Flat: { type: "object", required: ["name"], properties: { ...pet.properties, tail: { type: "boolean" } } },
    Kind: { type: "string", enum: ["cat", "dog"] },
    Cat: { type: "object", properties: { kind: { type: "string", enum: ["cat"] }, owner: ref("Person") } },
    Dog: { type: "object", properties: { kind: { type: "string", enum: ["dog"] }, owner: ref("Person") } },
    Either: { oneOf: [ref("Cat"), ref("Dog")] },
    Person: { type: "object", properties: { pets: { type: "array", items: ref("Either") }, friend: ref("Person") } },
    Page: { type: "object", properties: { items: { type: "array", items: ref("Pet") }, next: ref("Page") } },
    Anything: { description: "no constraint" },
    Map: { type: "object", additionalProperties: ref("Anything") },
    Closed: { type: "object", properties: { id: ref("Kind") }, additionalProperties: false },
  };
}

const content = (schema: JsonValue): JsonObject => ({ "application/json": { schema } });

/** A small OpenAPI 3.0 or 3.1 document with a bit of everything. */
export function richDocument(openapi: "3.0.3" | "3.1.0"): JsonObject {
  const ref = (name: string, kind = "schemas"): JsonObject => ({ $ref: `#/components/${kind}/${name}` });
  const answers = (name: string): JsonObject => ({
    "200": { description: "ok", headers: { "X-Rate": { schema: { type: "integer" } } }, content: content(ref(name)) },
    default: ref("Failure", "responses"),
  });
  const paths: JsonObject = {};
  for (const [index, name] of Object.keys(componentsOf("")).entries()) {
    paths[`/things${index}/{id}`] = {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }, ref("Limit", "parameters")],
      get: { operationId: `get${name}`, tags: ["things"], responses: answers(name) },
      put: { security: [{ token: [] }], requestBody: { content: content(ref(name)) }, responses: answers("Pet") },
    };
  }
  paths["/hooks"] = {
    post: {
      responses: { "201": { description: "made" } },
      callbacks: {
        done: { "{$request.body#/url}": { post: { requestBody: { content: content(ref("Page")) }, responses: {} } } },
      },
    },
  };
  const either = { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind", mapping: { meow: "Cat" } } };
  return {
    openapi,
    info: { title: "Rich", version: "1" },
    security: [{ basic: [] }],
    paths,
    ...(openapi === "3.1.0" && {
      webhooks: { born: { post: { requestBody: { content: content(ref("Either")) }, responses: {} } } },
    }),
    components: {
      schemas: { ...componentsOf("#/components/schemas/"), Told: either },
      parameters: { Limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } } },
      responses: {
        Failure: { description: "bad", content: content({ type: "object", properties: { code: ref("Kind") } }) },
      },
      securitySchemes: { basic: { type: "http", scheme: "basic" }, token: { type: "http", scheme: "bearer" } },
    },
  };
}

/** The same in Swagger 2.0. */
export function richSwagger(): JsonObject {
  const paths: JsonObject = {};
  for (const [index, name] of Object.keys(componentsOf("")).entries()) {
    const schema = { $ref: `#/definitions/${name}` };
    paths[`/things${index}/{id}`] = {
      parameters: [{ name: "id", in: "path", required: true, type: "string" }],
      get: {
        parameters: [{ name: "q", in: "query", type: "array", items: { type: "string" } }],
        responses: { "200": { description: "ok", schema } },
      },
      put: { parameters: [{ name: "body", in: "body", schema }], responses: { "200": { description: "ok", schema } } },
      post: {
        parameters: [
          { name: "file", in: "formData", type: "file" },
          { name: "kind", in: "formData", type: "string", enum: ["a"] },
        ],
        responses: {},
      },
    };
  }
  return {
    swagger: "2.0",
    info: { title: "Rich", version: "1" },
    ...{ host: "pets.example", schemes: ["https"], consumes: ["application/json"], produces: ["application/json"] },
    paths,
    definitions: componentsOf("#/definitions/"),
    securityDefinitions: { basic: { type: "basic" } },
  };
}
