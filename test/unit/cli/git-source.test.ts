import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorLine } from "../../../cli/errors.ts";
import { gitSourceOf, readGitSource } from "../../../cli/input/git-source.ts";

const folder = mkdtempSync(join(tmpdir(), "forewarn-git-"));
const repository = join(folder, "repository");
const subfolder = join(repository, "apis");
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  mkdirSync(subfolder, { recursive: true });
  writeFileSync(join(subfolder, "pets.yaml"), "openapi: 3.1.0\n");
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgsign=false"];
  for (const line of [
    ["init", "-q", "-b", "main"],
    ["add", "."],
    [...who, "commit", "-qm", "Pets"],
  ]) {
    execFileSync("git", line, { cwd: repository, stdio: "ignore" });
  }
});

describe("a source", () => {
  const existing = join(folder, "main:pets.yaml");

  it.each([
    ["main:openapi.yaml", { revision: "main", path: "openapi.yaml" }],
    ["HEAD~1:./apis/a:b.yaml", { revision: "HEAD~1", path: "./apis/a:b.yaml" }],
    ["openapi.yaml", undefined],
    ["C:\\apis\\pets.yaml", undefined],
    ["--output=x:pets.yaml", undefined],
    [":pets.yaml", undefined],
    [existing, undefined],
  ])("%s names a revision or not", (source, expected) => {
    writeFileSync(existing, "");
    expect(gitSourceOf(source)).toEqual(expected);
  });
});

describe("a file at a revision", () => {
  it.each([
    ["apis/pets.yaml", repository],
    ["apis/pets.yaml", subfolder],
    ["./pets.yaml", subfolder],
  ])("is read as %s", async (path, from) => {
    const bytes = await readGitSource({ revision: "main", path }, from);
    expect(Buffer.from(bytes).toString()).toBe("openapi: 3.1.0\n");
  });

  it.each([
    [
      "main",
      "pets.yaml",
      "git has no file pets.yaml at the revision main; paths start at the top of the repository, or with ./ here",
    ],
    ["trunk", "apis/pets.yaml", "there is no such file, and git knows no revision trunk"],
    ["main", "apis", "apis is no file at the revision main; a folder ends with /"],
  ])("is refused as %s:%s", async (revision, path, reason) => {
    const error: unknown = await readGitSource({ revision, path }, subfolder).catch((cause: unknown) => cause);
    expect(errorLine(error)).toBe(`forewarn: cannot read ${revision}:${path}: ${reason}`);
  });

  it("is refused where there is no repository", async () => {
    const error: unknown = await readGitSource({ revision: "main", path: "a" }, folder).catch(
      (cause: unknown) => cause,
    );
    expect(errorLine(error)).toBe(
      "forewarn: cannot read main:a: there is no such file, and this folder is in no git repository",
    );
  });
});
