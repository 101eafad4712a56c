import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import { answeredSchema, answering, bytesOf, errorOf, modelOf, parseText } from "./documents.ts";

describe("a hostile document", () => {
  it("cannot hide a YAML alias bomb", () => {
    const lines = ["openapi: 3.0.0", "paths: {}", "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 12; level++) lines.push(`x-${level}: &a${level} [${`*a${level - 1}, `.repeat(10)}]`);
    expect(errorOf(() => parseText(lines.join("\n")))).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the YAML holds more than 5000000 values when its aliases are followed (an alias bomb?)",
    });
  });

  it("cannot use more YAML aliases than allowed", () => {
    const text = `openapi: 3.0.0\npaths: {}\nx-a: &a 1\nx-b: [${"*a, ".repeat(30)}]\n`;
    expect(errorOf(() => parseDocument(bytesOf(text), { maxAliases: 29 }))).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the YAML has more than 29 aliases at line 4, column 124",
    });
  });

  it("cannot make a YAML value contain itself", () => {
    expect(errorOf(() => parseText("openapi: 3.0.0\npaths: &p\n  /a: *p\n"))).toMatchObject({
      name: "InvalidDocumentError",
      message: "not valid YAML at line 3, column 8: the alias *p stands inside its own anchor",
    });
  });

  it.each([
    ['{"openapi":"3.0.0","paths":{},"__proto__":{"polluted":true}}', 1],
    ['{"openapi":"3.0.0","paths":{},\n"x-a":{"b":[{"__proto__":1}]}}', 2],
    ["openapi: 3.0.0\npaths: {}\n__proto__: {polluted: true}\n", 3],
  ])("cannot set a prototype: %j", (text, line) => {
    const error = errorOf(() => parseText(text));
    expect(error).toMatchObject({
      name: "InvalidDocumentError",
      reason: 'it has an object with the key "__proto__"',
      line,
    });
    expect("polluted" in {}).toBe(false);
  });

  it("cannot spell __proto__ with escapes", () => {
    expect(errorOf(() => parseText('{"openapi":"3.0.0","paths":{},"\\u005f_proto_\\u005F":1}'))).toMatchObject({
      name: "InvalidDocumentError",
    });
    expect(errorOf(() => parseText('openapi: 3.0.0\npaths: {}\n"\\x5f_proto_\\x5F": 1\n'))).toMatchObject({
      name: "InvalidDocumentError",
    });
  });

  it("may mention __proto__ in a text", () => {
    expect(
      parseText({ openapi: "3.0.0", paths: {}, info: { description: "no __proto__ here" } }).warnings,
    ).toHaveLength(1);
  });

  it.each([
    ["JSON objects", '{"openapi":"3.0.0","x":', '{"a":', "}"],
    ["JSON arrays", '{"openapi":"3.0.0","x":', "[", "]"],
  ])("cannot nest 100,000 %s", (_, start, open, close) => {
    const text = `${start}${open.repeat(100_000)}${open === "[" ? "" : "1"}${close.repeat(100_000)}}`;
    expect(errorOf(() => parseText(text))).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the JSON nests deeper than 1000 levels",
    });
  });

  it("cannot nest 100,000 YAML lists", () => {
    expect(errorOf(() => parseText(`openapi: 3.0.0\nx: ${"[".repeat(100_000)}`))).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the YAML nests deeper than 1000 levels at line 2, column 1003",
    });
  });

  it("cannot nest deeply through YAML aliases", () => {
    const lines = ["openapi: 3.0.0", "paths: {}", `x-0: &a0 ${"[".repeat(400)}${"]".repeat(400)}`];
    for (let level = 1; level < 4; level++)
      lines.push(`x-${level}: &a${level} ${"[".repeat(400)}*a${level - 1}${"]".repeat(400)}`);
    expect(errorOf(() => parseText(lines.join("\n")))).toMatchObject({ name: "DocumentTooComplexError" });
  });

  it("reports keys that JSON writes twice, and the last one counts", () => {
    const { document, warnings } = parseText(
      '{"openapi":"3.0.0",\n "paths":{"/a":{"get":1,\n "g\\u0065t":2}},\n "openapi":"3.0.1"}',
    );
    expect(document).toEqual({ openapi: "3.0.1", paths: { "/a": { get: 2 } } });
    expect(warnings).toEqual([
      {
        code: "duplicate-key",
        message: 'the key "get" is written twice (first at line 2); the last one counts',
        pointer: "/paths/~1a/get",
        line: 3,
        column: 2,
      },
      {
        code: "duplicate-key",
        message: 'the key "openapi" is written twice (first at line 1); the last one counts',
        pointer: "/openapi",
        line: 4,
        column: 2,
      },
    ]);
  });

  it("reports keys that YAML writes twice, and the last one counts", () => {
    const { document, warnings } = parseText("openapi: 3.0.0\npaths:\n  /a: {}\n  /b: {}\n  /a: {x-new: 1}\n");
    expect(document.paths).toEqual({ "/a": { "x-new": 1 }, "/b": {} });
    expect(warnings).toEqual([
      {
        code: "duplicate-key",
        message: 'the key "/a" is written twice (first at line 3); the last one counts',
        line: 5,
        column: 3,
      },
    ]);
  });

  it("does not take text for keys when it counts them", () => {
    expect(
      parseText({ openapi: "3.0.0", paths: { "/a:b\\": {} }, info: { title: 'say "a": 1, \\' } }).warnings,
    ).toEqual([]);
  });

  it.each([
    [[0x7b, 0x0a, 0x22, 0xc3, 0x28, 0x22], 3, 2, 2],
    [[0x7b, 0xed, 0xa0, 0x80, 0x7d], 1, 1, 2],
    [[0x7b, 0xc0, 0xaf], 1, 1, 2],
    [[0x7b, 0x22, 0xe2, 0x82], 2, 1, 3],
  ])("says where %j is not UTF-8", (bytes, offset, line, column) => {
    expect(errorOf(() => parseDocument(Uint8Array.from(bytes)))).toMatchObject({
      name: "InvalidDocumentError",
      message: `not valid UTF-8 at line ${line}, column ${column}: the byte at offset ${offset} cannot be decoded`,
    });
  });

  it("cannot be larger than allowed", () => {
    expect(errorOf(() => parseDocument(bytesOf('{"openapi":"3.0.0"}'), { maxBytes: 10 }))).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the document has 19 bytes; the limit is 10",
    });
  });

  it("may refer through twenty thousand components without using the stack", () => {
    const components: Record<string, object> = {};
    for (let i = 0; i < 20_000; i++)
      components[`C${i}`] = { properties: { next: { $ref: `#/components/schemas/C${i + 1}` } } };
    const model = modelOf(answering({ $ref: "#/components/schemas/C0" }, JSON.parse(JSON.stringify(components))));
    expect(model.schemas).toHaveLength(20_001);
    expect(model.warnings.map((warning) => warning.code)).toEqual(["dangling-ref"]);
  });

  it("may refer in a ring of plain references: they accept anything", () => {
    const ring = { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } };
    const model = modelOf(answering({ $ref: "#/components/schemas/A" }, ring));
    expect(answeredSchema(model)).toEqual({});
    expect(new Set(model.warnings.map((warning) => warning.code))).toEqual(new Set(["ref-cycle"]));
  });

  it("may refer in rings with parameters, responses, path items and callbacks", () => {
    const model = modelOf({
      openapi: "3.1.0",
      paths: {
        "/a": {
          get: {
            parameters: [{ $ref: "#/components/parameters/P" }],
            responses: { "200": { $ref: "#/components/responses/R" } },
            callbacks: { done: { $ref: "#/components/callbacks/C" } },
          },
        },
        "/b": { $ref: "#/paths/~1b" },
      },
      components: {
        parameters: { P: { $ref: "#/components/parameters/P" } },
        responses: { R: { $ref: "#/components/responses/S" }, S: { $ref: "#/components/responses/R" } },
        callbacks: { C: { "{$url}": { post: { callbacks: { again: { $ref: "#/components/callbacks/C" } } } } } },
      },
    });
    expect(
      model.operations.map(({ method, path, parameters, responses }) => ({ method, path, parameters, responses })),
    ).toEqual([{ method: "GET", path: "/a", parameters: [], responses: [] }]);
    expect(model.operations[0]?.callbacks[0]?.operations[0]?.callbacks).toEqual([]);
    expect(new Set(model.warnings.map((warning) => warning.code))).toEqual(new Set(["ref-cycle"]));
  });

  it("may use the names of built-in members", () => {
    const model = modelOf(
      answering({
        properties: { constructor: { type: "string" }, toString: { $ref: "#/components/schemas/valueOf" } },
      }),
    );
    expect(model.warnings.map((warning) => warning.code)).toEqual(["dangling-ref"]);
  });

  it("may hold numbers that are no numbers any more", () => {
    const parsed = parseText(
      '{"openapi":"3.0.0","paths":{},"components":{"schemas":{"A":{"maximum":1e999,"minimum":-1e999,"default":1e999}}}}',
    );
    expect(normalize(parsed).schemas[0]).not.toHaveProperty("maximum");
  });

  it("may hold lone surrogates", () => {
    const model = modelOf(
      answering({ $ref: "#/components/schemas/A" }, { A: { enum: ["\ud800", "\udc00"] }, "\ud800": {} }),
    );
    expect(model.rootHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("cannot double its callbacks with every line", () => {
    const callbacks: Record<string, object> = {};
    for (let i = 0; i < 40; i++) {
      const next = { $ref: `#/components/callbacks/C${i + 1}` };
      callbacks[`C${i}`] = { "{$url}": { post: { callbacks: { one: next, two: next } } } };
    }
    const model = modelOf({
      openapi: "3.0.0",
      paths: { "/a": { get: { callbacks: { start: { $ref: "#/components/callbacks/C0" } } } } },
      components: { callbacks },
    });
    expect(model.warnings.map((warning) => warning.code)).toContain("too-many-callbacks");
  });

  it("cannot hold one huge response many times", () => {
    const links = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`l${i}`, {}]));
    const operation = { get: { responses: { "200": { $ref: "#/components/responses/R" } } } };
    const paths = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`/p${i}`, operation]));
    expect(
      errorOf(() => modelOf({ openapi: "3.0.0", paths, components: { responses: { R: { links } } } })),
    ).toMatchObject({
      name: "DocumentTooComplexError",
      message: "the operations have more than 2000000 parts when references are followed",
    });
  });

  it("may end a server's URL with a hundred thousand slashes that do not end it", () => {
    const model = modelOf({ openapi: "3.0.0", paths: {}, servers: [{ url: `https://a${"/".repeat(100_000)}b` }] });
    expect(model.servers).toHaveLength(1);
  });

  it("cannot multiply a deep schema by referring into it at every level", () => {
    let deep: JsonValue = { type: "string" };
    const anyOf: JsonValue[] = [];
    for (let level = 1; level < 480; level++) {
      deep = { properties: { a: deep } };
      anyOf.push({ $ref: `#/components/schemas/Deep${"/properties/a".repeat(level)}` });
    }
    expect(errorOf(() => modelOf(answering({ anyOf }, { Deep: deep })))).toMatchObject({
      name: "DocumentTooComplexError",
    });
  });
});
