import { describe, expect, it } from "vitest";
import { listOperations } from "../../../shared/spec/operations.ts";
import { answeredSchema, answering, modelOf } from "./documents.ts";

// One file above the usual length: a case for each construct of each version, all read by the one function.

const hash = expect.stringMatching(/^[0-9a-f]{32}$/);
const base = { hash, annotationsHash: expect.any(String) };

describe("normalizing", () => {
  it("gives an OpenAPI 3.0 operation its whole form", () => {
    const model = modelOf({
      openapi: "3.0.3",
      info: { title: "Pets", version: "1.2" },
      servers: [{ url: "https://{env}.example.com", variables: { env: { default: "a", enum: ["b", "a"] } } }],
      security: [{ key: [] }],
      tags: [{ name: "pets" }],
      paths: {
        "/pets/{petId}": {
          parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
          put: {
            operationId: "putPet",
            summary: "Put",
            tags: ["pets"],
            "x-sunset": "2030-01-01",
            parameters: [
              { $ref: "#/components/parameters/Trace" },
              { name: "filter", in: "query", content: { "application/json": { schema: { type: "object" } } } },
            ],
            requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
            responses: {
              "4xx": { description: "no" },
              "200": {
                description: "ok",
                headers: { "X-Rate": { required: true, schema: { type: "integer" } } },
                links: { self: { operationId: "getPet" } },
              },
            },
          },
        },
      },
      components: {
        parameters: { Trace: { name: "X-Trace", in: "header", deprecated: true, schema: { type: "string" } } },
        schemas: { Pet: { type: "object" } },
        securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
      },
    });
    const pet = model.components.Pet;
    const at = "/paths/~1pets~1{petId}/put";
    const common = { deprecated: false, allowReserved: false, allowEmptyValue: false };
    const server = {
      ...base,
      pointer: "/servers/0",
      url: "https://{env}.example.com",
      variables: { env: { default: "a", enum: ["a", "b"] } },
    };
    expect(model.operations).toEqual([
      {
        ...base,
        pointer: at,
        method: "PUT",
        path: "/pets/{petId}",
        pathKey: "/pets/{}",
        operationId: "putPet",
        summary: "Put",
        tags: ["pets"],
        deprecated: false,
        sunset: "2030-01-01",
        shapeHash: hash,
        parameters: [
          {
            ...base,
            ...common,
            pointer: "/components/parameters/Trace",
            name: "x-trace",
            in: "header",
            required: false,
            deprecated: true,
            style: "simple",
            explode: false,
            schema: expect.any(Number),
          },
          {
            ...base,
            ...common,
            pointer: "/paths/~1pets~1{petId}/parameters/0",
            name: "petId",
            in: "path",
            required: true,
            style: "simple",
            explode: false,
            schema: expect.any(Number),
          },
          {
            ...base,
            ...common,
            pointer: `${at}/parameters/1`,
            name: "filter",
            in: "query",
            required: false,
            style: "form",
            explode: true,
            content: {
              ...base,
              pointer: `${at}/parameters/1/content/application~1json`,
              mediaType: "application/json",
              schema: expect.any(Number),
            },
          },
        ],
        requestBody: {
          ...base,
          pointer: `${at}/requestBody`,
          required: false,
          content: [
            {
              ...base,
              pointer: `${at}/requestBody/content/application~1json`,
              mediaType: "application/json",
              schema: pet,
            },
          ],
        },
        responses: [
          {
            ...base,
            pointer: `${at}/responses/200`,
            status: "200",
            description: "ok",
            content: [],
            headers: [
              {
                ...base,
                pointer: `${at}/responses/200/headers/X-Rate`,
                name: "x-rate",
                required: true,
                deprecated: false,
                explode: false,
                schema: expect.any(Number),
              },
            ],
            links: [{ ...base, pointer: `${at}/responses/200/links/self`, name: "self", operationId: "getPet" }],
          },
          {
            ...base,
            pointer: `${at}/responses/4xx`,
            status: "4XX",
            description: "no",
            headers: [],
            content: [],
            links: [],
          },
        ],
        security: [[{ scheme: "key", scopes: [] }]],
        servers: [server],
        callbacks: [],
      },
    ]);
    expect(model).toMatchObject({
      modelVersion: 1,
      dialect: "openapi-3.0",
      info: { title: "Pets", version: "1.2" },
      tags: ["pets"],
      servers: [server],
      security: [[{ scheme: "key", scopes: [] }]],
      securitySchemes: [
        {
          ...base,
          pointer: "/components/securitySchemes/key",
          name: "key",
          type: "apiKey",
          in: "header",
          parameterName: "x-key",
        },
      ],
      warnings: [],
    });
    expect(model.schemas[pet ?? -1]).toEqual({
      ...base,
      pointer: "/components/schemas/Pet",
      name: "Pet",
      types: ["object"],
    });
  });

  it("reads every keyword of JSON Schema 2020-12", () => {
    const sub = { type: "string" };
    const schema = {
      type: ["object", "array"],
      const: { b: 1, a: 2 },
      multipleOf: 2,
      maxLength: 3,
      minLength: 1,
      maxItems: 4,
      minItems: 1,
      uniqueItems: true,
      maxProperties: 5,
      minProperties: 1,
      minContains: 0,
      maxContains: 3,
      contentEncoding: "base64",
      contentMediaType: "image/png",
      contentSchema: sub,
      properties: { a: sub },
      required: ["b", "a", "a"],
      patternProperties: { "^x": sub },
      propertyNames: sub,
      additionalProperties: false,
      unevaluatedProperties: false,
      dependentRequired: { a: ["c", "b"] },
      dependentSchemas: { a: sub },
      items: sub,
      prefixItems: [sub],
      contains: sub,
      unevaluatedItems: sub,
      allOf: [sub, sub],
      anyOf: [sub, sub],
      oneOf: [sub, sub],
      not: sub,
      if: sub,
      // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword
      then: sub,
      else: sub,
      default: 1,
      readOnly: true,
      writeOnly: true,
      deprecated: true,
      xml: { name: "x" },
      format: "f",
      pattern: "p",
      title: "T",
      description: "D",
      "x-extensible-enum": ["b", "a"],
      $comment: "c",
      examples: [1],
    };
    const id = expect.any(Number);
    expect(answeredSchema(modelOf(answering(schema, {}, "3.1.0")))).toEqual({
      types: ["array", "object"],
      const: { b: 1, a: 2 },
      multipleOf: 2,
      maxLength: 3,
      minLength: 1,
      maxItems: 4,
      minItems: 1,
      uniqueItems: true,
      maxProperties: 5,
      minProperties: 1,
      minContains: 0,
      maxContains: 3,
      contentEncoding: "base64",
      contentMediaType: "image/png",
      contentSchema: id,
      properties: { a: id },
      required: ["a", "b"],
      patternProperties: { "^x": id },
      propertyNames: id,
      additionalProperties: id,
      unevaluatedProperties: id,
      dependentRequired: { a: ["b", "c"] },
      dependentSchemas: { a: id },
      items: id,
      prefixItems: [id],
      contains: id,
      unevaluatedItems: id,
      allOf: [id, id],
      anyOf: [id, id],
      oneOf: [id, id],
      not: id,
      if: id,
      // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword
      then: id,
      else: id,
      default: 1,
      readOnly: true,
      writeOnly: true,
      deprecated: true,
      xml: { name: "x" },
      format: "f",
      pattern: "p",
      title: "T",
      description: "D",
      extensibleEnum: ["a", "b"],
    });
  });

  it("ignores what stands beside a reference in 3.0 and joins it in 3.1", () => {
    const schema = { $ref: "#/components/schemas/A", maxLength: 3 };
    const components = { A: { type: "string" } };
    expect(answeredSchema(modelOf(answering(schema, components)))).toEqual({ name: "A", types: ["string"] });
    const model = modelOf(answering(schema, components, "3.1.0"));
    expect(answeredSchema(model)).toEqual({ maxLength: 3, allOf: [model.components.A] });
  });

  it("keeps pointers to the place where a thing is written", () => {
    const model = modelOf(
      answering(
        { type: "array", items: { $ref: "#/components/schemas/A~1b" } },
        { "A/b": { properties: { "x~y": { allOf: [{ type: "string" }] } } } },
      ),
    );
    expect(model.schemas.map((schema) => schema.pointer).sort()).toEqual([
      "/components/schemas/A~1b",
      "/components/schemas/A~1b/properties/x~0y/allOf/0",
      "/paths/~1pets/get/responses/200/content/application~1json/schema",
    ]);
  });

  it("warns of references that lead nowhere or to other documents, once each", () => {
    const model = modelOf(
      answering({
        anyOf: [{ $ref: "#/components/schemas/No" }, { $ref: "#/components/schemas/No" }, { $ref: "other.yaml#/A" }],
      }),
    );
    const pointer = "/paths/~1pets/get/responses/200/content/application~1json/schema/anyOf";
    expect(model.warnings).toEqual([
      { code: "dangling-ref", message: "the reference #/components/schemas/No leads nowhere", pointer: `${pointer}/0` },
      {
        code: "external-ref",
        message: "the reference other.yaml#/A leads to another document, which was not read",
        pointer: `${pointer}/2`,
      },
    ]);
    expect(model.schemas.flatMap((schema) => schema.danglingRef ?? [])).toEqual([
      "#/components/schemas/No",
      "other.yaml#/A",
    ]);
  });

  it("warns of a type that does not exist", () => {
    const model = modelOf(answering({ type: "any" }));
    expect(answeredSchema(model)).toEqual({});
    expect(model.warnings.map(({ code, message }) => ({ code, message }))).toEqual([
      { code: "unknown-type", message: '"any" is not a type; the schema accepts any type' },
    ]);
  });

  it("writes out discriminator values and resolves their targets", () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const model = modelOf(
      answering(
        {
          oneOf: [ref("Cat"), ref("Dog")],
          discriminator: { propertyName: "kind", mapping: { hound: "Dog", other: "https://x/y" } },
        },
        { Cat: { type: "object" }, Dog: { type: "object" } },
      ),
    );
    expect(answeredSchema(model)).toMatchObject({
      discriminator: {
        propertyName: "kind",
        mapping: { hound: model.components.Dog, other: "https://x/y", Cat: model.components.Cat },
      },
    });
  });

  it("reads webhooks, callbacks and what 3.2 adds", () => {
    const responses = { 200: { description: "ok" } };
    const model = modelOf({
      openapi: "3.2.0",
      paths: {
        "/a": {
          query: {
            responses: {
              200: { description: "ok", content: { "text/event-stream": { itemSchema: { type: "string" } } } },
            },
          },
          additionalOperations: { COPY: { responses } },
          get: { responses, callbacks: { onData: { "{$request.body#/url}": { post: { responses } } } } },
        },
      },
      webhooks: { petAdded: { post: { responses } } },
    });
    expect(model.operations.map(({ method, path, pointer }) => [method, path, pointer])).toEqual([
      ["COPY", "/a", "/paths/~1a/additionalOperations/COPY"],
      ["GET", "/a", "/paths/~1a/get"],
      ["QUERY", "/a", "/paths/~1a/query"],
    ]);
    expect(model.operations[2]?.responses[0]?.content[0]).toMatchObject({
      mediaType: "text/event-stream",
      itemSchema: expect.any(Number),
    });
    expect(model.operations[1]?.callbacks).toMatchObject([
      {
        name: "onData",
        expression: "{$request.body#/url}",
        operations: [{ method: "POST", path: "{$request.body#/url}" }],
      },
    ]);
    expect(model.webhooks.map(({ method, path, pointer }) => [method, path, pointer])).toEqual([
      ["POST", "petAdded", "/webhooks/petAdded/post"],
    ]);
  });

  it("reads Swagger 2.0 forms with their own collection formats", () => {
    const model = modelOf({
      swagger: "2.0",
      paths: {
        "/a": {
          post: {
            parameters: [
              { name: "x", in: "formData", type: "array", items: { type: "string" }, collectionFormat: "pipes" },
            ],
            responses: {},
          },
        },
      },
    });
    expect(model.operations[0]?.requestBody).toEqual({
      ...base,
      pointer: "/paths/~1a/post/parameters",
      required: false,
      content: [
        {
          ...base,
          pointer: "/paths/~1a/post/parameters",
          mediaType: "application/x-www-form-urlencoded",
          schema: expect.any(Number),
          encoding: { x: { style: "pipeDelimited" } },
        },
      ],
    });
  });

  it("lists operations with the domain that filters use", () => {
    const model = modelOf({
      openapi: "3.0.0",
      paths: {
        "/b/c": { get: { tags: ["z", "y"], summary: "S", operationId: "o", responses: {} } },
        "/a/b": {
          get: {
            deprecated: true,
            responses: {},
            servers: [{ url: "https://{region}.example.com/v2" }, { url: "/v1" }],
          },
        },
      },
    });
    expect(listOperations(model)).toEqual([
      {
        method: "GET",
        path: "/a/b",
        tags: [],
        deprecated: true,
        domain: "a",
        servers: ["/v1", "https://{region}.example.com/v2"],
        hash,
      },
      {
        method: "GET",
        path: "/b/c",
        operationId: "o",
        summary: "S",
        tags: ["y", "z"],
        deprecated: false,
        domain: "y",
        hash,
      },
    ]);
  });
});
