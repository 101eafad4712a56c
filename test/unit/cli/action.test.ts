import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const step = z.looseObject({ name: z.string().optional(), run: z.string().optional() });
const action = z
  .looseObject({ runs: z.looseObject({ steps: z.array(step) }) })
  .parse(load(readFileSync(join(root, "action.yml"), "utf8")));
const scripts = action.runs.steps.flatMap(({ run }) => run ?? []);
const compare = scripts.at(-1) ?? "";

const folder = mkdtempSync(join(tmpdir(), "forewarn-action-"));
afterAll(() => rmSync(folder, { recursive: true }));

const api = (paths: object) => JSON.stringify({ openapi: "3.0.3", info: { title: "Pets", version: "1" }, paths });
const operation = { get: { responses: { "204": { description: "Done" } } } };
writeFileSync(join(folder, "old.json"), api({ "/pets": operation, "/dogs": { ...operation, post: operation.get } }));
writeFileSync(join(folder, "new.json"), api({ "/pets": operation }));
// Stands in for GitHub's command: notes what it was asked, and lists the comment that $PREVIOUS names.
writeFileSync(
  join(folder, "gh"),
  `#!/bin/sh\necho "$@" >> "${folder}/asked"\ncase "$2" in --paginate) echo "$PREVIOUS";; esac\n`,
);
const asked = () => {
  const lines = readFileSync(join(folder, "asked"), "utf8").trim().split("\n");
  rmSync(join(folder, "asked"));
  return lines.map((line) => line.replace(/body=@.*/, "body=@…"));
};
chmodSync(join(folder, "gh"), 0o755);

function runCompare(inputs: Record<string, string>): Promise<{ code: number; stdout: string }> {
  const none = {
    SEVERITY: "",
    IGNORE_FILE: "",
    INCLUDE: "",
    EXCLUDE: "",
    GH_TOKEN: "",
    FAIL_ON: "breaking",
    PREVIOUS: "",
  };
  const env = {
    ...none,
    OLD: "old.json",
    NEW: "new.json",
    COMMENT: "true",
    PULL_REQUEST: "7",
    FOREWARN: join(root, "cli/forewarn.ts"),
    GITHUB_REPOSITORY: "ada/pets",
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    PATH: `${folder}:${join(process.execPath, "..")}:${process.env.PATH}`,
    ...inputs,
  };
  return new Promise((resolve) => {
    const child = execFile(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", compare],
      { cwd: folder, env },
      (_, stdout) => {
        resolve({ code: child.exitCode ?? -1, stdout });
      },
    );
  });
}

describe("the GitHub action", () => {
  it("takes inputs through the environment alone, where they cannot become code", () => {
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  it("annotates, reports and fails on a breaking change", async () => {
    const { code, stdout } = await runCompare({});
    expect([code, stdout.split("\n")[0]]).toEqual([1, expect.stringMatching(/^::error file=new\.json,title=api-/)]);
    expect(readFileSync(join(folder, "summary"), "utf8")).toMatch(/^<!-- forewarn new\.json -->\n## Pets 1 → Pets 1\n/);
    expect(asked()).toEqual([
      "api --paginate repos/ada/pets/issues/7/comments --jq .[] | select(.body | startswith(env.MARKER)) | .id",
      "api --silent -X POST repos/ada/pets/issues/7/comments -F body=@…",
    ]);
  });

  it("rewrites its comment, and writes none where nothing changed and none was", async () => {
    expect((await runCompare({ PREVIOUS: "42" })).code).toBe(1);
    expect(asked()[1]).toBe("api --silent -X PATCH repos/ada/pets/issues/comments/42 -F body=@…");
    expect((await runCompare({ NEW: "old.json", PREVIOUS: "42" })).code).toBe(0);
    expect(asked()[1]).toBe("api --silent -X PATCH repos/ada/pets/issues/comments/42 -F body=@…");
    expect((await runCompare({ NEW: "old.json" })).code).toBe(0);
    expect(asked()).toHaveLength(1);
  });

  it("passes when what is left is fine, and fails when a document cannot be read", async () => {
    expect((await runCompare({ INCLUDE: "path:/pets" })).code).toBe(0);
    expect((await runCompare({ OLD: "none.json" })).code).toBe(3);
  });
});
