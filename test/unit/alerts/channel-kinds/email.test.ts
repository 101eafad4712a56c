import { describe, expect, it } from "vitest";
import { sendEmail } from "../../../../shared/alerts/channel-kinds/email.ts";
import { addresses, startSes, verifiedSender } from "../../../receivers/ses.ts";
import { sampleChannel } from "../sample-alert.ts";
import { changedEvent, everyEvent, testEvent } from "./events.ts";

const { secrets: _, url: __, ...base } = sampleChannel();
const channelTo = (...to: string[]) => ({ ...base, type: "email" as const, to });

describe("an e-mail channel", () => {
  it("is told of a change as text and as HTML", async () => {
    const ses = await startSes();
    const sent = await sendEmail(changedEvent(), channelTo(addresses.verified), ses.ports);
    expect(sent).toMatchObject({ verdict: { verdict: "delivered" }, responseExcerpt: "mail-1" });
    const [email] = ses.emails;
    expect(email).toMatchObject({
      FromEmailAddress: verifiedSender,
      Destination: { ToAddresses: [addresses.verified] },
      Content: { Simple: { Subject: { Data: "[Forewarn] Breaking change in Payments" } } },
    });
    expect(email?.Content.Simple.Body.Text.Data).toBe(
      [
        "Breaking change in Payments",
        "The property email of Customer became required, which reaches 2 operations.",
        "Severity: breaking\nReach: 2 operations",
        "Changes:\n- breaking: the request property email became required (request-property-became-required)",
        "Operations:\n- POST /v1/customers\n- POST /v1/customers/{id}",
        "To read more: forewarn changes list --dependency dep_1 --cause cause_1\n",
      ].join("\n\n"),
    );
    expect(email?.Content.Simple.Body.Html.Data).toContain("<li>POST /v1/customers</li>");
  });

  it("takes every kind of event and the largest events there are", async () => {
    const ses = await startSes();
    for (const event of everyEvent()) {
      expect((await sendEmail(event, channelTo(addresses.verified), ses.ports)).verdict).toEqual({
        verdict: "delivered",
      });
    }
  });

  it("carries nothing of a document's text as a header or as HTML", async () => {
    const ses = await startSes();
    const event = changedEvent();
    event.data.dependency.name = "Pets\r\nBcc: everyone@example.com";
    event.data.cause.summary = "<img src=https://evil.example>";
    await sendEmail(event, channelTo(addresses.verified), ses.ports);
    const { Subject, Body } = ses.emails[0]?.Content.Simple ?? {};
    expect(Subject?.Data).toBe("[Forewarn] Breaking change in Pets  Bcc: everyone@example.com");
    expect(Body?.Html.Data).toContain("<p>&lt;img src=https://evil.example&gt;</p>");
  });

  it("fails for good when SES rejects the message, and is tried again when SES limits", async () => {
    const ses = await startSes();
    const { verdict } = await sendEmail(testEvent(), channelTo(addresses.verified, addresses.unverified), ses.ports);
    expect(verdict).toEqual({
      verdict: "permanent",
      reason:
        "SES answered MessageRejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: stranger@example.net",
    });
    ses.throttle();
    expect(await sendEmail(testEvent(), channelTo(addresses.verified), ses.ports)).toMatchObject({
      verdict: { verdict: "retry", reason: "SES answered TooManyRequestsException: Maximum sending rate exceeded." },
      statusCode: 429,
    });
    expect(ses.emails).toEqual([]);
  });

  it("is tried again when SES cannot be reached", async () => {
    const ses = await startSes({ from: "someone@example.org" });
    const mailer = {
      send: async () => ({ answer: "refused", code: "TimeoutError", message: "socket hang up" }) as const,
    };
    expect((await sendEmail(testEvent(), channelTo(addresses.verified), { ...ses.ports, mailer })).verdict).toEqual({
      verdict: "retry",
      reason: "SES answered TimeoutError: socket hang up",
    });
  });
});
