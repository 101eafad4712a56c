import type { PartSource } from "../../shared/spec/bundle/parts.ts";
import { UnreadableInputError } from "../errors.ts";
import { fetchSource, isUrl } from "./fetch-source.ts";
import { gitSourceOf } from "./git-source.ts";
import { filesAround, filesAtRevision, type LocalParts } from "./local-parts.ts";
import { reasonOf } from "./read-source.ts";

/** What a document may refer to, beyond its own folder or its own server. */
export type PartPermissions = {
  /** http(s) URLs of other servers. @default false */
  allowRemoteRefs?: boolean | undefined;
  /** Folder that referenced files have to be below. @default the document's own */
  refRoot?: string | undefined;
};

type Resolved = ReturnType<PartSource["resolve"]>;

/**
 * Where the parts of the document `root` (a path, a URL, `REVISION:PATH`, `-`) come from: files beside and below it, the
 * same revision, the same server. A document is written by others: it must not make this machine show a file from
 * somewhere else, nor call a host, unless the person at the command line says so.
 * @param rootUrl where a document was found in the end, when it is a URL
 * @returns the source, and the document's own id in it
 */
export function createPartSource(
  root: string,
  rootUrl: string | undefined,
  permissions: PartPermissions,
): { id: string; source: PartSource } {
  const finalUrls = new Map<string, string>(rootUrl === undefined ? [] : [[root, rootUrl]]);
  const ownOrigins = [root, rootUrl ?? root].filter(isUrl).map((url) => new URL(url).origin);
  const mayFetch = (url: string) => permissions.allowRemoteRefs === true || ownOrigins.includes(new URL(url).origin);
  const local = localPartsOf(root, permissions);

  const resolveUrl = (reference: string, base: string): Resolved => {
    if (!URL.canParse(reference, base)) return { refused: "it is not a valid URL" };
    const url = new URL(reference, base);
    if (!isUrl(url.href)) return { refused: `${url.protocol} is none of http: and https:` };
    return mayFetch(url.href) ? { id: url.href } : { refused: "other servers are read with --allow-remote-refs only" };
  };

  return {
    id: local?.rootId ?? root,
    source: {
      resolve(reference, from) {
        if (isUrl(reference)) return resolveUrl(reference, reference);
        if (isUrl(from)) return resolveUrl(reference, finalUrls.get(from) ?? from);
        if (/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(reference)) {
          return { refused: "a reference is a path relative to its file, or an http(s) URL" };
        }
        if (local === undefined) return { refused: "standard input has no folder; give the document as a file" };
        return local.resolve(decodePath(reference), from);
      },
      async read(id) {
        try {
          if (!isUrl(id)) return local === undefined ? { missing: "it is no URL" } : { bytes: await local.read(id) };
          const { bytes, url } = await fetchSource(id, mayFetch);
          finalUrls.set(id, url);
          return { bytes };
        } catch (error) {
          return { missing: error instanceof UnreadableInputError ? error.reason : reasonOf(error) };
        }
      },
    },
  };
}

function localPartsOf(root: string, { refRoot }: PartPermissions): LocalParts | undefined {
  if (root === "-" || isUrl(root)) return undefined;
  const gitSource = gitSourceOf(root);
  return gitSource === undefined ? filesAround(root, refRoot) : filesAtRevision(gitSource);
}

/** A reference is a URI: a space in a file's name is written `%20`. */
function decodePath(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference; // a percent sign that is meant literally
  }
}
