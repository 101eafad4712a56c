import * as z from "zod";
import { severity } from "./changes.ts";
import { delivery } from "./deliveries.ts";
import { dataOf, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

const shown = z.object({
  id: z.string(),
  name: z.string(),
  minSeverity: severity.meta({ description: "What it is sent while no alert preference names it." }),
  enabled: z.boolean(),
  failingSince: moment.optional().meta({ description: "Since then attempts failed and none was delivered." }),
  disabledAt: moment.optional().meta({ description: "When it was disabled because of its receiver." }),
  disabledBecause: z.string().optional(),
  createdAt: moment,
  updatedAt: moment,
});

const urlHint = z.string().meta({ description: "Its host and last characters: the URL is a credential." });

const webhookChannel = shown.extend({ type: z.literal("webhook"), url: z.string() }).meta({ id: "WebhookChannel" });

const otherChannels = [
  shown.extend({ type: z.literal("slack"), urlHint }).meta({ id: "SlackChannel" }),
  shown.extend({ type: z.literal("teams"), urlHint }).meta({ id: "TeamsChannel" }),
  shown
    .extend({
      type: z.literal("pagerduty"),
      routingKeyHint: z.string().meta({ description: "Its last characters: the key is a credential." }),
      region: z.enum(["us", "eu"]),
    })
    .meta({ id: "PagerDutyChannel" }),
  shown.extend({ type: z.literal("eventbridge"), busArn: z.string() }).meta({ id: "EventBridgeChannel" }),
  shown.extend({ type: z.literal("email"), to: z.array(z.string()) }).meta({ id: "EmailChannel" }),
] as const;

export const channel = z.discriminatedUnion("type", [webhookChannel, ...otherChannels]).meta({ id: "Channel" });

const signedChannel = webhookChannel
  .extend({ secret: z.string().meta({ description: "Signs the webhooks (Standard Webhooks). Shown only now." }) })
  .meta({ id: "WebhookChannelWithSecret" });

export const createdChannel = z
  .discriminatedUnion("type", [signedChannel, ...otherChannels])
  .meta({ id: "CreatedChannel" });

const receiverUrl = (description: string) =>
  z
    .string()
    .min(1)
    .max(2_000)
    .meta({ format: "uri", description: `${description}; must be on the public internet.` });

const webhookUrl = receiverUrl("Where alerts are sent");
const slackUrl = receiverUrl("URL of the incoming webhook, from Slack");
const teamsUrl = receiverUrl("URL of the workflow's webhook, from Microsoft Teams");
const routingKey = z
  .string()
  .regex(/^[A-Za-z0-9]{32}$/, "must be the 32 letters and digits of an Events API v2 integration")
  .meta({ description: "Routing key (integration key) of an Events API v2 integration." });
const region = z.enum(["us", "eu"]).meta({ description: "Where the PagerDuty account is kept." });
const busArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/,
    "must be a bus's ARN, such as arn:aws:events:eu-west-1:123456789012:event-bus/alerts",
  )
  .meta({ description: "One of the buses that the deployment's configuration names." });
const to = z
  .array(z.email("must be an e-mail address").max(320))
  .min(1)
  .max(50)
  .meta({ description: "Addresses; SES takes 50 at most in one message." });

const common = { name: label, minSeverity: severity.default("risky"), enabled: z.boolean().default(true) };

export const createChannelBody = z
  .discriminatedUnion("type", [
    z.strictObject({ ...common, type: z.literal("webhook").default("webhook"), url: webhookUrl }),
    z.strictObject({ ...common, type: z.literal("slack"), url: slackUrl }),
    z.strictObject({ ...common, type: z.literal("teams"), url: teamsUrl }),
    z.strictObject({ ...common, type: z.literal("pagerduty"), routingKey, region: region.default("us") }),
    z.strictObject({ ...common, type: z.literal("eventbridge"), busArn }),
    z.strictObject({ ...common, type: z.literal("email"), to }),
  ])
  .meta({ id: "CreateChannel" });

export const updateChannelBody = z
  .strictObject({
    name: label,
    minSeverity: severity,
    enabled: z.boolean(),
    url: webhookUrl,
    routingKey,
    region,
    busArn,
    to,
  })
  .partial()
  .meta({
    id: "UpdateChannel",
    description:
      "What is left out stays. A channel's type stays, too. Enabling it, or another receiver, forgets its failures.",
  });

export const channelRoutes = defineRoutes({
  createChannel: {
    method: "POST",
    path: "/api/channels",
    access: "write",
    tag: "Channels",
    summary: "Add a channel that is told of changes",
    description: [
      "A webhook, an incoming webhook of Slack, a workflow of Microsoft Teams, a PagerDuty integration, an EventBridge bus,",
      "or e-mail. The signing secret of a webhook is shown in this answer and never again; what is a credential of another",
      "kind of channel is never shown.",
    ].join(" "),
    body: createChannelBody,
    answersSecret: true,
    answers: { 201: { description: "The channel; a webhook with its secret.", schema: dataOf(createdChannel) } },
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
    summary: "Send a test message",
    answers: { 202: { description: "The delivery, whose attempts show how it went.", schema: dataOf(delivery) } },
    errors: [404],
  },
  rotateChannelSecret: {
    method: "POST",
    path: "/api/channels/{channelId}/rotate-secret",
    access: "write",
    tag: "Channels",
    summary: "Sign a webhook with a new secret as well",
    description: "Messages carry signatures of the new and of the last secret, so that a receiver can change over.",
    answersSecret: true,
    answers: { 200: { description: "The channel, with its new secret.", schema: dataOf(signedChannel) } },
    errors: [404, 409],
  },
});
