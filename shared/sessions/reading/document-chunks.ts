import { sha256 } from "../../snapshots/sha256.ts";
import type { DocumentationChunk } from "../documentation.ts";
import type { Block } from "./blocks.ts";
import { chunkBlocks } from "./chunk-blocks.ts";

const maxSummaryChars = 200;

export type ChunkOrigin = {
  docId: string;
  source: DocumentationChunk["source"];
  url?: string;
  title?: string;
  /** ISO 8601. */
  createdAt: string;
  scrapeJobId?: string;
  /** Of every chunk: `kind`, `path`, and for an OpenAPI document `bodyKey`, where its text is. */
  metadata: Record<string, string>;
};

/** The blocks of a document as the chunks that a session keeps; ids are the document's with a number. */
export const documentChunks = (blocks: readonly Block[], origin: ChunkOrigin, firstNumber = 1): DocumentationChunk[] =>
  chunkBlocks(blocks).map(({ content, headings }, at) => ({
    chunkId: `${origin.docId}-${firstNumber + at}`,
    source: origin.source,
    ...(origin.url === undefined ? {} : { url: origin.url }),
    summary: (headings.length > 0 ? headings.join(" › ") : (origin.title ?? "")).slice(0, maxSummaryChars),
    content,
    metadata: { ...origin.metadata, headings },
    createdAt: origin.createdAt,
    ...(origin.scrapeJobId === undefined ? {} : { scrapeJobIds: [origin.scrapeJobId] }),
  }));

/** The id of the document that `name` stands for, always the same: a UUID of version 8 (RFC 9562) from its SHA-256. */
export const documentIdOf = (name: string): string => {
  const hex = sha256(name);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
};
