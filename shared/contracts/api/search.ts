import * as z from "zod";
import { id } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const searchField = z.enum(["title", "path", "tags", "inputs or description"]);

export const searchHit = z
  .object({
    dependencyId: z.string(),
    dependencyName: z.string(),
    snapshotId: z.string(),
    method: z.string(),
    path: z.string(),
    operationId: z.string().optional(),
    summary: z.string().optional(),
    deprecated: z.boolean(),
    tags: z.array(z.string()),
    score: z.number().meta({ description: "From 0 to 1, relative to the best of this search." }),
    explanation: z.object({
      text: z.string().meta({
        example:
          "“refund” in title, path (1st by words); 2nd by meaning, similarity 0.61; asked to write, as POST does",
      }),
      words: z
        .object({
          score: z.number().meta({ description: "BM25." }),
          rank: z.int(),
          matched: z.array(z.object({ word: z.string(), fields: z.array(searchField) })),
        })
        .optional()
        .meta({ description: "Absent when no word of the question is among the operation's." }),
      meaning: z
        .object({ similarity: z.number().meta({ description: "Cosine." }), rank: z.int(), model: z.string() })
        .optional()
        .meta({ description: "Absent when its vector is far off, or the model could not be asked." }),
      method: z
        .object({ intent: z.enum(["read", "remove", "write"]), isFit: z.boolean() })
        .optional()
        .meta({ description: "Whether the method does what the question asks for, where its grammar tells that." }),
    }),
  })
  .meta({ id: "SearchHit" });

export const searchQuery = z.strictObject({
  q: z.string().trim().min(1, "is the question").max(500).meta({ example: "give the buyer their money back" }),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  dependencyId: id.optional().meta({ description: "Of this dependency alone." }),
});

export const searchRoutes = defineRoutes({
  searchOperations: {
    method: "GET",
    path: "/api/search/operations",
    access: "read",
    tag: "Search",
    summary: "Find operations by what they do, in any words",
    description:
      "Over all operations that the tenant monitors, by words (BM25) and by meaning (vectors) together. The best first; each hit says why it is one.",
    query: searchQuery,
    answers: { 200: { description: "Hits.", schema: z.object({ data: z.array(searchHit) }) } },
    errors: [404],
  },
});
