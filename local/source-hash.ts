import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the deployed app is made of, relative to the project's folder. */
const sources = ["cdk", "lambdas", "shared", "statemachines", "cdk.json", "package-lock.json"];

/**
 * One hash over every source of the deployed app and over `settings`: a cloud whose deployment has the same hash needs
 * no new one. Reading is enough, because everything that `cdk deploy` uploads is built from these files.
 */
export async function sourceHash(projectFolder: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const source of sources) {
    for (const path of await filesOf(projectFolder, source)) {
      hash.update(`\0${path}\0`).update(await readFile(join(projectFolder, path)));
    }
  }
  return hash.digest("hex");
}

async function filesOf(projectFolder: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(projectFolder, path), { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length + 1))
      .sort();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}
