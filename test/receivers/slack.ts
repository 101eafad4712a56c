import * as z from "zod";
import { type ReceivedRequest, type Reply, startReceiver } from "./receiver.ts";

/**
 * Slack's incoming webhooks. Errors: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; limits of
 * blocks: https://docs.slack.dev/reference/block-kit/blocks; rate limit: https://docs.slack.dev/apis/web-api/rate-limits.
 */
const plainText = (max: number) => z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(max) });
const anyText = (max: number) =>
  z.discriminatedUnion("type", [
    plainText(max),
    z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(max) }),
  ]);

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: plainText(150) }),
  z
    .strictObject({
      type: z.literal("section"),
      text: anyText(3_000).optional(),
      fields: z.array(anyText(2_000)).min(1).max(10).optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined),
  z.strictObject({ type: z.literal("context"), elements: z.array(anyText(2_000)).min(1).max(10) }),
  z.strictObject({ type: z.literal("divider") }),
]);

const message = z.strictObject({
  text: z.string().max(40_000).optional(),
  blocks: z.array(block).max(50).optional(),
});

export type SlackMessage = z.output<typeof message>;

/** The webhook that takes messages; every other path answers as a webhook in that state does. */
export const slackPath = "/services/T0000/B0000/secretsecretsecret";
const refusals: Readonly<Record<string, Reply>> = {
  "/services/T0000/B0001/removed": { status: 404, body: "no_service" },
  "/services/T0000/B0002/archived": { status: 410, body: "channel_is_archived" },
  "/services/T0000/B0003/deleted": { status: 404, body: "channel_not_found" },
  "/services/T0000/B0004/restricted": { status: 403, body: "action_prohibited" },
  "/services/T0000/B0005/broken": { status: 500, body: "rollup_error" },
  "/services/T0000/B0006/busy": { status: 429, body: "rate_limited", headers: { "retry-after": "30" } },
};

export async function startSlack() {
  const messages: SlackMessage[] = [];
  const answer = ({ method, path, body }: ReceivedRequest): Reply => {
    if (method !== "POST") return { status: 400, body: "invalid_payload" };
    if (path !== slackPath) return refusals[path] ?? { status: 404, body: "no_team" };
    const parsed = message.safeParse(jsonOf(body));
    if (!parsed.success) return { status: 400, body: "invalid_payload" };
    const { text, blocks } = parsed.data;
    if (!text && blocks === undefined) return { status: 400, body: "no_text" };
    messages.push(parsed.data);
    return { status: 200, body: "ok" };
  };
  return { messages, ...(await startReceiver(answer)) };
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
