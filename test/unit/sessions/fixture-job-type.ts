import * as z from "zod";
import { defineJobType } from "../../../shared/sessions/job-types/job-type.ts";

/** Adds up numbers, one a step, so that it can be stopped between any two. */
export const addNumbers = defineJobType({
  name: "fixture.addNumbers",
  input: z.strictObject({ numbers: z.array(z.number()), label: z.string().default("sum") }),
  result: z.object({ label: z.string(), sum: z.number() }),
  progress: z.object({ added: z.number(), sum: z.number() }),
  counts: "iterations",
  subjectOf: ({ label }) => label,
  start: () => ({ added: 0, sum: 0 }),
  stages: {
    chunking: async ({ progress }) => ({ progress, next: "processing" }),
    processing: async ({ input, progress: begun, saveProgress, report, mustYield }) => {
      let progress = begun;
      while (progress.added < input.numbers.length) {
        if (mustYield()) return { progress };
        progress = { added: progress.added + 1, sum: progress.sum + (input.numbers[progress.added] ?? 0) };
        await report({ message: "adding", completed: progress.added, total: input.numbers.length });
        await saveProgress(progress);
      }
      return { result: { label: input.label, sum: progress.sum } };
    },
  },
});
