import * as z from "zod";
import { discoveryInput, scrapeInput } from "../../../shared/contracts/api/session-jobs.ts";
import { defineJobType, type JobType } from "../../../shared/sessions/job-types/job-type.ts";

/** Small types under the names that the routes start, each with work of its own on what it is given. */

const discovery = defineJobType({
  name: "discovery.getCandidateLinks",
  input: discoveryInput,
  result: z.object({ candidateLinks: z.array(z.string()), searchQuery: z.string(), totalFound: z.int() }),
  progress: z.object({}),
  counts: "none",
  start: () => ({}),
  stages: {
    processing: async ({ input }) => {
      const candidateLinks = input.startUrls ?? [];
      const searchQuery = `${input.applicationName} API documentation`;
      return { result: { candidateLinks, searchQuery, totalFound: candidateLinks.length } };
    },
  },
});

const scrape = defineJobType({
  name: "scrape.getRelevantDocumentation",
  input: scrapeInput,
  result: z.object({ pages: z.int() }),
  progress: z.object({ pages: z.int() }),
  counts: "iterations",
  start: () => ({ pages: 0 }),
  stages: {
    processing: async ({ input, progress, report, jobId, ports }) => {
      const url = input.starterLinks[progress.pages];
      if (url === undefined) return { result: progress };
      const createdAt = new Date(ports.clock.nowMs()).toISOString();
      const chunk = { chunkId: "1", source: "scraper", url, content: `# ${url}`, metadata: {}, createdAt } as const;
      const chunks = [{ ...chunk, scrapeJobIds: [jobId] }];
      await ports.documentation.put({ docId: `page-${progress.pages}`, source: "scraper", url, chunks });
      await report({ message: url, completed: progress.pages + 1, total: input.starterLinks.length });
      return { progress: { pages: progress.pages + 1 }, next: "processing" };
    },
  },
});

const upload = defineJobType({
  name: "documentation.processUpload",
  input: z.strictObject({
    documentationId: z.string(),
    fileName: z.string(),
    contentType: z.string(),
    bodyKey: z.string(),
    bodySha256: z.string(),
  }),
  result: z.object({ documentationId: z.string(), bytes: z.int() }),
  progress: z.object({}),
  counts: "documents",
  subjectOf: ({ documentationId }) => documentationId,
  identityOf: ({ documentationId, bodySha256 }) => ({ documentationId, bodySha256 }),
  start: () => ({}),
  stages: {
    chunking: async ({ input, ports }) => {
      const bytes = (await ports.bodies.get(input.bodyKey)) ?? new Uint8Array();
      const content = Buffer.from(bytes).toString();
      const createdAt = new Date(ports.clock.nowMs()).toISOString();
      const metadata = { fileName: input.fileName, contentType: input.contentType };
      const chunks = [{ chunkId: "1", source: "upload", content, metadata, createdAt } as const];
      await ports.documentation.put({ docId: input.documentationId, source: "upload", chunks });
      return { result: { documentationId: input.documentationId, bytes: bytes.byteLength } };
    },
  },
});

const objectClasses = defineJobType({
  name: "digester.getObjectClass",
  input: z.strictObject({}),
  result: z.object({ objectClasses: z.array(z.object({ name: z.string(), description: z.string().optional() })) }),
  progress: z.object({}),
  counts: "documents",
  reads: { documentation: true },
  start: () => ({}),
  stages: {
    processing_chunks: async ({ ports, report }) => {
      const documents = await ports.documentation.list();
      const contents = await Promise.all(documents.map(({ docId }) => ports.documentation.chunks(docId)));
      await report({ message: "Reading chunks", completed: 1, total: documents.length });
      const text = contents.flat().map(({ content }) => content);
      const names = [...text.join("\n").matchAll(/class (\w+)/g)].map(([, name = ""]) => ({ name }));
      return { result: { objectClasses: names } };
    },
  },
});

const ofClass = <Name extends string>(name: Name) =>
  defineJobType({
    name,
    input: z.strictObject({ objectClass: z.string() }),
    result: z.object({ found: z.array(z.string()) }),
    progress: z.object({}),
    counts: "documents",
    reads: { jobTypes: ["digester.getObjectClass"] },
    subjectOf: ({ objectClass }) => objectClass,
    start: () => ({}),
    stages: {
      processing: async ({ input, outputs }) => {
        const classes = await outputs.latest(objectClasses);
        const isKnown = classes?.result.objectClasses.some((one) => one.name === input.objectClass) ?? false;
        return { result: { found: isKnown ? [`${input.objectClass}.id`] : [] } };
      },
    },
  });

const ofDocumentation = <Name extends string>(name: Name) =>
  defineJobType({
    name,
    input: z.strictObject({}),
    result: z.object({ documents: z.int() }),
    progress: z.object({}),
    counts: "none",
    reads: { documentation: true },
    start: () => ({}),
    stages: {
      processing: async ({ ports }) => ({ result: { documents: (await ports.documentation.list()).length } }),
    },
  });

export const wireJobTypes: readonly JobType[] = [
  discovery,
  scrape,
  upload,
  objectClasses,
  ofClass("digester.getAttributes"),
  ofClass("digester.getEndpoints"),
  ofDocumentation("digester.getRelations"),
  ofDocumentation("digester.getMetadata"),
  ofDocumentation("digester.getAuth"),
  ofDocumentation("codegen.generateConnector"),
];
