import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { petDocuments } from "../../integration/pet-documents.ts";
import { compareDocuments, withoutRootHashes } from "../rules/compare-documents.ts";
import { storeModel } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

const { before, after } = petDocuments;
const [old, fresh] = [JSON.parse(before), JSON.parse(after)];
const url = "https://pets.example.com/openapi.json";

let api: ApiHarness;
let tenant: Awaited<ReturnType<ApiHarness["createTenant"]>>;
let fetched: string[];
beforeEach(async () => {
  fetched = [];
  api = createApiHarness({
    fetch: async (request) => {
      fetched.push(request.url);
      const body = new TextEncoder().encode(request.url.includes("page") ? "<html>log in</html>" : after);
      return { outcome: "body", body, finalUrl: request.url, status: 200, elapsedMs: 1, redirects: [] };
    },
  });
  tenant = await api.createTenant("acme");
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  api.request("POST /api/diff", { key: tenant.key, body, headers });
const diff = async (body: object) =>
  (await tenant.client.call("diff", { body: { before: { document: old }, after: { document: fresh }, ...body } })).data;
const dataOf = ({ body }: { body: unknown }) => (body as { data: { passed: boolean; changes: object } }).data;

describe("POST /api/diff", () => {
  it("says of two documents what the engine says of them", async () => {
    const changes = withoutRootHashes(compareDocuments(old, fresh));
    expect(await diff({})).toEqual({ passed: false, failOn: "breaking", changes });
  });

  it("knows the lines of documents that are given as text, under their names", async () => {
    const { changes } = await diff({
      before: { document: JSON.stringify(old, null, 1), name: "old.json" },
      after: { document: JSON.stringify(fresh, null, 1), name: "new.json" },
    });
    expect([changes.before.source, changes.after.source]).toEqual(["old.json", "new.json"]);
    expect(changes.findings.every((one) => [one.before, one.after].some((place) => (place?.line ?? 0) > 1))).toBe(true);
  });

  it("fetches a URL through the guard and calls it by its name without its query", async () => {
    const { changes } = await diff({ after: { url: `${url}?token=secret` } });
    expect(fetched).toEqual([`${url}?token=secret`]);
    expect(changes.after.source).toBe(url);
    expect(changes.counts).toEqual(compareDocuments(old, fresh).counts);
  });

  it("takes the stored model of a snapshot, and does not read its document again", async () => {
    const { dependencyId, snapshotId } = await storeModel(api, tenant.tenantId, before);
    const named = await diff({ before: { dependencyId, snapshotId } });
    const current = await diff({ before: { dependencyId } });
    expect(named.changes.findings).toEqual(compareDocuments(old, fresh).findings);
    expect(current).toEqual(named);
  });

  it("adjusts as the command line does, and says so", async () => {
    const { passed, changes } = await diff({
      severities: { "api-removed-without-deprecation": "safe" },
      ignores: [
        {
          rule: "new-required-request-parameter",
          operation: "GET /pets",
          reason: "agreed",
          owner: "ada",
          until: "2999-01-01",
        },
      ],
      exclude: ["path:/nothing*"],
      include: ["path:/pets*", "method:get"],
      failOn: "safe",
    });
    expect([passed, changes.adjustments?.ignored.map(({ findings }) => findings)]).toEqual([false, [1]]);
    expect(changes.adjustments?.filters).toEqual({
      include: ["path:/pets*", "method:get"],
      exclude: ["path:/nothing*"],
      findings: 1,
    });
  });

  it.each([
    ["none", true],
    ["breaking", false],
    ["risky", false],
  ])("with failOn %s answers passed: %s, in a header too", async (failOn, passed) => {
    const reply = await post({ before: { document: before }, after: { document: after }, failOn });
    expect([dataOf(reply).passed, reply.headers["forewarn-passed"]]).toEqual([passed, String(passed)]);
  });
});

describe("the format of the answer", () => {
  const documents = { before: { document: before }, after: { document: after } };
  it.each([
    ["text", "text/plain; charset=utf-8", "Pets 1.0.0 → Pets 2.0.0\n"],
    ["json", "application/json; charset=utf-8", '{"data":{"passed":false,'],
    ["markdown", "text/markdown; charset=utf-8", "## Pets 1.0.0 → Pets 2.0.0"],
    ["html", "text/html; charset=utf-8", "<!doctype html>"],
    ["github", "text/plain; charset=utf-8", "::error title="],
    ["sarif", "application/sarif+json", '{\n  "$schema":'],
    ["junit", "application/xml", "<?xml version="],
  ])("is %s when the request says so", async (format, mediaType, start) => {
    const { headers, text } = await post({ ...documents, format }, { accept: "application/json" });
    expect([headers["content-type"], text.slice(0, start.length)]).toEqual([mediaType, start]);
  });

  it.each([
    ["*/*", "application/json; charset=utf-8"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"],
    ["text/markdown;q=0.4, application/sarif+json;q=0.9", "application/sarif+json"],
    ["text/*", "text/html; charset=utf-8"],
    ["text/xml", "application/xml"],
  ])("is what %s accepts when the request does not say", async (accept, mediaType) => {
    expect((await post(documents, { accept })).headers["content-type"]).toBe(mediaType);
  });

  it("is refused when nothing that is accepted can be had", async () => {
    expect((await post(documents, { accept: "image/png" })).error).toEqual({
      code: "validation_error",
      field: "Accept",
      message: expect.stringContaining("text/markdown"),
    });
  });

  it("lets a page run its own script and style, and nothing else", async () => {
    const policy = (await post({ ...documents, format: "html" })).headers["content-security-policy"];
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+';.* sandbox/);
    expect((await post(documents)).headers["content-security-policy"]).toMatch(/^default-src 'none'; frame-/);
  });

  it("is compressed where it is long and the caller takes gzip", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`/things-${index}`, { get: { responses: {} } }]),
    );
    const many = { before: { document: { ...old, paths } }, after: { document: old } };
    const plain = await post(many, { "accept-encoding": "br" });
    const small = await post(many, { "accept-encoding": "br, gzip" });
    expect([plain.headers["content-encoding"], small.headers["content-encoding"]]).toEqual([undefined, "gzip"]);
    expect(small.text).toBe(plain.text);
  });
});

describe("a request that cannot be answered", () => {
  const given = { document: before };
  it.each<[string, object, number, string | undefined, RegExp]>([
    ["no documents", {}, 400, "before", /is missing/],
    ["a side without anything", { before: {}, after: given }, 400, "before", /exactly one of document, url and dep/],
    ["a side with two", { before: given, after: { ...given, url } }, 400, "after", /exactly one/],
    [
      "a snapshot without its dependency",
      { before: { ...given, snapshotId: "s" }, after: given },
      400,
      "before.snapshotId",
      /dependencyId/,
    ],
    [
      "broken JSON",
      { before: given, after: { document: '{"openapi":' } },
      422,
      "after.document",
      /the document ends in the middle/,
    ],
    ["broken YAML", { before: { document: "openapi: [" }, after: given }, 422, "before.document", /line 1/],
    ["something else", { before: { document: { asyncapi: "3.0.0" } }, after: given }, 422, "before.document", /./],
    ["a page", { before: given, after: { url: "https://pets.example.com/page" } }, 400, "after.url", /HTML/],
    ["a private address", { before: { url: "http://169.254.169.254/" }, after: given }, 400, "before.url", /public/],
    ["no URL", { before: { url: "pets.json" }, after: given }, 400, "before.url", /is not a URL/],
    [
      "an unknown dependency",
      { before: { dependencyId: "none" }, after: given },
      404,
      "before.dependencyId",
      /there is no dependency none/,
    ],
    [
      "a rule that is none",
      { before: given, after: given, severities: { "endpoint-aded": "safe" } },
      400,
      "severities.endpoint-aded",
      /did you mean endpoint-added/,
    ],
    [
      "an ignore entry of no rule",
      { before: given, after: given, ignores: [{ rule: "x-y", reason: "r", owner: "o", until: "2026-12-31" }] },
      400,
      "ignores.0.rule",
      /there is no rule/,
    ],
    [
      "an ignore entry without end",
      { before: given, after: given, ignores: [{ rule: "endpoint-added", reason: "r", owner: "o" }] },
      400,
      "ignores.0.until",
      /./,
    ],
    ["a filter of no kind", { before: given, after: given, include: ["colour:red"] }, 400, "include.0", /path:PATTERN/],
    ["a format that there is not", { before: given, after: given, format: "pdf" }, 400, "format", /./],
  ])("with %s says so", async (_, body, status, field, message) => {
    const reply = await post(body);
    expect([reply.status, reply.error?.field, reply.error?.message]).toEqual([
      status,
      field,
      expect.stringMatching(message),
    ]);
  });

  it("tells what the other host said, and not that we failed", async () => {
    api = createApiHarness();
    tenant = await api.createTenant("acme");
    const reply = await post({ before: { url }, after: given });
    expect([reply.status, reply.error]).toEqual([
      400,
      { code: "validation_error", field: "before.url", message: expect.stringContaining("no host named pets.example") },
    ]);
  });

  it("does not give another tenant's snapshot, and says the same as of one that is not there", async () => {
    const own = await storeModel(api, tenant.tenantId, before);
    const stranger = await api.createTenant("stranger");
    const as = (side: object) =>
      api.request("POST /api/diff", { key: stranger.key, body: { before: side, after: given } });
    const [foreign, unknown] = [await as(own), await as({ ...own, dependencyId: "none" })];
    expect([foreign.status, foreign.error?.field]).toEqual([404, "before.dependencyId"]);
    expect(foreign.text.replaceAll(own.dependencyId, "ID")).toBe(unknown.text.replaceAll("none", "ID"));
    const theirs = (await stranger.client.call("createDependency", { body: { name: "mine", specUrl: url } })).data.id;
    const mixed = await as({ dependencyId: theirs, snapshotId: own.snapshotId });
    expect([mixed.status, mixed.error?.field]).toEqual([404, "before.snapshotId"]);
  });

  it("says that a dependency has no snapshot yet", async () => {
    const { data } = await tenant.client.call("createDependency", { body: { name: "new", specUrl: url } });
    const reply = await post({ before: { dependencyId: data.id }, after: given });
    expect([reply.status, reply.error?.message]).toEqual([404, `there is no snapshot of dependency ${data.id}`]);
  });

  it("needs the scope read, which is enough", async () => {
    const keyWith = async (scopes: ("read" | "write")[]) =>
      (await tenant.client.call("createApiKey", { body: { name: "ci", scopes } })).data.secret;
    const as = async (key: string) =>
      (await api.request("POST /api/diff", { key, body: { before: given, after: given } })).status;
    expect([await as(await keyWith(["read"])), await as(await keyWith(["write"]))]).toEqual([200, 403]);
  });
});

describe("a compressed request", () => {
  const text = JSON.stringify({ before: { document: before }, after: { document: after } });
  const send = (bytes: Uint8Array, headers: Record<string, string> = { "content-encoding": "gzip" }) =>
    api.request("POST /api/diff", {
      key: tenant.key,
      text: Buffer.from(bytes).toString("base64"),
      isBase64Encoded: true,
      headers,
    });

  it("is read as the same one in the clear", async () => {
    expect((await send(gzipSync(text))).text).toBe((await post(JSON.parse(text))).text);
  });

  it("is sent by the client when it is long", async () => {
    const padded = { ...old, info: { ...old.info, description: "x".repeat(400_000) } };
    const { changes } = await diff({ before: { document: padded } });
    expect(changes.counts).toEqual(compareDocuments(old, fresh).counts);
  });

  it.each<[string, Uint8Array, Record<string, string> | undefined, number, RegExp]>([
    ["what is not gzip", Buffer.from(text), undefined, 400, /is not gzip/],
    ["what inflates without end", gzipSync(Buffer.alloc(60 * 1024 * 1024)), undefined, 413, /larger than 56 MiB/],
    ["another coding", gzipSync(text), { "content-encoding": "br" }, 400, /must be gzip, not br/],
  ])("refuses %s", async (_, bytes, headers, status, message) => {
    const reply = await send(bytes, headers);
    expect([reply.status, reply.error?.message]).toEqual([status, expect.stringMatching(message)]);
  });
});
