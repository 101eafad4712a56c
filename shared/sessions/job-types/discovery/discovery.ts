import * as z from "zod";
import { defineJobType } from "../job-type.ts";
import { candidate } from "./candidate.ts";

/** An API of a catalog that may be the one that is asked for. */
export type CatalogApi = { name: string; docsUrl: string; specUrls: { name: string; url: string }[] };

/** The catalog of public APIs: those whose name is, begins with or ends in what is asked for. */
export type ApiCatalog = readonly CatalogApi[];

/** The result stays below 256 KiB. */
const maxCandidates = 100;

const discoveryInput = z.strictObject({
  applicationName: z.string().min(1),
  applicationVersion: z.string().default("latest"),
  integrationType: z.enum(["SCIM", "REST", "DUMMY"]).default("REST"),
  llmGeneratedSearchQuery: z.boolean().default(false),
  enableLinkFiltering: z.boolean().default(true),
  enableLinkRanking: z.boolean().default(true),
  numQueries: z.number().int().min(1).max(50).default(8),
  maxResultsPerQuery: z.number().int().min(1).max(100).default(10),
  maxCandidateLinks: z.number().int().min(1).max(maxCandidates).default(10),
  maxFilterLlmCalls: z.number().int().min(0).default(3),
  startUrls: z
    .array(z.url({ protocol: /^https?$/ }))
    .max(20)
    .default([]),
});
export type DiscoveryInput = z.output<typeof discoveryInput>;

const clue = z.object({
  url: z.string(),
  reason: z.string(),
  weight: z.number(),
  kind: candidate.shape.kind.optional(),
  title: z.string().optional(),
});

const discoveryProgress = z.object({
  /** Start pages that were looked at. */
  explored: z.number(),
  clues: z.array(clue),
});
export type DiscoveryProgress = z.output<typeof discoveryProgress>;

/**
 * The job type with its catalog; without one, that which comes with Forewarn. It asks each place (a start URL, an API of
 * the catalog, a host that is named after the application) once; `numQueries` bounds how many places,
 * `maxResultsPerQuery` what of each is kept.
 */
export const createDiscovery = (catalog?: ApiCatalog) =>
  defineJobType({
    name: "discovery.getCandidateLinks",
    input: discoveryInput,
    result: z.object({
      candidateLinks: z.array(z.string()),
      searchQuery: z.string(),
      totalFound: z.number(),
      /** The same links with what speaks for each. */
      candidates: z.array(candidate),
    }),
    progress: discoveryProgress,
    counts: "none",
    start: () => ({ explored: 0, clues: [] }),
    // The readers of documents and the catalog are large: only the worker that runs this needs them.
    stages: { processing: async (context) => (await import("./discover.ts")).discover(context, catalog) },
  });

/** Finds where the documentation of an application is. */
export const discoverLinks = createDiscovery();
