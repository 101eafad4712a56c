import * as z from "zod";
import { defineJobType } from "../job-type.ts";
import { type CrawlLimits, defaultCrawlLimits, scrapedPage } from "./frontier.ts";
import { scrapeInput, scrapeProgress } from "./input.ts";

const scrapeResult = z.object({
  applicationName: z.string(),
  applicationVersion: z.string(),
  /** Pages that became documentation; the first 500 are listed. */
  savedDocumentationCount: z.number(),
  chunkCount: z.number(),
  documentation: z.array(scrapedPage),
  fetchedPages: z.number(),
  fetchedBytes: z.number(),
  /** Addresses that were left out, by reason. */
  skipped: z.record(z.string(), z.number()),
  failureCount: z.number(),
  /** The first 100. */
  failures: z.array(z.object({ url: z.string(), reason: z.string() })),
});

/** The job type with its limits: `scrapeDocumentation` is what runs. */
export const createScrape = (limits: CrawlLimits) =>
  defineJobType({
    name: "scrape.getRelevantDocumentation",
    input: scrapeInput,
    result: scrapeResult,
    progress: scrapeProgress,
    counts: "documents",
    start: () => ({}),
    // The readers of documents are large: only the worker that runs this needs them.
    stages: { processing: async (context) => (await import("./crawl.ts")).crawl(context, limits) },
  });

/** Reads the documentation that begins at the starter links, politely, into the session. */
export const scrapeDocumentation = createScrape(defaultCrawlLimits);
