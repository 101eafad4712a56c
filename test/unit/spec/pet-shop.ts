import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonType } from "../../../shared/spec/model.ts";

export type PetShopEdits = {
  maximum?: number;
  nameType?: JsonType;
  ownerRequired?: string[];
  hasDelete?: boolean;
};

/** A small document that has a component of every kind, cycles between them, and a discriminator. */
export function petShop({
  maximum = 100,
  nameType = "string",
  ownerRequired = ["id"],
  hasDelete = true,
}: PetShopEdits): JsonObject {
  const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const pet = { content: { "application/json": { schema: schema("Pet") } } };
  const failed = { $ref: "#/components/responses/Failed" };
  return {
    openapi: "3.0.3",
    info: { title: "Pets", version: "1" },
    paths: {
      "/pets": {
        parameters: [{ $ref: "#/components/parameters/Trace" }],
        get: {
          parameters: [{ $ref: "#/components/parameters/Limit" }],
          responses: {
            "200": {
              description: "All pets",
              headers: { "X-Next": { $ref: "#/components/headers/Next" } },
              content: { "application/json": { schema: { type: "array", items: schema("Pet") } } },
              links: { owner: { $ref: "#/components/links/Owner" } },
            },
            default: failed,
          },
        },
        post: {
          requestBody: { $ref: "#/components/requestBodies/Pet" },
          responses: { "201": { description: "Made", ...pet }, default: failed },
          callbacks: { made: { $ref: "#/components/callbacks/Made" } },
        },
      },
      "/pets/{petId}": {
        parameters: [{ name: "petId", in: "path", required: true, schema: schema("Id") }],
        get: { responses: { "200": { description: "A pet", ...pet }, default: failed } },
        ...(hasDelete && { delete: { responses: { "204": { description: "Gone" } } } }),
      },
      "/owners": {
        get: { responses: { "200": { description: "ok", content: { "text/json": { schema: schema("Owner") } } } } },
      },
    },
    components: {
      schemas: {
        Id: { type: "integer", format: "int64", description: "Of anything" },
        Pet: {
          oneOf: [schema("Dog"), schema("Cat")],
          discriminator: { propertyName: "kind", mapping: { dog: "#/components/schemas/Dog", cat: "Cat" } },
        },
        Animal: {
          type: "object",
          required: ["kind"],
          properties: { kind: { type: "string" }, name: { type: nameType }, owner: schema("Owner"), id: schema("Id") },
        },
        Dog: { allOf: [schema("Animal"), { type: "object", properties: { bark: { type: "boolean" } } }] },
        Cat: {
          allOf: [schema("Animal"), { type: "object", properties: { prey: { type: "array", items: schema("Pet") } } }],
        },
        Owner: {
          type: "object",
          required: ownerRequired,
          properties: {
            id: schema("Id"),
            email: { type: "string" },
            pets: { type: "array", items: schema("Pet") },
            friends: { type: "array", items: schema("Owner") },
          },
        },
        Name: { $ref: "#/components/schemas/Animal/properties/name" },
        Unused: { type: "object", properties: { name: schema("Name") } },
        "odd name%20 ~/é": { type: "string", maxLength: 5 },
        Odd: { type: "object", properties: { odd: { $ref: "#/components/schemas/odd name%2520 ~0~1é" } } },
      },
      parameters: {
        Limit: { name: "limit", in: "query", schema: { type: "integer", maximum } },
        Trace: { name: "X-Trace", in: "header", schema: schema("Id") },
      },
      headers: { Next: { schema: { type: "string", format: "uri" } } },
      responses: {
        Failed: {
          description: "Failed",
          headers: { "X-Next": { $ref: "#/components/headers/Next" } },
          content: { "application/problem+json": { schema: { type: "object", properties: { code: schema("Id") } } } },
        },
      },
      requestBodies: { Pet: { required: true, ...pet } },
      links: { Owner: { operationId: "owner" } },
      callbacks: {
        Made: {
          "{$request.body#/url}": {
            post: {
              requestBody: { $ref: "#/components/requestBodies/Pet" },
              responses: { "204": { description: "ok" } },
            },
          },
        },
      },
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
    },
    security: [{ key: [] }],
  };
}
