import * as z from "zod";
import { AppError } from "../../../shared/errors.ts";
import type { DocumentationChunk } from "../../../shared/sessions/documentation.ts";
import { defineJobType } from "../../../shared/sessions/job-types/job-type.ts";

class PoisonedPageError extends AppError {
  override readonly name = "PoisonedPageError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
}

/** What the page `number` of `label` says, whoever reads it. */
export const contentOf = (label: string, number: number): string => `# Page ${number} of ${label}`;

/** Virtual time that one page takes: with a worker's life of minutes, long jobs are handed over. */
const pageMs = 8_000;

/**
 * A job that reads pages into the session, one a step, as a crawl does: it saves after each, hands over when its time is
 * up, and waits without a worker for a host that asks for it. A page that is poisoned ends it.
 */
export const readPages = defineJobType({
  name: "simulation.readPages",
  input: z.strictObject({
    label: z.string(),
    pages: z.int(),
    waitAt: z.int().optional(),
    poisonedAt: z.int().optional(),
  }),
  result: z.object({ label: z.string(), pages: z.int() }),
  progress: z.object({ read: z.int(), hasWaited: z.boolean() }),
  counts: "documents",
  start: () => ({ read: 0, hasWaited: false }),
  stages: {
    processing: async ({ input, progress: begun, ports, saveProgress, report, mustYield, signal }) => {
      let progress = begun;
      while (progress.read < input.pages) {
        if (mustYield()) return { progress };
        const number = progress.read + 1;
        if (number === input.waitAt && !progress.hasWaited)
          return { progress: { ...progress, hasWaited: true }, waitUntilMs: ports.clock.nowMs() + 60_000 };
        await ports.clock.sleep(pageMs, signal);
        signal.throwIfAborted();
        if (number === input.poisonedAt) throw new PoisonedPageError(`page ${number} of ${input.label} is poisoned`);
        const docId = `${input.label}-${number}`;
        const chunk: DocumentationChunk = {
          chunkId: `${docId}-1`,
          source: "scraper",
          content: contentOf(input.label, number),
          metadata: {},
          createdAt: new Date(ports.clock.nowMs()).toISOString(),
        };
        await ports.documentation.put({ docId, source: "scraper", chunks: [chunk] });
        progress = { ...progress, read: number };
        await report({ message: docId, completed: number, total: input.pages });
        await saveProgress(progress);
      }
      return { result: { label: input.label, pages: input.pages } };
    },
  },
});
