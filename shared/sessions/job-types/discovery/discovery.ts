import * as z from "zod";
import { bundledProviders } from "../../../providers/catalog.ts";
import { createPoliteFetch } from "../../crawl/polite-fetch.ts";
import { createRobotsReader } from "../../crawl/robots-reader.ts";
import { defineJobType, type JobContext } from "../job-type.ts";
import { type Candidate, type Clue, candidate, gatherCandidates, isRelevant, slugOf } from "./candidate.ts";
import { exploreOrigin } from "./explore-origin.ts";
import { guessOrigins } from "./well-known.ts";

/** An API of a catalog that may be the one that is asked for. */
export type CatalogApi = { name: string; docsUrl: string; specUrls: { name: string; url: string }[] };

/** The catalog of public APIs: those whose name is, begins with or ends in what is asked for. */
export type ApiCatalog = readonly CatalogApi[];

/** A clue's candidates and the result stay below 256 KiB. */
const maxCandidates = 100;
const maxClues = 600;

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
type DiscoveryInput = z.output<typeof discoveryInput>;

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
type DiscoveryProgress = z.output<typeof discoveryProgress>;

/**
 * The job type with its catalog. It asks each place (a start URL, an API of the catalog, a host that is named after the
 * application) once; `numQueries` bounds how many places, `maxResultsPerQuery` what of each is kept.
 */
export const createDiscovery = (catalog: ApiCatalog) =>
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
    stages: { processing: (context) => discover(context, catalog) },
  });

/** Finds where the documentation of an application is, with the catalog that comes with Forewarn. */
export const discoverLinks = createDiscovery(
  bundledProviders.map(({ name, docsUrl, surfaces }) => ({
    name,
    docsUrl,
    specUrls: surfaces.map((surface) => ({ name: surface.name, url: surface.specUrl })),
  })),
);

const discover = async (context: JobContext<DiscoveryInput, DiscoveryProgress>, catalog: ApiCatalog) => {
  const { input, ports, signal, jobId, mustYield } = context;
  const known = catalog.filter(({ name }) => isNamed(name, input.applicationName));
  const places = placesOf(input, known);
  const fetch = createPoliteFetch(ports, `${jobId}-${ports.clock.nowMs()}`);
  const explorer = {
    fetch,
    robots: createRobotsReader(fetch, {}, signal),
    integrationType: input.integrationType,
    signal,
  };
  let progress = context.progress;
  for (const { url, how } of places.slice(progress.explored)) {
    if (mustYield()) return { progress };
    await context.report({ message: `Looking at ${new URL(url).host}` });
    const clues = await exploreOrigin(explorer, url, how);
    progress = { explored: progress.explored + 1, clues: bestOf([...progress.clues, ...clues]) };
    await context.saveProgress(progress);
  }
  const clues = [...known.flatMap(catalogClues), ...progress.clues];
  return { result: resultOf(input, gatherCandidates(clues, input)) };
};

const isNamed = (name: string, asked: string): boolean => {
  const [known, wanted] = [slugOf(name), slugOf(asked)];
  return wanted !== "" && (known === wanted || known.startsWith(wanted) || wanted.startsWith(known));
};

const placesOf = ({ startUrls, applicationName, numQueries }: DiscoveryInput, known: ApiCatalog) => {
  const named = [
    ...startUrls.map((url) => ({ url, how: "it was given as a start URL" })),
    ...known.map(({ docsUrl }) => ({ url: docsUrl, how: "the catalog of public APIs names it" })),
  ];
  // Only who knows nothing has to guess.
  const places =
    named.length > 0
      ? named
      : guessOrigins(slugOf(applicationName)).map((url) => ({
          url,
          how: `a host that is named after ${applicationName}`,
        }));
  return places.slice(0, numQueries);
};

const catalogClues = ({ name, docsUrl, specUrls }: CatalogApi): Clue[] => [
  ...specUrls.map((spec) => ({
    url: spec.url,
    reason: `the catalog of public APIs names it as ${name}, ${spec.name}`,
    weight: 90,
    kind: "openapi" as const,
    title: `${name} ${spec.name}`,
  })),
  { url: docsUrl, reason: "the catalog of public APIs names it", weight: 50, kind: "documentation", title: name },
];

/** The heaviest clues; what was found first wins among equals. */
const bestOf = (clues: Clue[]): Clue[] => {
  if (clues.length <= maxClues) return clues;
  const heavy = new Set([...clues].sort((a, b) => b.weight - a.weight).slice(0, maxClues));
  return clues.filter((one) => heavy.has(one));
};

const resultOf = (input: DiscoveryInput, found: Candidate[]) => {
  const relevant = input.enableLinkFiltering ? found.filter(isRelevant) : found;
  const ranked = input.enableLinkRanking ? [...relevant].sort((a, b) => b.score - a.score) : relevant;
  const bounded = ranked.slice(0, Math.min(input.maxCandidateLinks, input.numQueries * input.maxResultsPerQuery));
  const version = input.applicationVersion === "latest" ? "" : ` ${input.applicationVersion}`;
  return {
    candidateLinks: bounded.map(({ url }) => url),
    searchQuery: `${input.applicationName}${version} ${input.integrationType === "SCIM" ? "SCIM " : ""}API documentation`,
    totalFound: relevant.length,
    candidates: bounded,
  };
};
