import { describe, expect, it } from "vitest";
import {
  documentWith,
  operationWith,
  parametersWith,
  requestWith,
  schemaAt,
} from "../../../shared/rules/example-documents.ts";
import { compareDocuments, ruleIdsOf } from "./compare-documents.ts";

const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "x-key" },
  login: { type: "http", scheme: "bearer" },
};
const securedBy = (...security: object[]) => ({
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  components: { securitySchemes },
  paths: { "/pets": { get: { security, responses: { "204": { description: "Done" } } } } },
});

describe("security", () => {
  it("breaks nobody when one of two credentials is no longer asked for", () => {
    expect(ruleIdsOf(securedBy({ key: [], login: [] }), securedBy({ key: [] }))).toEqual(["api-security-added"]);
  });

  it("breaks clients when a second credential is asked for", () => {
    expect(ruleIdsOf(securedBy({ key: [] }), securedBy({ key: [], login: [] }))).toEqual([
      "api-security-removed",
      "api-security-added",
    ]);
  });
});

describe("an enum without a type", () => {
  const listed = { enum: ["cat", "dog"] };

  it("says the type by its values", () => {
    expect(ruleIdsOf(requestWith(listed), requestWith({ ...listed, type: "string" }))).toEqual([]);
    expect(ruleIdsOf(requestWith({ enum: [1, 2] }), requestWith({ enum: [1, 2], type: "number" }))).toEqual([]);
  });

  it("is limited further by a type that some of its values do not have", () => {
    expect(ruleIdsOf(requestWith({ enum: ["cat", 2] }), requestWith({ enum: ["cat", 2], type: "string" }))).toEqual([
      "request-body-list-of-types-narrowed",
    ]);
  });

  it("allows null only where it lists it", () => {
    const text = { type: "string", enum: ["cat", "dog"] };
    expect(ruleIdsOf(requestWith({ enum: ["cat", "dog", null] }), requestWith(text))).toContain(
      "request-body-became-not-nullable",
    );
  });
});

describe("an enum that became alternatives of one value each", () => {
  const listed = { type: "string", enum: ["cat", "dog"] };
  const described = (...values: string[]) => ({ oneOf: values.map((value) => ({ type: "string", const: value })) });

  it("is the same list", () => {
    expect(ruleIdsOf(requestWith(listed), requestWith(described("cat", "dog")))).toEqual([]);
    expect(ruleIdsOf(requestWith(described("cat", "dog")), requestWith({ enum: ["cat", "dog"] }))).toEqual([]);
  });

  it("is judged value by value", () => {
    expect(ruleIdsOf(requestWith(listed), requestWith(described("cat", "bird")))).toEqual([
      "request-body-enum-value-removed",
      "request-body-enum-value-added",
    ]);
  });
});

describe("a parameter that is written as a media type", () => {
  it("is written differently, whatever its schema and its style", () => {
    const limit = { name: "limit", in: "query" };
    const schema = { type: "integer" };
    const before = parametersWith({ ...limit, style: "pipeDelimited", schema });
    const after = parametersWith({ ...limit, content: { "application/json": { schema } } });
    expect(ruleIdsOf(before, after)).toEqual(["request-parameter-media-type-changed"]);
    expect(ruleIdsOf(schemaAt("request-parameter", schema), schemaAt("request-parameter", schema))).toEqual([]);
  });
});

describe("an end of a range that is written the other way", () => {
  const number = (limits: object) => requestWith({ type: "number", ...limits });
  const integer = (limits: object) => requestWith({ type: "integer", format: "int32", ...limits });

  it("says nothing where whole numbers make it the same limit", () => {
    expect(ruleIdsOf(integer({ exclusiveMaximum: 20 }), integer({ maximum: 19 }))).toEqual([]);
    expect(ruleIdsOf(integer({ minimum: 1 }), integer({ exclusiveMinimum: 0 }))).toEqual([]);
  });

  it("lets the limit itself in or keeps it out", () => {
    const [open, closed] = [number({ exclusiveMaximum: 20 }), number({ maximum: 20 })];
    expect(ruleIdsOf(open, closed)).toEqual(["request-body-exclusive-max-unset"]);
    expect(ruleIdsOf(closed, open)).toEqual(["request-body-exclusive-max-set"]);
  });

  it("is one change where the limit moved as well", () => {
    expect(ruleIdsOf(number({ exclusiveMaximum: 20 }), number({ maximum: 25 }))).toEqual([
      "request-body-max-increased",
    ]);
    expect(ruleIdsOf(number({ exclusiveMinimum: 1 }), number({ minimum: 5 }))).toEqual(["request-body-min-increased"]);
  });
});

describe("media types", () => {
  const body = (...mediaTypes: string[]) =>
    operationWith({ requestBody: { content: Object.fromEntries(mediaTypes.map((type) => [type, {}])) } });
  const inRequest = (before: string[], after: string[]) => ruleIdsOf(body(...before), body(...after));

  it("are widened by a range that covers them all", () => {
    expect(inRequest(["image/gif", "image/png"], ["image/*"])).toEqual([
      "request-body-media-type-name-generalized",
      "request-body-media-type-name-generalized",
    ]);
    expect(inRequest(["application/problem+json"], ["application/json"])).toEqual([
      "request-body-media-type-name-generalized",
    ]);
  });

  it("are narrowed to each that is left of a range", () => {
    expect(inRequest(["*/*"], ["application/json", "image/png"])).toEqual([
      "request-body-media-type-name-specialized",
      "request-body-media-type-name-specialized",
    ]);
  });

  it("are removed and added where neither covers the other", () => {
    expect(inRequest(["application/json"], ["application/xml"])).toEqual([
      "request-body-media-type-removed",
      "request-body-media-type-added",
    ]);
  });

  it("mean the same JSON whatever its charset", () => {
    expect(inRequest(["application/json"], ["application/json; charset=utf-8"])).toEqual([]);
    expect(inRequest(["text/csv"], ["text/csv; charset=utf-8"])).toEqual(["request-body-media-type-name-specialized"]);
  });
});

describe("the version of the document", () => {
  const between = (before: string, after: string) =>
    ruleIdsOf(
      documentWith({ info: { title: "Pets", version: before } }),
      documentWith({ info: { title: "Pets", version: after } }),
    );

  it.each([
    ["1.10.0", "1.9.0"],
    ["v2", "v1"],
    ["2024-05-01", "2023-12-31-preview"],
    ["1.0.1", "1.0"],
  ])("went back from %s to %s", (before, after) => {
    expect(between(before, after)).toEqual(["api-version-decreased"]);
    expect(between(after, before)).toEqual([]);
  });

  it.each([
    ["2024-05-01", "1.0.0"],
    ["1.0.0-beta.2", "1.0.0-beta.1"],
    ["latest", "older"],
  ])("is not compared from %s to %s", (before, after) => {
    expect(between(before, after)).toEqual([]);
  });
});

describe("an edited `not` or `if`", () => {
  it("is one change", () => {
    const only = (maxLength: number) => requestWith({ type: "string", not: { maxLength } });
    expect(ruleIdsOf(only(3), only(5))).toEqual(["request-body-not-specialized"]);
  });
});

describe("multiples", () => {
  const steps = (multipleOf: number) => requestWith({ type: "number", multipleOf });

  it.each([
    [0.3, 0.1, "generalized"],
    [0.01, 0.07, "specialized"],
    [1e-7, 3e-7, "specialized"],
    [1e21, 1e20, "generalized"],
    [0.3, 0.2, "changed"],
    [1e-320, 1e300, "specialized"],
  ])("of %d became multiples of %d: %s", (before, after, relation) => {
    expect(ruleIdsOf(steps(before), steps(after))).toEqual([`request-body-multiple-of-${relation}`]);
  });
});

describe("what a webhook sends", () => {
  const calling = (schema: object, required = true) =>
    documentWith({
      webhooks: {
        petAdded: {
          post: {
            parameters: [{ name: "x-pet", in: "header", required, schema: { ...schema } }],
            responses: { "200": { description: "Taken" } },
          },
        },
      },
    });

  it("is read by the client, so a wider parameter breaks and a narrower one does not", () => {
    const [narrow, wide] = [calling({ type: "integer" }), calling({ type: "number" })];
    const changes = compareDocuments(narrow, wide);
    expect(
      changes.findings.map(({ ruleId, level, direction, message }) => [ruleId, level, direction, message]),
    ).toEqual([
      [
        "response-header-type-generalized",
        "breaking",
        "response",
        "changed the type of the header parameter `x-pet` from integer to number",
      ],
    ]);
    expect(ruleIdsOf(wide, narrow)).toEqual(["response-header-type-specialized"]);
  });

  it("is the same for a callback", () => {
    const registering = (parameters: object[]) => {
      const call = { post: { parameters, responses: { "200": { description: "Taken" } } } };
      return operationWith({ callbacks: { onReady: { "{$request.body#/url}": JSON.parse(JSON.stringify(call)) } } });
    };
    const signature = { name: "x-signature", in: "header", required: true, schema: { type: "string" } };
    expect(ruleIdsOf(registering([signature]), registering([]))).toEqual(["webhook-required-parameter-removed"]);
  });
});
