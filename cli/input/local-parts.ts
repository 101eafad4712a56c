import { readFile, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, posix, relative, sep } from "node:path";
import type { PartSource } from "../../shared/spec/bundle/parts.ts";
import { UnreadableInputError } from "../errors.ts";
import { type GitSource, readGitSource } from "./git-source.ts";

/** The files around a document that is itself a file. */
export type LocalParts = {
  /** The id of the document itself. */
  rootId: string;
  /** @param path as referred to, without URL escapes */
  resolve(path: string, from: string): ReturnType<PartSource["resolve"]>;
  read(id: string): Promise<Uint8Array>;
};

/**
 * Files below the folder of the document `root`, or below `refRoot`. Ids are paths in the manner of `root`: relative to the
 * working directory when that is. A link that leads out of the folder is not followed.
 */
export function filesAround(root: string, refRoot: string | undefined): LocalParts {
  const rootId = normalize(root);
  const folder = normalize(refRoot ?? dirname(rootId));
  const shownFolder = folder === "." ? "the working directory" : folder;
  const hint = refRoot === undefined ? "; --ref-root FOLDER allows more" : "";
  return {
    rootId,
    resolve(path, from) {
      if (!isAbsolute(path)) return confined(join(dirname(from), path));
      return confined(isAbsolute(rootId) ? normalize(path) : relative(process.cwd(), path));
    },
    async read(id) {
      const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(id)]);
      if (isOutside(realFolder, realFile)) {
        throw new UnreadableInputError(id, `it is a link that leads out of ${shownFolder}${hint}`);
      }
      return readFile(realFile);
    },
  };

  function confined(id: string): ReturnType<PartSource["resolve"]> {
    return isOutside(folder, id) ? { refused: `it leads out of ${shownFolder}${hint}` } : { id };
  }
}

function isOutside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** All files of the revision that the document is read from: what is committed to a repository is no secret of the machine. */
export function filesAtRevision({ revision, path: rootPath }: GitSource): LocalParts {
  const isFromHere = /^\.\.?\//.test(rootPath);
  const prefix = `${revision}:`;
  const idOf = (path: string): string => {
    const normal = posix.normalize(path);
    return prefix + (isFromHere && !normal.startsWith("../") ? `./${normal}` : normal);
  };
  return {
    rootId: idOf(rootPath),
    resolve(path, from) {
      if (path.startsWith("/")) return { refused: "at a revision of git, paths are relative to the file" };
      const joined = posix.join(posix.dirname(from.slice(prefix.length)), path);
      if (!isFromHere && joined.startsWith("../")) return { refused: "it leads out of the repository" };
      return { id: idOf(joined) };
    },
    read: (id) => readGitSource({ revision, path: id.slice(prefix.length) }, process.cwd()),
  };
}
