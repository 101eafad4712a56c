import { describe, expect, it } from "vitest";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import { compareDocuments } from "./compare-documents.ts";

const pet = { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } };
const responses = { "200": { description: "A pet", content: pet } };
const requestBody = { content: pet, required: true };
const petApi = (properties: object) => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: { "/pets": { get: { responses }, post: { requestBody, responses } } },
  components: { schemas: { Pet: { type: "object", properties } } },
});

describe("causes", () => {
  it("gather what one edit of a schema does in both directions", () => {
    const changes = compareDocuments(petApi({ tag: { type: "string" } }), petApi({ tag: { type: "integer" } }));
    const [get, post] = [
      { method: "GET", path: "/pets" },
      { method: "POST", path: "/pets" },
    ];
    const key = changes.causes[0]?.key;
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    const place = { pointer: "/components/schemas/Pet/properties/tag/type" };
    const common = {
      kind: "change",
      level: "breaking",
      pointer: place.pointer,
      before: place,
      after: place,
      args: { schema: "Pet", property: "tag", before: "string", after: "integer" },
      causeKey: key,
    };
    expect(changes.findings).toEqual([
      {
        ...common,
        ruleId: "request-property-type-changed",
        direction: "request",
        operation: post,
        affectedOperations: [post],
        message: "changed the type of the request property `tag` of `Pet` from string to integer",
      },
      {
        ...common,
        ruleId: "response-property-type-changed",
        direction: "response",
        operation: null,
        affectedOperations: [get, post],
        message: "changed the type of the response property `tag` of `Pet` from string to integer",
      },
    ]);
    expect(changes.causes).toEqual([
      {
        key,
        scope: "schema",
        level: "breaking",
        summary:
          "Changed the type of the request property `tag` of `Pet` from string to integer, which 2 operations use",
        pointer: place.pointer,
        affectedOperations: [get, post],
        findings: [0, 1],
      },
    ]);
    expect(changes.counts).toEqual({ breaking: 2, risky: 0, safe: 0, total: 2, causes: 1 });
  });

  it("are one where a whole path was removed, with a finding for each of its operations", () => {
    const health = { get: { responses: { "204": { description: "Well" } } } };
    const document = (paths: object) => ({ openapi: "3.0.3", info: { title: "Pets", version: "1" }, paths });
    const gone = {
      get: { responses: { "204": { description: "A" } } },
      delete: { responses: { "202": { description: "B" } } },
    };
    const { findings, causes } = compareDocuments(
      document({ "/health": health, "/pets": gone }),
      document({ "/health": health }),
    );
    expect(findings.map(({ ruleId, operation }) => [ruleId, operation])).toEqual([
      ["api-path-removed-without-deprecation", { method: "DELETE", path: "/pets" }],
      ["api-path-removed-without-deprecation", { method: "GET", path: "/pets" }],
    ]);
    expect(causes.map((cause) => cause.findings)).toEqual([[0, 1]]);
  });

  it("are one where a path item refers to one more parameter, and one each where operations do", () => {
    const responses = { "204": { description: "Done" } };
    const limit = { parameters: [{ $ref: "#/components/parameters/limit" }] };
    const document = (pathItem: object, get: object) => ({
      openapi: "3.0.3",
      info: { title: "Pets", version: "1" },
      components: { parameters: { limit: { name: "limit", in: "query", schema: { type: "integer" } } } },
      paths: {
        "/cats": { ...pathItem, get: { responses, ...get }, post: { responses }, put: { responses } },
        "/dogs": { ...pathItem, get: { responses, ...get } },
      },
    });
    const bare = document({}, {});
    const reach = (before: object, after: object) =>
      compareDocuments(before, after).causes.map(({ affectedOperations }) =>
        affectedOperations.map(({ method, path }) => `${method} ${path}`),
      );
    const everyCat = ["GET /cats", "POST /cats", "PUT /cats"];
    expect(reach(bare, document(limit, {}))).toEqual([everyCat, ["GET /dogs"]]);
    expect(reach(document(limit, {}), bare)).toEqual([everyCat, ["GET /dogs"]]);
    expect(reach(bare, document({}, limit))).toEqual([["GET /cats"], ["GET /dogs"]]);
  });

  it("name the lines of both documents, those of the nearest part that is written", () => {
    const text = (maximum: string) => `openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer${maximum} } }
      responses:
        "204": { description: Done }
`;
    const parse = (source: string) => parseDocument(new TextEncoder().encode(source));
    const [before, after] = [parse(text("")), parse(`\n${text(", maximum: 9")}`)];
    const changes = compareModels(normalize(before), normalize(after), {
      locateBefore: before.locate,
      locateAfter: after.locate,
    });
    expect(changes.findings.map((one) => [one.ruleId, one.before?.line, one.after?.line])).toEqual([
      ["request-parameter-max-set", 7, 8],
    ]);
  });

  it("are the same, in the same order, in every run", () => {
    const run = () =>
      JSON.stringify(compareDocuments(petApi({ a: {}, b: {} }), petApi({ b: { type: "string" }, c: {} })));
    expect(run()).toBe(run());
  });
});
