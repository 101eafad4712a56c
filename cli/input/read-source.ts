import { readFile } from "node:fs/promises";
import { UnreadableInputError } from "../errors.ts";
import { fetchSource, fetchTimeoutMs, isUrl } from "./fetch-source.ts";
import { gitSourceOf, readGitSource } from "./git-source.ts";

/** What was read, and where a URL led to in the end. */
export type ReadSource = { bytes: Uint8Array; url?: string };

/**
 * The bytes of a document: a file path, an http(s) URL, `REVISION:PATH` of git, or `-` for `stdin`. On a person's own
 * machine, so no address is refused.
 * @throws UnreadableInputError
 */
export async function readSource(source: string, stdin: AsyncIterable<Uint8Array>): Promise<ReadSource> {
  try {
    if (source === "-") return { bytes: await readAll(stdin) };
    if (isUrl(source)) return await fetchSource(source);
    const gitSource = gitSourceOf(source);
    return { bytes: await (gitSource === undefined ? readFile(source) : readGitSource(gitSource, process.cwd())) };
  } catch (error) {
    if (error instanceof UnreadableInputError) throw error;
    throw new UnreadableInputError(source, reasonOf(error), { cause: error });
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "access is denied",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name cannot be looked up now",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
};

/** The reason in words why something could not be read; `fetch` hides it in `cause`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no full answer within ${fetchTimeoutMs / 1000} s`;
  const inner = error.cause instanceof Error ? error.cause : error;
  const code = "code" in inner && typeof inner.code === "string" ? inner.code : "";
  return reasons[code] ?? inner.message;
}
