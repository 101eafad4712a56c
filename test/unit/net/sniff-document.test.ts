import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EmptyDocumentError, HtmlPageError, NotADocumentError } from "../../../shared/net/errors.ts";
import { assertLooksLikeDocument } from "../../../shared/net/sniff-document.ts";

const url = "https://api.example.com/openapi.json";
const judge = (body: string | Uint8Array, source: { contentType?: string; url: string } = { url }) =>
  assertLooksLikeDocument(typeof body === "string" ? Buffer.from(body) : body, source);

describe("a document is accepted", () => {
  test.each([
    ["JSON", '{"openapi":"3.1.0"}'],
    ["JSON with a byte order mark", '\uFEFF{"openapi":"3.1.0"}'],
    ["YAML", "# comment\nopenapi: 3.1.0\n"],
    ["YAML that begins with a merge key", "<<: *base\nopenapi: 3.1.0\n"],
    ["YAML with HTML inside", 'openapi: 3.1.0\ninfo:\n  description: "<html><title>Sign in</title>"\n'],
    ["UTF-8 beyond ASCII", '{"openapi":"3.1.0","info":{"title":"Bücher 書籍"}}'],
    ["UTF-16 with a mark", Buffer.from('\uFEFF{"openapi":"3.1.0"}', "utf16le")],
    ["UTF-16 without a mark", Buffer.from('{"openapi":"3.1.0"}', "utf16le")],
    ["big-endian UTF-16", Buffer.from('\uFEFF{"openapi":"3.1.0"}', "utf16le").swap16()],
    ["a large one", `{"openapi":"3.1.0","x":"${"é".repeat(40_000)}"}`],
  ])("%s", (_, body) => {
    expect(() => judge(body)).not.toThrow();
  });

  test.each(["text/html", "image/png", "application/octet-stream", "text/plain"])("served as %s", (contentType) => {
    expect(() => judge('{"openapi":"3.1.0"}', { contentType, url })).not.toThrow();
  });
});

describe("an empty body is refused", () => {
  test.each([
    ["no bytes", ""],
    ["blanks", " \r\n\t \n"],
    ["a byte order mark", "\uFEFF\n"],
    ["blank UTF-16", Buffer.from("\uFEFF  \n", "utf16le")],
    ["many blanks", " ".repeat(50_000)],
  ])("%s", (_, body) => {
    expect(() => judge(body)).toThrow(new EmptyDocumentError(url));
  });

  test("but not one that begins with many blanks", () => {
    expect(() => judge(`${" ".repeat(50_000)}{}`)).not.toThrow();
  });

  test("in words", () => {
    expect(new EmptyDocumentError(url)).toMatchObject({
      kind: "permanent",
      message: `${url} answered with an empty body where an OpenAPI document was expected.`,
    });
  });
});

describe("an HTML page is refused with what to do", () => {
  const logIn = "It asks to log in: give a public URL, or set an authorization header for this dependency.";
  const viewer = "It is a viewer of API documentation: give the URL of the JSON or YAML file that it loads.";
  const errorPage = "It looks like an error page: open the URL in a browser and check where the document is now.";
  const plain = "Give the URL of the JSON or YAML text itself.";

  test.each([
    ["<!DOCTYPE html><html><head><title> Sign in\n · Corp </title>", ' ("Sign in · Corp")', logIn],
    ['<html><form><input name=p type="password">', "", logIn],
    ["<!doctype html><title>API reference</title><div id=swagger-ui></div>", ' ("API reference")', viewer],
    ["<html><script src=redoc.standalone.js>", "", viewer],
    ["<html><head><title>404 Not Found</title></head>", ' ("404 Not Found")', errorPage],
    ["<html><title>Service unavailable</title>", ' ("Service unavailable")', errorPage],
    ["<h1>It works!</h1>", "", plain],
    ["\n<!-- saved --> <!-- twice -->\n<HTML lang=en><title>Docs</title>", ' ("Docs")', plain],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>', "", plain],
    ["\uFEFF<!doctype html>", "", plain],
  ])("%s", (body, title, advice) => {
    expect(() => judge(body, { contentType: "application/json", url })).toThrow(
      new HtmlPageError(`${url} is an HTML page${title}, not an OpenAPI document. ${advice}`),
    );
  });

  test("as UTF-16, too", () => {
    expect(() => judge(Buffer.from("\uFEFF<!doctype html>", "utf16le"))).toThrow(HtmlPageError);
  });

  test("a file's page on GitHub is told from the file", () => {
    const page = "https://github.com/acme/api/blob/main/openapi.yaml";
    expect(() => judge("<!doctype html><title>api/openapi.yaml</title>", { url: `${page}?plain=1` })).toThrow(
      new HtmlPageError(
        `${page} is an HTML page ("api/openapi.yaml"), not an OpenAPI document. ` +
          'Use the address of its "Raw" button, on raw.githubusercontent.com.',
      ),
    );
  });
});

describe("another format is refused by its name", () => {
  test.each([
    ["%PDF-1.7\n", "a PDF file"],
    [Buffer.from("PK\x03\x04rest", "latin1"), "a ZIP archive (or an Office file)"],
    [gzipSync("{}"), "a gzip archive that is served as a file"],
    [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "a PNG image"],
    [Buffer.from("\xff\xd8\xff\xe0", "latin1"), "a JPEG image"],
    ["GIF89a", "a GIF image"],
    [Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), "binary data"],
    [Buffer.from("openapi: 3.1.0\0\x01\x02"), "binary data"],
    ['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "XML"],
    ["<definitions/>", "XML"],
  ])("%j is %s", (body, found) => {
    expect(() => judge(body)).toThrow(new NotADocumentError(url, found));
  });

  test("binary data with the type it was served as", () => {
    expect(() => judge(Buffer.from([1, 2, 3]), { contentType: "font/woff2", url })).toThrow(
      `${url} is binary data (font/woff2), not an OpenAPI document. Give the URL of the JSON or YAML text itself.`,
    );
  });
});
