import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type DiffArguments, runDiff } from "../../../cli/commands/diff.ts";
import { errorLine, exitCodeOf } from "../../../cli/errors.ts";
import { readIgnoreFile } from "../../../cli/input/read-ignore-file.ts";

const folder = mkdtempSync(join(tmpdir(), "forewarn-adjust-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, 1));
  return path;
}

const responses = { "204": { description: "Done" } };
const limit = { name: "limit", in: "query", schema: { type: "integer" } };
const api = (required: boolean, extra: object) => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": { get: { tags: ["Pets"], parameters: [{ ...limit, required }], responses } },
    ...extra,
  },
});
const before = fileOf("before.json", api(false, {}));
const after = fileOf("after.json", api(true, { "/dogs": { get: { tags: ["Dogs"], responses } } }));
const ignoreFile = fileOf(
  "ignore.yaml",
  `- rule: request-parameter-became-required
  operation: GET /pets
  reason: we always send it
  owner: ada
  until: 2026-01-31
`,
);

async function* nothing(): AsyncIterable<Uint8Array> {}

async function run(args: Partial<DiffArguments>, today = "2026-01-01") {
  const result = await runDiff(
    { before, after, format: "text", failOn: "breaking", ...args },
    { stdin: nothing(), columns: undefined, env: {}, today },
  );
  const [, ...blocks] = result.output.replaceAll(folder, "").trimEnd().split("\n\n");
  return { blocks, notes: result.notes, exitCode: result.exitCode };
}

const added = "SAFE      Added the operation GET /dogs\n          endpoint-added  /after.json:31";
const madeRequired =
  "BREAKING  Made the query parameter `limit` required, in GET /pets\n" +
  "          request-parameter-became-required  /before.json:14 → /after.json:20";

describe("forewarn diff, adjusted", () => {
  it("leaves out what the ignore file names, and says so", async () => {
    expect(await run({ ignoreFile })).toEqual({
      blocks: [
        added,
        "1 change from 1 edit: 0 breaking, 0 risky, 1 safe\n" +
          "Ignored 1 change by request-parameter-became-required at GET /pets (ada), until 2026-01-31: we\nalways send it",
      ],
      notes: [],
      exitCode: 0,
    });
  });

  it("ignores nothing by an entry that expired, and says so on both streams", async () => {
    expect(await run({ ignoreFile }, "2026-02-01")).toEqual({
      blocks: [
        madeRequired,
        added,
        "2 changes from 2 edits: 1 breaking, 0 risky, 1 safe\n" +
          "Ignored nothing by request-parameter-became-required at GET /pets (ada): it expired after\n2026-01-31.",
      ],
      notes: [
        "forewarn: the ignore entry for request-parameter-became-required of ada expired after 2026-01-31 and ignores nothing any more",
      ],
      exitCode: 1,
    });
  });

  it("judges by the levels of --severity", async () => {
    const { blocks, exitCode } = await run({
      severity: "request-parameter-became-required=safe, endpoint-added=risky",
    });
    expect(exitCode).toBe(0);
    expect(blocks.at(-1)).toBe(
      "2 changes from 2 edits: 0 breaking, 1 risky, 1 safe\n" +
        "Set request-parameter-became-required to safe: 1 change moved.\n" +
        "Set endpoint-added to risky: 1 change moved.",
    );
  });

  it("keeps the operations of a tag", async () => {
    expect(await run({ include: "tag:Dogs", exclude: "method:POST" })).toEqual({
      blocks: [
        added,
        "1 change from 1 edit: 0 breaking, 0 risky, 1 safe\nFiltered by tag:Dogs, not method:POST: 1 change left out.",
      ],
      notes: [],
      exitCode: 0,
    });
  });

  it("does not say that nothing changed when nothing is left", async () => {
    const { blocks } = await run({ include: "path:/cats*" });
    expect(blocks).toEqual(["No changes are left.\nFiltered by path:/cats*: 2 changes left out."]);
  });

  it.each<[Partial<DiffArguments>, string]>([
    [
      { severity: "endpoint-added=bad" },
      "forewarn: --severity takes RULE=LEVEL with the level breaking, risky, safe, not endpoint-added=bad",
    ],
    [
      { severity: "endpoint-addet=safe" },
      "forewarn: there is no rule endpoint-addet; did you mean endpoint-added or endpoint-moved?",
    ],
    [{ include: "/pets" }, "forewarn: --include takes path:PATTERN, method:NAME or tag:NAME, not /pets"],
    [{ exclude: "verb:GET" }, "forewarn: --exclude takes path:PATTERN, method:NAME or tag:NAME, not verb:GET"],
  ])("refuses %j as wrong usage", async (args, line) => {
    const error: unknown = await run(args).catch((reason: unknown) => reason);
    expect([exitCodeOf(error), errorLine(error).replace(/ or endpoint-.*\?/, " or endpoint-moved?")]).toEqual([
      2,
      line,
    ]);
  });
});

describe("an ignore file", () => {
  it("may be JSON", async () => {
    const entry = { rule: "endpoint-added", pointer: "/paths/*", reason: "new", owner: "ada", until: "2026-12-31" };
    expect(await readIgnoreFile(fileOf("ignore.json", [entry]))).toEqual([entry]);
  });

  const entry = (key: string, value: string) => {
    const keys: Record<string, string> = { rule: "endpoint-added", reason: "r", owner: "o", until: "2026-12-31" };
    const lines = Object.entries({ ...keys, [key]: value }).map(([name, text]) => `  ${name}: ${text}`);
    return `- # first\n${lines.join("\n")}\n`;
  };

  it.each([
    [
      "an unknown rule",
      entry("rule", "endpoint-adde"),
      /line 2: there is no rule endpoint-adde; did you mean endpoint-added/,
    ],
    ["an unknown key", entry("why", "because"), /line 6: unknown key why; the keys are rule, operation, .*until$/],
    ["a missing owner", "- rule: endpoint-added\n  reason: r\n  until: 2026-12-31\n", /line 1: owner is missing$/],
    ["an empty reason", entry("reason", '""'), /line 3: reason is empty$/],
    ["a number", entry("owner", "7"), /line 4: owner must be text$/],
    ["a day that there is not", entry("until", "2026-02-30"), /line 5: until is a day such as 2026-12-31$/],
    ["a word instead of a day", entry("until", "soon"), /line 5: until is a day such as 2026-12-31$/],
    ["an operation without a path", entry("operation", "GET"), /line 6: operation is a method and a path/],
    ["an object", "rule: endpoint-added\n", /line 1: the file is a list of entries$/],
    ["a list of texts", "- endpoint-added\n", /line 1: an entry is an object with rule, reason, owner and until$/],
    ["broken YAML", "- rule: [\n", /not valid YAML at line/],
  ])("is refused with %s, at its line", async (_, content, line) => {
    const path = fileOf("bad.yaml", content);
    const error: unknown = await readIgnoreFile(path).catch((reason: unknown) => reason);
    expect(exitCodeOf(error)).toBe(3);
    expect(errorLine(error)).toMatch(line);
    expect(errorLine(error)).toContain(`cannot read ${path}: `);
  });

  it("is refused when there is none", async () => {
    const error: unknown = await readIgnoreFile("none.yaml").catch((reason: unknown) => reason);
    expect(errorLine(error)).toBe("forewarn: cannot read none.yaml: there is no such file");
  });
});
