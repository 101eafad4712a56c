import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setUsage, showUsage } from "../../../cli/commands/usage.ts";
import { readCalls } from "../../../cli/input/read-calls.ts";
import { fillTenant } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

const har = {
  log: {
    version: "1.2",
    creator: { name: "WebInspector", version: "537.36" },
    entries: [
      { startedDateTime: "2026-03-01T12:00:00Z", request: { method: "GET", url: "https://a.example/pets/1?q=x" } },
      { startedDateTime: "2026-03-01T12:00:01Z", request: { method: "GET", url: "https://a.example/pets/2" } },
      { startedDateTime: "2026-03-01T12:00:02Z", request: { method: "POST", url: "https://a.example/pets" } },
    ],
  },
};

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const span = (kind: number | string, ...attributes: object[]) => ({
  traceId: "1",
  spanId: "2",
  name: "GET",
  kind,
  attributes,
});
const traces = (service: string | undefined, ...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: service === undefined ? [] : [text("service.name", service)] },
      scopeSpans: [{ scope: { name: "http" }, spans }],
    },
  ],
});
const getPets = [text("http.request.method", "GET"), text("url.full", "https://a.example/pets")];

const callsOf = (document: unknown, consumer?: string) => readCalls("f", JSON.stringify(document), consumer).calls;

describe("calls", () => {
  it("are read from a HAR file, each shape once and without queries", () => {
    expect(callsOf(har, "shop")).toEqual([
      { consumer: "shop", method: "GET", url: "https://a.example/pets/2" },
      { consumer: "shop", method: "POST", url: "https://a.example/pets" },
    ]);
    expect(() => callsOf(har)).toThrow("name the service with --consumer");
  });

  it("are the client spans of traces, by new and by old names, of the service that made them", () => {
    const old = [text("http.method", "POST"), text("http.url", "https://a.example/pets")];
    const own = span(2, ...getPets); // SERVER: a call that it got
    const document = traces("shop", span(3, ...getPets), own, span("SPAN_KIND_CLIENT", ...old), span(3));
    expect(callsOf(document)).toEqual([
      { consumer: "shop", method: "GET", url: "https://a.example/pets" },
      { consumer: "shop", method: "POST", url: "https://a.example/pets" },
    ]);
    expect(callsOf(document, "other").map(({ consumer }) => consumer)).toEqual(["other", "other"]);
    expect(() => callsOf(traces(undefined, span(3, ...getPets)))).toThrow("--consumer");
  });

  it("are read from traces of one line each, as the collector writes them", () => {
    const lines = [traces("a", span(3, ...getPets)), traces("b", span(3, ...getPets))];
    const { calls } = readCalls("f", `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`, undefined);
    expect(calls.map(({ consumer }) => consumer)).toEqual(["a", "b"]);
  });

  it("are read from a list with owners", () => {
    const list = [{ name: "shop", owner: "payments", operations: ["GET /pets/{petId}"] }];
    expect(readCalls("f", JSON.stringify(list), undefined)).toEqual({
      calls: [{ consumer: "shop", method: "GET", url: "/pets/{petId}" }],
      owners: { shop: "payments" },
    });
    expect(() => callsOf([{ name: "shop", operations: ["/pets"] }])).toThrow(
      "entry 0.operations.0 is a method and a path",
    );
  });

  it.each([
    ["{", "it is not JSON"],
    ['{"a":1}', "it is not a list of consumers, a HAR file or OpenTelemetry traces in JSON"],
  ])("are not read from %s", (content, reason) => {
    expect(() => readCalls("f", content, "x")).toThrow(reason);
  });
});

describe("forewarn usage", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "forewarn-usage-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("sets who calls what from a file, names what matches nothing, and shows it", async () => {
    const here = await createSession();
    await fillTenant(here.api, here.tenantId);
    const dependency = "pets";
    await showUsage(here.sessionOf(), { dependency });
    expect(here.taken().output).toMatch(/^nobody is known to call it/);
    const file = join(folder, "calls.har");
    await writeFile(file, JSON.stringify(har));
    await setUsage(here.sessionOf(), { dependency, file, consumer: "shop", owner: "payments" });
    expect(here.taken()).toEqual({
      output: "shop calls 1 operation\n",
      errors: "1 calls are of no operation of the document:\n  shop: GET https://a.example/pets/2\n",
    });
    await showUsage(here.sessionOf(), { dependency });
    expect(here.taken().output.split("\n")[1]?.split(/ {2,}/)).toEqual(["shop", "payments", "1", "POST /pets"]);
    await expect(setUsage(here.sessionOf(), { dependency, file: join(folder, "none") })).rejects.toThrow("cannot read");
  });
});
