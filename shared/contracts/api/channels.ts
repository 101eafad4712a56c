import * as z from "zod";
import { severity } from "./changes.ts";
import { delivery } from "./deliveries.ts";
import { dataOf, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const channel = z
  .object({
    id: z.string(),
    type: z.literal("webhook"),
    name: z.string(),
    url: z.string(),
    minSeverity: severity,
    enabled: z.boolean(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "Channel" });

export const channelWithSecret = channel
  .extend({ secret: z.string().meta({ description: "Signs the webhooks (Standard Webhooks). Shown only now." }) })
  .meta({ id: "ChannelWithSecret" });

const webhookUrl = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ format: "uri", description: "Where alerts are sent; must be on the public internet." });

export const createChannelBody = z
  .strictObject({
    type: z.literal("webhook").default("webhook"),
    name: label,
    url: webhookUrl,
    minSeverity: severity.default("risky"),
    enabled: z.boolean().default(true),
  })
  .meta({ id: "CreateChannel" });

export const updateChannelBody = z
  .strictObject({ name: label, url: webhookUrl, minSeverity: severity, enabled: z.boolean() })
  .partial()
  .meta({ id: "UpdateChannel", description: "What is left out stays." });

export const channelRoutes = defineRoutes({
  createChannel: {
    method: "POST",
    path: "/api/channels",
    access: "write",
    tag: "Channels",
    summary: "Add a webhook that is told of changes",
    description: "The signing secret is shown in this answer and never again.",
    body: createChannelBody,
    answersSecret: true,
    answers: { 201: { description: "The channel, with its secret.", schema: dataOf(channelWithSecret) } },
  },
  listChannels: {
    method: "GET",
    path: "/api/channels",
    access: "read",
    tag: "Channels",
    summary: "List channels, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of channels.", schema: pageOf(channel) } },
  },
  getChannel: {
    method: "GET",
    path: "/api/channels/{channelId}",
    access: "read",
    tag: "Channels",
    summary: "Read a channel",
    answers: { 200: { description: "The channel.", schema: dataOf(channel) } },
    errors: [404],
  },
  updateChannel: {
    method: "PATCH",
    path: "/api/channels/{channelId}",
    access: "write",
    tag: "Channels",
    summary: "Change a channel",
    body: updateChannelBody,
    answers: { 200: { description: "The channel as it is now.", schema: dataOf(channel) } },
    errors: [404],
  },
  deleteChannel: {
    method: "DELETE",
    path: "/api/channels/{channelId}",
    access: "write",
    tag: "Channels",
    summary: "Remove a channel",
    answers: { 204: { description: "It is gone; its deliveries stay in the log." } },
    errors: [404],
  },
  testChannel: {
    method: "POST",
    path: "/api/channels/{channelId}/test",
    access: "write",
    tag: "Channels",
    summary: "Send a signed test message",
    answers: { 202: { description: "The delivery, whose attempts show how it went.", schema: dataOf(delivery) } },
    errors: [404],
  },
  rotateChannelSecret: {
    method: "POST",
    path: "/api/channels/{channelId}/rotate-secret",
    access: "write",
    tag: "Channels",
    summary: "Sign with a new secret as well",
    description: "Messages carry signatures of the new and of the last secret, so that a receiver can change over.",
    answersSecret: true,
    answers: { 200: { description: "The channel, with its new secret.", schema: dataOf(channelWithSecret) } },
    errors: [404],
  },
});
