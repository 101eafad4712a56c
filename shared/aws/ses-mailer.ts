import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Mailer } from "../alerts/channel-kinds/email.ts";
import { refusalOf } from "./refusal-of.ts";

const utf8 = (data: string) => ({ Data: data, Charset: "UTF-8" });

/** Mail through SES v2. @param from an address, or one of a domain, that SES has verified */
export const sesMailer = ({ client, from }: { client: SESv2Client; from: string }): Mailer => ({
  async send({ to, subject, text, html }) {
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [...to] },
          Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
        }),
      );
      return { answer: "accepted", reference: MessageId ?? "" };
    } catch (error) {
      return refusalOf(error);
    }
  },
});
