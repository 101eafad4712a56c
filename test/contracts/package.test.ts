import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);

const program = `import { compare, InvalidDocumentError, renderReport, type ChangeSet, type Level } from "forewarn";

declare const console: { log(text: string): void };
const api = (required: boolean) => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: { "/pets": { get: {
    parameters: [{ name: "limit", in: "query", required, schema: { type: "integer" } }],
    responses: { "204": { description: "Done" } },
  } } },
});
const changes: ChangeSet = compare(api(false), JSON.stringify(api(true)), { today: "2026-01-01" });
const level: Level | undefined = changes.findings[0]?.level;
// @ts-expect-error a change set has no such thing, so its type is not any
changes.nothing;
const text: string = await renderReport(changes, "text", { version: "1" });
let refusal = "";
try {
  compare("{", "{");
} catch (error) {
  if (error instanceof InvalidDocumentError) refusal = error.name;
}
console.log(JSON.stringify({ level, lines: text.split("\\n").length, refusal }));
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "forewarn-package-"));
  await run(process.execPath, ["cli/build.ts"]);
  await run("npm", ["pack", "--ignore-scripts", "--offline", "--pack-destination", folder]);
  const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  // Offline and into an empty cache: whatever it needed beside itself could not be had.
  const alone = ["--offline", "--cache", join(folder, "cache"), "--no-audit", "--no-fund"];
  await run("npm", ["install", ...alone, join(folder, tarball)], { cwd: folder });
  await writeFile(join(folder, "program.ts"), program);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe("the package, in an empty project", () => {
  it.each(["NodeNext", "Bundler"])("has types for %s, with libraries checked", async (moduleResolution) => {
    const module = moduleResolution === "Bundler" ? "ESNext" : moduleResolution;
    const flags = [
      "--strict",
      "--exactOptionalPropertyTypes",
      "--noUncheckedIndexedAccess",
      "--noEmit",
      "--target",
      "es2022",
      "--module",
      module,
    ];
    const lookup = ["--moduleResolution", moduleResolution, "--lib", "es2022"];
    const compiler = resolve("node_modules/typescript/bin/tsc");
    const checked = run(process.execPath, [compiler, ...flags, ...lookup, "program.ts"], { cwd: folder });
    expect(
      await checked.then(
        ({ stdout }) => stdout,
        (error: { stdout: string }) => error.stdout,
      ),
    ).toBe("");
  });

  it("compares and reports without anything else installed", async () => {
    const { stdout } = await run(process.execPath, ["program.ts"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({ level: "breaking", lines: 8, refusal: "InvalidDocumentError" });
  });

  it("runs as a command without anything else installed", async () => {
    const { name, version, bin } = JSON.parse(
      await readFile(join(folder, "node_modules", "forewarn", "package.json"), "utf8"),
    );
    const command = join(folder, "node_modules", ".bin", "forewarn");
    const { stdout } = await run(command, ["--version"], { cwd: folder });
    expect([name, stdout.trim(), Object.keys(bin)]).toEqual(["forewarn", version, ["forewarn"]]);
    const [old, fresh] = [join(folder, "old.json"), join(folder, "new.yaml")];
    await writeFile(old, '{"openapi":"3.0.3","info":{"title":"Pets","version":"1"},"paths":{}}');
    await writeFile(fresh, "openapi: 3.0.3\ninfo: {title: Pets, version: '2'}\npaths: {}\n");
    const compared = await run(command, ["diff", old, fresh], { cwd: folder });
    expect(compared.stdout).toMatch(/^Pets 1 → Pets 2\n/);
  });

  it("holds no AWS in its library", async () => {
    const library = join(folder, "node_modules/forewarn/dist/lib");
    const files = (await readdir(library, { recursive: true })).filter((name) => /\.(mjs|d\.ts)$/.test(name));
    const texts = await Promise.all(files.map((name) => readFile(join(library, name), "utf8")));
    expect(files.filter((_, index) => /aws-sdk|@smithy|DynamoDB/.test(texts[index] ?? ""))).toEqual([]);
    expect(files).toContain("forewarn.mjs");
  });

  it("brings what is run and read, and nothing else", async () => {
    const installed = join(folder, "node_modules");
    expect((await readdir(installed)).filter((name) => !name.startsWith("."))).toEqual(["forewarn"]);
    expect((await readdir(join(installed, "forewarn"))).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
    ]);
    expect((await readdir(join(installed, "forewarn", "dist"))).sort()).toEqual(["cli", "lib"]);
  });
});
