import * as z from "zod";

/** A piece of documentation that is read on its own (`9-session-wire.md`). */
export const documentationChunk = z.object({
  chunkId: z.string().min(1),
  source: z.enum(["scraper", "upload"]),
  url: z.string().optional(),
  summary: z.string().optional(),
  content: z.string(),
  metadata: z.record(z.string(), z.json()),
  createdAt: z.iso.datetime(),
  scrapeJobIds: z.array(z.string()).optional(),
});

export type DocumentationChunk = z.output<typeof documentationChunk>;

/** One document of a session: a page that was scraped, or a file that was uploaded. Its chunks are in the body store. */
export type DocumentationEntry = {
  docId: string;
  /** The job that wrote it. */
  jobId: string;
  source: DocumentationChunk["source"];
  url?: string;
  title?: string;
  chunkCount: number;
  /** Key of the chunks as JSON in the body store. */
  chunksKey: string;
  /** Of the chunks' JSON. */
  chunksSha256: string;
  createdAt: string;
};

export type NewDocumentation = {
  /** The same id again replaces the document, so that a job which is run again writes nothing twice. */
  docId: string;
  source: DocumentationChunk["source"];
  url?: string;
  title?: string;
  chunks: DocumentationChunk[];
};

/** The documentation of one session. */
export type DocumentationShelf = {
  put(document: NewDocumentation): Promise<void>;
  /** In the order of their ids. */
  list(): Promise<DocumentationEntry[]>;
  /** Empty when there is no such document. */
  chunks(docId: string): Promise<DocumentationChunk[]>;
};
