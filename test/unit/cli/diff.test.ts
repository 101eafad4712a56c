import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type DiffArguments, type DiffSurroundings, runDiff } from "../../../cli/commands/diff.ts";
import { errorLine, exitCodeOf } from "../../../cli/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "forewarn-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const api = (limit: object) => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      get: {
        parameters: [{ name: "limit", in: "query", schema: { type: "integer" }, ...limit }],
        responses: { "204": { description: "Done" } },
      },
    },
  },
});

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 1));
  return path;
}

const before = fileOf("before.json", api({}));
const after = fileOf("after.json", api({ required: true }));

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const pipe: DiffSurroundings = { stdin: bytesOf(""), columns: undefined, env: {}, today: "2026-01-01" };
const run = (args: Partial<DiffArguments>, around: Partial<DiffSurroundings> = {}) =>
  runDiff({ before, after, format: "text", failOn: "none", ...args }, { ...pipe, ...around });

describe("forewarn diff", () => {
  it("prints each cause with its rule, its lines and a summary", async () => {
    const { output, exitCode } = await run({});
    expect(exitCode).toBe(0);
    expect(output.replaceAll(folder, "").split("\n")).toEqual([
      "Pets 1 → Pets 1",
      "1 operations before, 1 after",
      "",
      "BREAKING  Made the query parameter `limit` required, in GET /pets",
      "          request-parameter-became-required  /before.json:11 → /after.json:17",
      "",
      "1 change from 1 edit: 1 breaking, 0 risky, 0 safe",
      "",
    ]);
  });

  it("says so when nothing changed", async () => {
    const { output, exitCode } = await run({ after: before, failOn: "safe" });
    expect(output).toContain("No changes: both documents describe the same API.");
    expect(exitCode).toBe(0);
  });

  it("prints the change set as JSON, with where the documents came from", async () => {
    const { output } = await run({ format: "json" });
    const { schemaVersion, before: old, counts, findings } = JSON.parse(output);
    expect({ schemaVersion, source: old.source, counts }).toEqual({
      schemaVersion: 1,
      source: before,
      counts: { breaking: 1, risky: 0, safe: 0, total: 1, causes: 1 },
    });
    expect(findings[0].after).toEqual({
      pointer: "/paths/~1pets/get/parameters/0/required",
      line: 17,
      column: 7,
    });
  });

  it.each([
    ["breaking", 1],
    ["risky", 1],
    ["safe", 1],
    ["none", 0],
  ])("ends with --fail-on %s after a breaking change with exit code %i", async (failOn, exitCode) => {
    expect((await run({ failOn })).exitCode).toBe(exitCode);
  });

  it("does not fail on a level that is worse than every change", async () => {
    const result = await run({ before: after, after: before, failOn: "breaking" });
    expect(result.exitCode).toBe(0);
  });

  it("reads one document from standard input", async () => {
    const { output } = await run({ before: "-" }, { stdin: bytesOf(JSON.stringify(api({}))) });
    expect(output).toContain("line 1 → ");
  });

  it("reads a document from a URL", async () => {
    const server = createServer((_, response) => response.end(JSON.stringify(api({}))));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { output } = await run({ before: `http://127.0.0.1:${port}/openapi.json` });
    server.close();
    expect(output).toContain("1 change from 1 edit");
  });

  it("keeps to the width of the terminal and colours only there", async () => {
    const colours = new RegExp(String.fromCharCode(27));
    const narrow = await run({}, { columns: 56 });
    const lines = narrow.output.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "").split("\n");
    expect(lines.filter((line) => line.length > 56 && !line.includes(folder))).toEqual([]);
    expect(narrow.output).toMatch(colours);
    expect((await run({}, { columns: 56, env: { NO_COLOR: "1" } })).output).not.toMatch(colours);
    expect((await run({})).output).not.toMatch(colours);
  });
});

describe("forewarn diff refuses", () => {
  const refusal = async (args: Partial<DiffArguments>) => {
    const error = await run(args).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return [exitCodeOf(error), errorLine(error).replaceAll(folder, "")];
  };

  it.each<[string, Partial<DiffArguments>, number, string]>([
    [
      "a format that it does not know",
      { format: "xml" },
      2,
      "forewarn: --format is one of text, json, markdown, html, github, sarif, junit, not xml",
    ],
    [
      "a level that it does not know",
      { failOn: "bad" },
      2,
      "forewarn: --fail-on is one of breaking, risky, safe, none, not bad",
    ],
    [
      "two documents on standard input",
      { before: "-", after: "-" },
      2,
      "forewarn: only one of the two documents can be standard input",
    ],
    [
      "a file that is not there",
      { before: join(folder, "none.json") },
      3,
      "forewarn: cannot read /none.json: there is no such file",
    ],
    ["an empty standard input", { before: "-" }, 3, "forewarn: cannot read standard input: the document is empty"],
  ])("%s", async (_, args, exitCode, line) => {
    expect(await refusal(args)).toEqual([exitCode, line]);
  });

  it("a document that is broken, and says where", async () => {
    const broken = fileOf("broken.json", '{\n "openapi": "3.0.3",\n "paths": {,}\n}');
    const [exitCode, line] = await refusal({ after: broken });
    expect(exitCode).toBe(3);
    expect(line).toMatch(/^forewarn: cannot read \/broken\.json: .*line 3, column/);
  });

  it("a URL that does not answer with success", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
    const answer = await refusal({ before: url });
    server.close();
    expect(answer).toEqual([3, `forewarn: cannot read ${url}: the server answered 404 Not Found`]);
  });
});
