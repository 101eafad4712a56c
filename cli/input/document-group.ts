import { statSync } from "node:fs";
import { posix, sep } from "node:path";
import { UnreadableInputError } from "../errors.ts";
import { isUrl } from "./fetch-source.ts";
import { type GitSource, gitSourceOf, listGitFiles } from "./git-source.ts";

/** Files that one argument of the command line names. */
export type DocumentGroup = {
  /** The folder that all of them are below, of the disk or of the revision; keys are relative to it. */
  base: string;
  /** As `readSource` takes them, sorted by key. */
  files: { source: string; key: string }[];
};

/** What a folder stands for. */
const documentsBelow = "**/*.{yaml,yml,json}";
const leftOut = ["**/node_modules/**", "**/.git/**"];

/**
 * The files of a glob (`apis/**` + `/*.yaml`), a folder, or either at a revision of git; `undefined` for what names one
 * document. A file that is really called like a glob is that file.
 */
export async function documentGroupOf(source: string): Promise<DocumentGroup | undefined> {
  if (source === "-" || isUrl(source)) return undefined;
  const gitSource = gitSourceOf(source);
  if (gitSource !== undefined) return isPattern(gitSource.path) ? matchRevision(source, gitSource) : undefined;
  const stats = statSync(source, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return matchFolder(source, asSlashes(source), documentsBelow);
  if (stats !== undefined || !isPattern(source)) return undefined;
  const { default: picomatch } = await import("picomatch");
  const { base, glob } = picomatch.scan(asSlashes(source));
  return matchFolder(source, base === "" ? "." : base, glob);
}

/** A slash at the end names a folder: at a revision there is no looking whether it is one. */
function isPattern(path: string): boolean {
  return /[*?{[]|[@!+]\(/.test(path) || path.endsWith("/");
}

async function matchFolder(source: string, base: string, pattern: string): Promise<DocumentGroup> {
  const { glob } = await import("tinyglobby");
  const found = await glob(pattern, {
    cwd: base,
    ignore: leftOut,
    expandDirectories: false,
    followSymbolicLinks: false,
  });
  return groupOf(
    source,
    base,
    found.map((key) => ({ key, source: posix.join(base, key) })),
  );
}

async function matchRevision(source: string, { revision, path }: GitSource): Promise<DocumentGroup> {
  const { default: picomatch } = await import("picomatch");
  const { base, prefix } = picomatch.scan(path);
  const pattern = path.slice(prefix.length) + (path.endsWith("/") ? documentsBelow : "");
  const isMatch = picomatch(pattern, { ignore: leftOut });
  const found = (await listGitFiles({ revision, path }, process.cwd())).filter((file) => isMatch(file));
  const files = found.map((file) => ({
    key: posix.relative(base, file),
    source: `${revision}:${prefix}${file}`,
  }));
  return groupOf(source, base, files);
}

function groupOf(source: string, base: string, files: DocumentGroup["files"]): DocumentGroup {
  if (files.length === 0) throw new UnreadableInputError(source, "no file matches");
  return { base, files: files.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

function asSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
