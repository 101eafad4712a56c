import * as z from "zod";
import { candidate } from "./candidate.ts";

/** An API of a catalog that may be the one that is asked for. */
export type CatalogApi = { name: string; docsUrl: string; specUrls: { name: string; url: string }[] };

/** The catalog of public APIs: those whose name is, begins with or ends in what is asked for. */
export type ApiCatalog = readonly CatalogApi[];

/** The result stays below 256 KiB. */
const maxCandidates = 100;

export const discoveryInput = z.strictObject({
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

export const discoveryProgress = z.object({
  /** Start pages that were looked at. */
  explored: z.number(),
  clues: z.array(clue),
});
export type DiscoveryProgress = z.output<typeof discoveryProgress>;
