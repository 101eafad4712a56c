import * as z from "zod";

export const scrapeInput = z.strictObject({
  starterLinks: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(50),
  applicationName: z.string().min(1),
  applicationVersion: z.string().default("current"),
});
export type ScrapeInput = z.output<typeof scrapeInput>;

export const scrapeProgress = z.object({
  /** The frontier's JSON in the body store; `undefined` before the first page. */
  frontierKey: z.string().optional(),
});
export type ScrapeProgress = z.output<typeof scrapeProgress>;
