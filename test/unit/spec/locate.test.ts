import { describe, expect, it } from "vitest";
import { parseText } from "./documents.ts";

const json = `{
  "openapi": "3.0.0",
  "paths": {
    "/a~b/{id}": { "get": { "parameters": [ {"name": "x"}, { "name": "y}\\"," } ] } },
    "/\\u00e9": {"get": {}}
  }
}`;

const yaml = `openapi: 3.0.0
x-shared: &shared
  responses:
    200: {description: ok}
paths:
  /a:
    get: &get
      <<: *shared
      parameters:
        - name: x
        - {name: y, in: query}
    post: *get
`;

describe("locating a pointer", () => {
  it.each([
    ["", 1, 1],
    ["/openapi", 2, 3],
    ["/paths/~1a~0b~1{id}", 4, 5],
    ["/paths/~1a~0b~1{id}/get/parameters", 4, 29],
    ["/paths/~1a~0b~1{id}/get/parameters/1", 4, 60],
    ["/paths/~1a~0b~1{id}/get/parameters/1/name", 4, 62],
    ["/paths/~1é/get", 5, 17],
  ])("finds %s in JSON", (pointer, line, column) => {
    expect(parseText(json).locate(pointer)).toEqual({ line, column });
  });

  it.each([
    ["", 1, 1],
    ["/paths", 5, 1],
    ["/paths/~1a/get/parameters/0", 10, 11],
    ["/paths/~1a/get/parameters/1/in", 11, 21],
    ["/paths/~1a/get/responses/200", 4, 5],
    ["/paths/~1a/post/parameters/0/name", 10, 11],
  ])("finds %s in YAML, through aliases and merges", (pointer, line, column) => {
    expect(parseText(yaml).locate(pointer)).toEqual({ line, column });
  });

  it.each(["/nothing", "/paths/~1a/get/parameters/2", "/openapi/x", "paths"])("does not find %s", (pointer) => {
    expect(parseText(json).locate(pointer)).toBeUndefined();
    expect(parseText(yaml).locate(pointer)).toBeUndefined();
  });

  it("counts columns in UTF-16 code units, as editors do", () => {
    const text = '{"openapi":"3.0.0","é":"€", "😀":{"x":1}, "paths":{}}';
    const position = (pointer: string) => parseText(text).locate(pointer);
    for (const [pointer, key] of [
      ["/€", ""],
      ["/😀", '"😀"'],
      ["/😀/x", '"x"'],
      ["/paths", '"paths"'],
    ] as const) {
      expect(position(pointer)).toEqual(key === "" ? undefined : { line: 1, column: text.indexOf(key) + 1 });
    }
  });

  it("finds the last of two equal keys, which is the one that counts", () => {
    expect(parseText('{"openapi":"3.0.0",\n"paths":{},\n"paths":{"/a":{}}}').locate("/paths/~1a")).toEqual({
      line: 3,
      column: 10,
    });
  });

  it("counts CRLF as one line break", () => {
    expect(parseText('{"openapi":"3.0.0",\r\n"paths":{\r\n"/a":{}}}').locate("/paths/~1a")).toEqual({
      line: 3,
      column: 1,
    });
  });
});
