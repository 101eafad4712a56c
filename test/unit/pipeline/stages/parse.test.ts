import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryStores, type MemoryStores } from "../../../../shared/memory/memory-stores.ts";
import { MissingBodyError, UnreadableCheckpointError } from "../../../../shared/pipeline/errors.ts";
import { parseStage } from "../../../../shared/pipeline/stages/parse.ts";
import { petsDocument } from "../documents.ts";
import { jobAfter, stageContext } from "../stage-context.ts";

const fetched = { outcome: "body", bodyKey: "body", bodySha256: "ab", bodyBytes: 1, sourceUrl: "https://a.example/" };
const job = jobAfter({ fetch: fetched });

let stores: MemoryStores;

beforeEach(() => {
  stores = createMemoryStores();
});

const parse = async (content: Uint8Array | string) => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await stores.bodies.putOnce("body", bytes, "text/plain");
  return parseStage(stores).run(stageContext({ job }));
};

describe("parse", () => {
  it("tells what the document is", async () => {
    expect(await parse(petsDocument())).toEqual({
      result: "completed",
      output: { dialect: "openapi-3.0", version: "3.0.3", format: "json", warningCount: 0, warnings: [] },
    });
  });

  it("reads YAML too", async () => {
    const text = 'openapi: "3.1.0"\ninfo: { title: Pets, version: "1" }\npaths:\n  /pets: { get: { responses: {} } }\n';
    expect(await parse(text)).toMatchObject({ output: { dialect: "openapi-3.1", version: "3.1.0", format: "yaml" } });
  });

  it("leaves the first twenty warnings and their number", async () => {
    const paths = Array.from({ length: 30 }, (_, index) => `"/a${index}":{},"/a${index}":{"get":{"responses":{}}}`);
    const text = `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{${paths.join(",")}}}`;
    const { output } = completed(await parse(text));
    expect(output.warningCount).toBe(30);
    expect(output.warnings).toHaveLength(20);
  });

  it("refuses a document that cannot be read, with line and column", async () => {
    await expect(parse('{\n  "openapi": "3.0.3",\n  "paths": {,}\n}')).rejects.toMatchObject({
      name: "InvalidDocumentError",
      kind: "permanent",
      line: 3,
      message: expect.stringContaining("at line 3, column 13"),
    });
  });

  it("says so when the body is gone", async () => {
    await expect(parseStage(stores).run(stageContext({ job }))).rejects.toEqual(new MissingBodyError("body"));
  });

  it.each([
    ["found nothing new", { outcome: "notModified" }],
    ["left something else", { key: "body" }],
  ])("refuses to go on from a fetch that %s", async (_, output) => {
    const context = stageContext({ job: jobAfter({ fetch: output }) });
    await expect(parseStage(stores).run(context)).rejects.toEqual(new UnreadableCheckpointError("fetch"));
  });
});

const completed = (result: Awaited<ReturnType<ReturnType<typeof parseStage>["run"]>>) => {
  if (result.result !== "completed") throw new Error(`the stage ended as ${result.result}`);
  return result;
};
