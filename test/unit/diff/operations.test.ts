import { describe, expect, it } from "vitest";
import { factLines, petPaths } from "./models.ts";

const answers = { "204": { description: "Done" } };
const schemas = { Pet: { type: "object", properties: { name: { type: "string" } } } };

describe("operations", () => {
  it("are the same when only the name of a path parameter changes", () => {
    const path = (name: string) => ({
      [`/pets/{${name}}`]: {
        get: { parameters: [{ name, in: "path", required: true, schema: { type: "string" } }], responses: answers },
      },
    });
    expect(factLines({ paths: path("id") }, { paths: path("petId") })).toEqual([
      {
        fact: "parameter renamed",
        direction: "request",
        before: "/paths/~1pets~1{id}/get/parameters/0",
        after: "/paths/~1pets~1{petId}/get/parameters/0",
        usedBy: ["GET /pets/{petId}"],
      },
    ]);
  });

  it("are each itself where two paths differ in their parameters' names alone", () => {
    const paths = { "/pets/{id}": { get: { responses: answers } }, "/pets/{name}": { get: { responses: answers } } };
    expect(factLines({ paths }, { paths })).toEqual([]);
  });

  it("are moved when the same content stands at another path", () => {
    const components = { schemas };
    const before = { components, paths: petPaths("GET /pets") };
    const after = { components, paths: petPaths("GET /v2/pets") };
    expect(factLines(before, after)).toEqual([
      {
        fact: "operation moved",
        direction: "none",
        before: "/paths/~1pets/get",
        after: "/paths/~1v2~1pets/get",
        usedBy: ["GET /pets"],
      },
    ]);
  });

  it("are removed and added when their content does not tell them from others", () => {
    const paths = (path: string) => ({ [path]: { delete: { responses: answers } } });
    const facts = factLines({ paths: paths("/pets") }, { paths: paths("/cats") });
    expect(facts.map(({ fact, usedBy }) => [fact, usedBy])).toEqual([
      ["operation removed", ["DELETE /pets"]],
      ["operation added", ["DELETE /cats"]],
    ]);
  });

  it("share one fact where a shared parameter was edited", () => {
    const document = (type: string) => ({
      components: { parameters: { limit: { name: "limit", in: "query", schema: { type } } } },
      paths: {
        "/a": { get: { parameters: [{ $ref: "#/components/parameters/limit" }], responses: answers } },
        "/b": { get: { parameters: [{ $ref: "#/components/parameters/limit" }], responses: answers } },
      },
    });
    expect(factLines(document("integer"), document("number"))).toEqual([
      {
        fact: "type changed",
        direction: "request",
        before: "/components/parameters/limit/schema/type",
        after: "/components/parameters/limit/schema/type",
        usedBy: ["GET /a", "GET /b"],
      },
    ]);
  });

  it("state one global fact where the document's security changed", () => {
    const document = (security: unknown[]) => ({
      components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } } },
      security,
      paths: { "/a": { get: { responses: answers } }, "/b": { get: { responses: answers, security: [] } } },
    });
    expect(factLines(document([]), document([{ key: [] }]))).toEqual([
      { fact: "security changed", direction: "none", before: "/security", after: "/security", usedBy: ["GET /a"] },
    ]);
  });
});

describe("webhooks", () => {
  it("carry their payload to the client, so what it says is a response", () => {
    const document = (properties: object) => ({
      webhooks: {
        petAdded: {
          post: {
            requestBody: { content: { "application/json": { schema: { type: "object", properties } } } },
            responses: answers,
          },
        },
      },
    });
    const name = { type: "string" };
    expect(factLines(document({ name, tag: name }), document({ name }))).toEqual([
      {
        fact: "property removed",
        direction: "response",
        before: "/webhooks/petAdded/post/requestBody/content/application~1json/schema/properties/tag",
        after: null,
        usedBy: ["POST petAdded"],
      },
    ]);
  });
});
