import { bundledProviders } from "../../../providers/catalog.ts";
import { createPoliteFetch } from "../../crawl/polite-fetch.ts";
import { createRobotsReader } from "../../crawl/robots-reader.ts";
import type { JobContext } from "../job-type.ts";
import { type Candidate, type Clue, gatherCandidates, isRelevant, slugOf } from "./candidate.ts";
import { exploreOrigin } from "./explore-origin.ts";
import type { ApiCatalog, CatalogApi, DiscoveryInput, DiscoveryProgress } from "./input.ts";
import { guessOrigins } from "./well-known.ts";

/** Clues stay below the 256 KiB of a job's progress. */
const maxClues = 600;

const bundledCatalog: ApiCatalog = bundledProviders.map(({ name, docsUrl, surfaces }) => ({
  name,
  docsUrl,
  specUrls: surfaces.map((surface) => ({ name: surface.name, url: surface.specUrl })),
}));

/** The work of a discovery job, from where its progress says. */
export const discover = async (
  context: JobContext<DiscoveryInput, DiscoveryProgress>,
  catalog: ApiCatalog = bundledCatalog,
) => {
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
