import * as z from "zod";
import { type ReceivedRequest, type Reply, startReceiver } from "./receiver.ts";

/**
 * A workflow of Microsoft Teams, "Post to a channel when a webhook request is received"
 * (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook): 28 KB a
 * message, 202 when it is accepted, JSON errors of Power Automate. The older connectors answer 200 and say in the body
 * what Teams refused.
 */
const maxMessageBytes = 28 * 1024;

const element = z.looseObject({ type: z.enum(["Container", "TextBlock", "FactSet"]) });
const message = z.strictObject({
  type: z.literal("message"),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      contentUrl: z.null(),
      content: z.looseObject({
        type: z.literal("AdaptiveCard"),
        version: z.enum(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]),
        body: z.array(element).min(1),
      }),
    }),
  ]),
});

export const teamsPath = "/workflows/0123/triggers/manual/paths/invoke?api-version=2016-06-01&sig=secretsignature";
const refused = (status: number, code: string): Reply => ({
  status,
  body: JSON.stringify({ error: { code, message: `${code}.` } }),
});
const refusals: Readonly<Record<string, Reply>> = {
  "/busy": { ...refused(429, "WorkflowOperationInputThrottled"), headers: { "retry-after": "20" } },
  "/off": refused(404, "WorkflowTriggerIsNotEnabled"),
  "/unsigned": refused(401, "DirectApiAuthorizationRequired"),
  "/down": refused(502, "NoResponse"),
  "/connector/busy": {
    status: 200,
    body: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x.",
  },
};

export async function startTeams() {
  const messages: { size: number; message: z.output<typeof message> }[] = [];
  const answer = ({ path, headers, body }: ReceivedRequest): Reply => {
    if (path !== teamsPath) return refusals[path] ?? refused(404, "WorkflowNotFound");
    // Without a charset the service takes two bytes for each character.
    const isUtf8 = /charset=utf-8/i.test(headers["content-type"] ?? "");
    const size = isUtf8 ? Buffer.byteLength(body) : body.length * 2;
    if (size > maxMessageBytes) return refused(413, "RequestEntityTooLarge");
    const parsed = message.safeParse(JSON.parse(body));
    if (!parsed.success) return refused(400, "TriggerInputSchemaMismatch");
    messages.push({ size, message: parsed.data });
    return { status: 202 };
  };
  return { messages, ...(await startReceiver(answer)) };
}
