import { describe, expect, it } from "vitest";
import { InvalidDocumentError, UnsupportedDocumentError } from "../../../shared/spec/errors.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import { bytesOf, errorOf, parseText } from "./documents.ts";

const minimal = '{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{}}}';

describe("parsing a document", () => {
  it.each([
    ['{"swagger":"2.0","paths":{"/a":{}}}', "swagger-2.0", "2.0", "json"],
    ['{"openapi":"3.0.3","paths":{"/a":{}}}', "openapi-3.0", "3.0.3", "json"],
    ['{"openapi":"3.1.1","paths":{"/a":{}}}', "openapi-3.1", "3.1.1", "json"],
    ['{"openapi":"3.2.0","paths":{"/a":{}}}', "openapi-3.2", "3.2.0", "json"],
    ["openapi: 3.0.0\npaths:\n  /a: {}\n", "openapi-3.0", "3.0.0", "yaml"],
    ["swagger: 2.0\npaths:\n  /a: {}\n", "swagger-2.0", "2.0", "yaml"],
    ["# comment\n---\nopenapi: 3.1\npaths:\n  /a: {}\n", "openapi-3.1", "3.1", "yaml"],
  ])("recognizes %j", (text, dialect, version, format) => {
    const { document: _, locate: __, sharesObjects: ___, ...rest } = parseText(text);
    expect(rest).toEqual({ dialect, version, format, warnings: [] });
  });

  it("accepts 3.1 without paths when it has webhooks or components", () => {
    expect(parseText({ openapi: "3.1.0", webhooks: {} }).dialect).toBe("openapi-3.1");
    expect(parseText({ openapi: "3.1.0", components: {} }).dialect).toBe("openapi-3.1");
  });

  it("warns of empty paths", () => {
    expect(parseText({ openapi: "3.0.0", paths: {} }).warnings).toEqual([
      { code: "no-paths", message: "the document has no operations: its paths are empty", pointer: "/paths" },
    ]);
  });

  it.each([
    ['{"openapi":"3.0.0","components":{}}', InvalidDocumentError, "the document has no paths"],
    ['{"swagger":"2.0"}', InvalidDocumentError, "the document has no paths"],
    ['{"openapi":"3.0.0","paths":[]}', InvalidDocumentError, 'the document\'s "paths" is not an object'],
    ["", InvalidDocumentError, "the document is empty"],
    [" \n\t ", InvalidDocumentError, "the document is empty"],
    ["# only a comment\n", InvalidDocumentError, "the document is empty"],
    [
      '{"swaggerVersion":"1.2","apis":[]}',
      UnsupportedDocumentError,
      "Swagger 1.2 is not supported; convert the document to Swagger 2.0 or OpenAPI 3",
    ],
    ['{"swagger":"1.1"}', UnsupportedDocumentError, "Swagger 1.1 is not supported; 2.0 is"],
    [
      '{"openapi":"4.0.0","paths":{}}',
      UnsupportedDocumentError,
      "OpenAPI 4.0.0 is not supported; 3.0, 3.1 and 3.2 are, and Swagger 2.0",
    ],
    [
      "asyncapi: 2.6.0\n",
      UnsupportedDocumentError,
      "this is an AsyncAPI document; only OpenAPI and Swagger 2.0 are supported",
    ],
    [
      '{"error":{"code":404},"message":"Not found"}',
      UnsupportedDocumentError,
      'this is not an OpenAPI document: it has no "openapi" or "swagger" field; it has the keys "error", "message"',
    ],
    ["{}", UnsupportedDocumentError, "this is an empty object, not an OpenAPI document"],
    ["Not found", UnsupportedDocumentError, "this is plain text, not an OpenAPI document"],
    ["[1]", UnsupportedDocumentError, "this is a list, not an OpenAPI document"],
    [
      "<!doctype html><title>Login</title>",
      UnsupportedDocumentError,
      "this is HTML or XML, not an OpenAPI document in JSON or YAML",
    ],
  ])("refuses %j with a reason", (text, type, message) => {
    const error = errorOf(() => parseText(text));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message, kind: "permanent", httpStatus: 422 });
  });

  it.each([
    [
      '{\n  "openapi": "3.0.0",\n  "paths": {,}\n}',
      3,
      13,
      'not valid JSON at line 3, column 13: expected a key in double quotes, found ","',
    ],
    ['{\n  "a": 1,\n}', 3, 1, "not valid JSON at line 3, column 1: a comma before the closing brace"],
    ['{"a": [1,]}', 1, 10, "not valid JSON at line 1, column 10: a comma before the closing bracket"],
    ['{"a" 1}', 1, 6, 'not valid JSON at line 1, column 6: expected a colon after the key, found "1"'],
    ['{"a": tru}', 1, 7, 'not valid JSON at line 1, column 7: expected a value, found "t"'],
    ['{"a": 01}', 1, 8, 'not valid JSON at line 1, column 8: "01" is not a number'],
    [
      '{"a": 1 "b": 2}',
      1,
      9,
      'not valid JSON at line 1, column 9: expected a comma or the end of the object, found "\\""',
    ],
    ['{"a": "x\ny"}', 1, 9, "not valid JSON at line 1, column 9: a line break inside a string (it must be escaped)"],
    ['{"a": "\\q"}', 1, 8, "not valid JSON at line 1, column 8: the escape \\q does not exist in JSON"],
    ['{"a": 1} x', 1, 10, 'not valid JSON at line 1, column 10: text after the end of the document: "x"'],
    [
      '{"a": {"b": [1, 2',
      1,
      18,
      "the document ends in the middle at line 1, column 18: truncated JSON, 3 objects and arrays are still open",
    ],
    [
      '{\n"a": "x',
      2,
      8,
      "the document ends in the middle at line 2, column 8: truncated JSON, 1 object or array is still open",
    ],
    [
      "openapi: 3.0.0\npaths:\n  /a: {b: 1",
      3,
      12,
      "not valid YAML at line 3, column 12: unexpected end of the stream within a flow collection",
    ],
    [
      "openapi: 3.0.0\npaths:\n\t/a: 1\n",
      3,
      1,
      "not valid YAML at line 3, column 1: tab characters must not be used in indentation",
    ],
  ])("says where %j is broken", (text, line, column, message) => {
    expect(errorOf(() => parseText(text))).toMatchObject({ name: "InvalidDocumentError", line, column, message });
  });

  it("finds the cut of a truncated document wherever it was cut", () => {
    for (let length = 1; length < minimal.length; length++) {
      expect(errorOf(() => parseText(minimal.slice(0, length)))).toMatchObject({
        name: "InvalidDocumentError",
        message: expect.stringMatching(/^the document ends in the middle at line 1, column \d+: truncated JSON/),
      });
    }
  });

  it("keeps dates and infinities of YAML as strings", () => {
    const { document } = parseText(
      "openapi: 3.0.0\npaths: {}\nx-a: 2024-01-31\nx-b: .nan\nx-c: -.inf\nx-d: 0x1F\nx-e: 1e3\n",
    );
    expect(document).toEqual({
      openapi: "3.0.0",
      paths: {},
      "x-a": "2024-01-31",
      "x-b": ".nan",
      "x-c": "-.inf",
      "x-d": 31,
      "x-e": 1000,
    });
  });

  it("follows YAML anchors and merges", () => {
    const { document } = parseText(
      "openapi: 3.0.0\nx-base: &base {a: 1, b: 2}\npaths: {}\nx-use:\n  <<: *base\n  b: 3\n",
    );
    expect(document["x-use"]).toEqual({ a: 1, b: 3 });
  });

  it("decodes UTF-16 and drops byte order marks", () => {
    const le = Buffer.from(`\ufeff${minimal}`, "utf16le");
    const be = Buffer.from(le).swap16();
    const utf8 = Buffer.from(`\ufeff${minimal}`, "utf8");
    for (const bytes of [le, be, utf8]) expect(parseDocument(bytes).document).toEqual(JSON.parse(minimal));
  });

  it("reads the part of a larger buffer that it was given", () => {
    const whole = bytesOf(`xx${minimal}yy`);
    expect(parseDocument(whole.subarray(2, whole.length - 2)).document).toEqual(JSON.parse(minimal));
  });
});
