import { describe, expect, it } from "vitest";
import { sendToSlack } from "../../../../shared/alerts/channel-kinds/slack.ts";
import { slackPath, startSlack } from "../../../receivers/slack.ts";
import { sampleChannel } from "../sample-alert.ts";
import { changedEvent, everyEvent, testEvent } from "./events.ts";

const { secrets: _, ...base } = sampleChannel();
const channelAt = (url: string) => ({ ...base, type: "slack" as const, url });

describe("a Slack channel", () => {
  it("is told of a change in blocks", async () => {
    const slack = await startSlack();
    const sent = await sendToSlack(changedEvent(), channelAt(slack.origin + slackPath), slack.ports);
    expect(sent).toMatchObject({ verdict: { verdict: "delivered" }, statusCode: 200, responseExcerpt: "ok" });
    expect(slack.messages).toEqual([
      {
        text: "Breaking change in Payments: The property email of Customer became required, which reaches 2 operations.",
        blocks: [
          { type: "header", text: { type: "plain_text", text: "Breaking change in Payments" } },
          {
            type: "section",
            text: {
              type: "mrkdwn",
              text: "The property email of Customer became required, which reaches 2 operations.",
            },
          },
          {
            type: "section",
            fields: [
              { type: "mrkdwn", text: "*Severity*\nbreaking" },
              { type: "mrkdwn", text: "*Reach*\n2 operations" },
            ],
          },
          {
            type: "section",
            text: {
              type: "mrkdwn",
              text: "*Changes*\n• breaking: the request property email became required (request-property-became-required)",
            },
          },
          {
            type: "section",
            text: { type: "mrkdwn", text: "*Operations*\n• POST /v1/customers\n• POST /v1/customers/{id}" },
          },
          {
            type: "context",
            elements: [{ type: "mrkdwn", text: "`forewarn changes list --dependency dep_1 --cause cause_1`" }],
          },
        ],
      },
    ]);
  });

  it("takes every kind of event and the largest events there are", async () => {
    const slack = await startSlack();
    for (const event of everyEvent()) {
      const sent = await sendToSlack(event, channelAt(slack.origin + slackPath), slack.ports);
      expect(sent.verdict).toEqual({ verdict: "delivered" });
    }
    const lists = slack.messages[1]?.blocks?.filter((block) => block.type === "section" && block.text !== undefined);
    expect(JSON.stringify(lists)).toMatch(/… and 4\d\d\d more/);
  });

  it("cannot be made to notify everyone or to link anywhere by a document's text", async () => {
    const slack = await startSlack();
    const event = changedEvent();
    event.data.cause.summary = "Removed <!channel> & <https://evil.example|a link>";
    await sendToSlack(event, channelAt(slack.origin + slackPath), slack.ports);
    expect(JSON.stringify(slack.messages)).not.toMatch(/<[!h]/);
  });

  it.each([
    ["/services/T0000/B0001/removed", "no_service: the webhook was removed or switched off. Give a new URL.", 404],
    [
      "/services/T0000/B0002/archived",
      "channel_is_archived: its channel is archived. Unarchive it, or give the URL of another channel's webhook.",
      410,
    ],
    [
      "/services/T0000/B0003/deleted",
      "channel_not_found: its channel is gone. Give the URL of another channel's webhook.",
      404,
    ],
    [
      "/services/T0000/B0004/restricted",
      "action_prohibited: an administrator of the workspace forbids posting here.",
      403,
    ],
    ["/services/T9/B9/x", "no_team: the workspace is gone, or the URL is not one of a webhook.", 404],
  ])("fails for good where Slack refuses: %s", async (path, advice, status) => {
    const slack = await startSlack();
    const { verdict } = await sendToSlack(changedEvent(), channelAt(slack.origin + path), slack.ports);
    expect(verdict).toEqual({ verdict: "permanent", reason: `The receiver answered ${status}: ${advice}` });
  });

  it("is tried again when Slack fails, and not before Slack says when it limits", async () => {
    const slack = await startSlack();
    const broken = await sendToSlack(
      testEvent(),
      channelAt(`${slack.origin}/services/T0000/B0005/broken`),
      slack.ports,
    );
    expect(broken.verdict).toEqual({ verdict: "retry", reason: "The receiver answered 500." });
    const beforeMs = Date.now();
    const busy = await sendToSlack(testEvent(), channelAt(`${slack.origin}/services/T0000/B0006/busy`), slack.ports);
    if (busy.verdict.verdict !== "retry") throw new Error("it is to be tried again");
    expect(busy.verdict.retryAtMs).toBeGreaterThanOrEqual(beforeMs + 30_000);
  });
});
