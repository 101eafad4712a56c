import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { UnreadableInputError } from "../errors.ts";

/** More than any document that is read. */
const maxOutputBytes = 256 * 1024 * 1024;

/** A file at a revision. */
export type GitSource = { revision: string; path: string };

/**
 * Reads `REVISION:PATH` (`main:openapi.yaml`, `HEAD~1:./openapi.yaml`); `undefined` when a file of that very name exists, or
 * the text is nothing of the kind. A drive of Windows (`C:\\…`) is no revision, nor is what git would take for a flag.
 */
export function gitSourceOf(source: string): GitSource | undefined {
  const [, revision, path] = /^([^:]+):([^:].*)$/s.exec(source) ?? [];
  if (revision === undefined || path === undefined || revision.startsWith("-")) return undefined;
  if (/^[a-z]$/i.test(revision) && /^[\\/]/.test(path)) return undefined;
  return existsSync(source) ? undefined : { revision, path };
}

/**
 * The bytes of a file at a revision, from the repository around `folder`. As in git, the path starts at the top of the
 * repository, or with `./` at `folder`.
 * @throws UnreadableInputError
 */
export function readGitSource(source: GitSource, folder: string): Promise<Uint8Array> {
  return runGit(["cat-file", "blob", `${source.revision}:${source.path}`], source, folder);
}

/**
 * The paths of all files of a revision, from the top of the repository; with a `path` that starts with `./` those below
 * `folder`, from there.
 * @throws UnreadableInputError
 */
export async function listGitFiles(source: GitSource, folder: string): Promise<string[]> {
  const from = source.path.startsWith("./") ? [] : ["--full-tree"];
  const list = await runGit(["ls-tree", "-r", "-z", "--name-only", ...from, source.revision], source, folder);
  return Buffer.from(list).toString("utf8").split("\0").slice(0, -1);
}

function runGit(line: readonly string[], source: GitSource, folder: string): Promise<Uint8Array> {
  const options = {
    cwd: folder,
    encoding: "buffer",
    maxBuffer: maxOutputBytes,
    env: { ...process.env, LC_ALL: "C" },
  } as const;
  return new Promise((resolve, reject) => {
    execFile("git", line, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else {
        const reason = reasonOf(error, stderr.toString(), source);
        reject(new UnreadableInputError(`${source.revision}:${source.path}`, reason, { cause: error }));
      }
    });
  });
}

/** In words: what git says in its own is for who called git. */
function reasonOf(error: Error, said: string, { revision, path }: GitSource): string {
  if ("code" in error && error.code === "ENOENT") return "there is no such file, and git is not installed";
  if (/not a git repository/.test(said)) return "there is no such file, and this folder is in no git repository";
  if (/[Ii]nvalid object name|not a tree object|Not a valid object name|unknown revision|bad revision/.test(said)) {
    return `there is no such file, and git knows no revision ${revision}`;
  }
  if (/does not exist|exists, but not|exists on disk, but not in|is outside repository/.test(said)) {
    return `git has no file ${path} at the revision ${revision}; paths start at the top of the repository, or with ./ here`;
  }
  if (/bad file/.test(said)) return `${path} is no file at the revision ${revision}; a folder ends with /`;
  return said.trim().replace(/^fatal: /, "") || error.message;
}
