import * as z from "zod";
import { dataOf, id, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const delivery = z
  .object({
    id: z.string().meta({ description: "Also the `webhook-id` that the receiver sees." }),
    channelId: z.string(),
    eventType: z.enum([
      "api.changed",
      "api.digest",
      "channel.disabled",
      "channel.test",
      "dependency.unhealthy",
      "dependency.recovered",
    ]),
    dependencyId: z.string().optional(),
    jobId: z.string().optional(),
    causeKey: z.string().optional(),
    preferenceId: z.string().optional().meta({ description: "The alert preference that wanted it there." }),
    digestId: z
      .string()
      .optional()
      .meta({ description: "The delivery that tells of it; there once the digest is due." }),
    status: z.enum(["pending", "sent", "failed", "muted", "digested"]).meta({
      description: "`muted`: recorded, and not sent. `digested`: told together with others by `digestId`.",
    }),
    payload: z.string().meta({ description: "The JSON text that is signed and sent." }),
    attempts: z
      .array(
        z.object({
          at: moment,
          statusCode: z.int().optional(),
          error: z.string().optional(),
          responseExcerpt: z.string().optional(),
          durationMs: z.number(),
        }),
      )
      .meta({ description: "The last 20, newest last." }),
    nextAttemptAt: moment.optional(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "Delivery" });

export const deliveriesQuery = pageQuery.extend({ channelId: id.optional() });

export const deliveryRoutes = defineRoutes({
  listDeliveries: {
    method: "GET",
    path: "/api/deliveries",
    access: "read",
    tag: "Deliveries",
    summary: "List deliveries, newest first",
    query: deliveriesQuery,
    answers: { 200: { description: "A page of deliveries.", schema: pageOf(delivery) } },
  },
  getDelivery: {
    method: "GET",
    path: "/api/deliveries/{deliveryId}",
    access: "read",
    tag: "Deliveries",
    summary: "Read a delivery and its attempts",
    answers: { 200: { description: "The delivery.", schema: dataOf(delivery) } },
    errors: [404],
  },
  redeliver: {
    method: "POST",
    path: "/api/deliveries/{deliveryId}/redeliver",
    access: "write",
    tag: "Deliveries",
    summary: "Send a delivery's message once more",
    description: "With the same `webhook-id`, so that a receiver that had it can tell.",
    answers: { 202: { description: "The delivery, pending again.", schema: dataOf(delivery) } },
    errors: [404, 409],
  },
});
