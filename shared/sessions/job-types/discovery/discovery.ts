import * as z from "zod";
import { defineJobType } from "../job-type.ts";
import { candidate } from "./candidate.ts";
import { type ApiCatalog, discoveryInput, discoveryProgress } from "./input.ts";

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
