import * as z from "zod";
import { dataOf, label, moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

const method = z.string().regex(/^[A-Za-z]{3,20}$/, "must be an HTTP method");
const target = z.string().min(1).max(2_000);

/** Calls that one request may tell of. */
export const maxCalls = 20_000;

const call = z
  .strictObject({
    consumer: label,
    method,
    url: target.meta({
      description: "URL or path, templated or as it was called; query and fragment do not count.",
      example: "https://api.example.com/v1/pets/42",
    }),
  })
  .meta({ id: "ObservedCall" });

export const putUsageBody = z
  .strictObject({
    calls: z
      .array(call)
      .max(maxCalls)
      .meta({ description: "Who calls what, in any order and as often as it was seen." }),
    owners: z
      .record(label, label)
      .default({})
      .meta({ description: "Who looks after a consumer, by its name.", example: { checkout: "payments" } }),
    replace: z.enum(["all", "named"]).default("all").meta({
      description: "`all`: these are all consumers. `named`: the others stay as they are.",
    }),
  })
  .meta({ id: "PutUsage" });

const consumer = z.object({
  name: z.string(),
  owner: z.string().optional(),
  operations: z.array(z.object({ method: z.string(), path: z.string() })),
});

export const usage = z
  .object({
    consumers: z.array(consumer),
    updatedAt: moment.optional().meta({ description: "Absent while nobody said who calls it." }),
  })
  .meta({ id: "Usage" });

export const matchedUsage = usage
  .extend({
    unmatched: z.array(call).meta({ description: "The first 100 calls that are of no operation." }),
    unmatchedCount: z.int(),
  })
  .meta({ id: "MatchedUsage" });

export const usageRoutes = defineRoutes({
  getUsage: {
    method: "GET",
    path: "/api/dependencies/{dependencyId}/usage",
    access: "read",
    tag: "Usage",
    summary: "Read who calls which operations",
    answers: { 200: { description: "The consumers by name.", schema: dataOf(usage) } },
    errors: [404],
  },
  putUsage: {
    method: "PUT",
    path: "/api/dependencies/{dependencyId}/usage",
    access: "write",
    tag: "Usage",
    summary: "Say who calls which operations",
    description: [
      "Calls are matched to the operations of the newest snapshot by method, server (also the dependency's `baseUrl`) and",
      "templated path. An alert then names the consumers that it reaches.",
    ].join(" "),
    body: putUsageBody,
    maxBodyBytes: 5 * 1024 * 1024,
    answers: { 200: { description: "The consumers, and what matched nothing.", schema: dataOf(matchedUsage) } },
    errors: [404, 409, 413],
  },
});
