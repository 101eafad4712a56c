import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceHash } from "../../../local/source-hash.ts";

let project: string;
const settings = { FOREWARN_STAGE: "local" };

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "forewarn-sources-"));
  await mkdir(join(project, "lambdas", "api"), { recursive: true });
  await writeFile(join(project, "lambdas", "api", "api.ts"), "one");
  await writeFile(join(project, "cdk.json"), "{}");
  await writeFile(join(project, "README.md"), "text");
});
afterEach(() => rm(project, { recursive: true, force: true }));

describe("sourceHash", () => {
  it("stays the same while no source of the app changes", async () => {
    const before = await sourceHash(project, settings);
    await writeFile(join(project, "README.md"), "other text");
    expect(await sourceHash(project, settings)).toBe(before);
  });

  it("changes with the text of a source, its name, a new source and a setting", async () => {
    const hashes = [await sourceHash(project, settings), await sourceHash(project, { FOREWARN_STAGE: "other" })];
    const source = join(project, "lambdas", "api", "api.ts");
    await writeFile(source, "two");
    hashes.push(await sourceHash(project, settings));
    await rename(source, join(project, "lambdas", "api.ts"));
    hashes.push(await sourceHash(project, settings));
    await mkdir(join(project, "shared"));
    await writeFile(join(project, "shared", "new.ts"), "");
    hashes.push(await sourceHash(project, settings));
    expect(new Set(hashes).size).toBe(5);
  });
});
