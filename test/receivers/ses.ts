import { SESv2Client } from "@aws-sdk/client-sesv2";
import * as z from "zod";
import { sesMailer } from "../../shared/aws/ses-mailer.ts";
import { type ReceivedRequest, type Reply, startReceiver } from "./receiver.ts";

/**
 * SendEmail of SES v2 (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html): an account in the
 * sandbox, which mails to verified addresses only, 50 recipients a message, and a maximum rate.
 */
export const verifiedSender = "forewarn@example.com";
export const addresses = { verified: "team@example.com", unverified: "stranger@example.net" };

const content = z.strictObject({ Data: z.string().min(1), Charset: z.literal("UTF-8") });
const input = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.array(z.string()).min(1).max(50) }),
  Content: z.strictObject({
    Simple: z.strictObject({
      // A header has one line.
      Subject: content.extend({ Data: z.string().regex(/^[^\r\n]{1,998}$/) }),
      Body: z.strictObject({ Text: content, Html: content }),
    }),
  }),
});

export type SentEmail = z.output<typeof input>;

const refused = (status: number, type: string, message: string): Reply => ({
  status,
  body: JSON.stringify({ message }),
  headers: { "content-type": "application/json", "x-amzn-errortype": type },
});

export async function startSes({ from = verifiedSender } = {}) {
  const emails: SentEmail[] = [];
  let isThrottling = false;
  const answer = ({ method, path, body }: ReceivedRequest): Reply => {
    if (`${method} ${path}` !== "POST /v2/email/outbound-emails") return { status: 404 };
    const parsed = input.safeParse(JSON.parse(body));
    if (!parsed.success) return refused(400, "BadRequestException", "The request is not valid.");
    if (isThrottling) return refused(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
    const all = [parsed.data.FromEmailAddress, ...parsed.data.Destination.ToAddresses];
    const unverified = all.filter((address) => address !== verifiedSender && address !== addresses.verified);
    if (unverified.length > 0) {
      const failed = unverified.join(", ");
      return refused(
        400,
        "MessageRejected",
        `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${failed}`,
      );
    }
    emails.push(parsed.data);
    return { status: 200, body: JSON.stringify({ MessageId: `mail-${emails.length}` }) };
  };
  const { origin } = await startReceiver(answer);
  const client = new SESv2Client({
    endpoint: origin,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    emails,
    throttle: () => {
      isThrottling = true;
    },
    ports: { mailer: sesMailer({ client, from }), nowMs: Date.now },
  };
}
