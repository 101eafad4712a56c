import * as z from "zod";
import { dataOf } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const createdFeed = z
  .object({
    path: z.string().meta({
      description: "Address of the feed at this API. Whoever has it can read it; shown only now.",
      example: "/api/feeds/fwf_…",
    }),
  })
  .meta({ id: "CreatedFeed" });

export const feedRoutes = defineRoutes({
  createFeed: {
    method: "POST",
    path: "/api/dependencies/{dependencyId}/feed",
    access: "write",
    tag: "Feeds",
    summary: "Give a dependency an Atom feed, under a new address",
    description: "The address before, if there was one, opens nothing any more.",
    answersSecret: true,
    answers: { 201: { description: "The feed's address.", schema: dataOf(createdFeed) } },
    errors: [404],
  },
  deleteFeed: {
    method: "DELETE",
    path: "/api/dependencies/{dependencyId}/feed",
    access: "write",
    tag: "Feeds",
    summary: "Take a dependency's feed away",
    answers: { 204: { description: "Its address opens nothing any more." } },
    errors: [404],
  },
  getFeed: {
    method: "GET",
    path: "/api/feeds/{feedToken}",
    access: "public",
    tag: "Feeds",
    summary: "Read a dependency's changes as an Atom feed",
    description: "For feed readers, which send no key: the address is the credential. Has an `ETag`.",
    answers: {
      200: { description: "The latest edits, newest first.", mediaTypes: ["application/atom+xml"] },
      304: { description: "Nothing came since the `ETag` that the request names." },
    },
    errors: [404],
  },
});
