import type { AlertEvent } from "../alert-event.ts";
import { type AlertList, type AlertText, alertTextOf, omissionText } from "../alert-text.ts";
import type { SlackChannel } from "../channel.ts";
import { type HttpPorts, postJson, readHttpAnswer, sentOverHttp } from "../http-answer.ts";
import { shorten } from "../shorten.ts";
import type { Sent } from "../verdict.ts";

/**
 * Limits of Block Kit (https://docs.slack.dev/reference/block-kit/blocks). A message of ours has at most seven of the
 * fifty blocks.
 */
const maxHeaderLength = 150;
const maxSectionLength = 3_000;
const maxFieldLength = 2_000;

type Block = { type: string; text?: TextObject; fields?: TextObject[]; elements?: TextObject[] };
type TextObject = { type: "plain_text" | "mrkdwn"; text: string };

/** The message: `text` is what notifications show, the blocks are what the channel shows. */
export function slackMessageOf(event: AlertEvent): { text: string; blocks: Block[] } {
  const text = alertTextOf(event);
  return {
    text: markup(shorten(`${text.title}: ${text.summary}`, maxSectionLength / 5)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: shorten(text.title, maxHeaderLength) } },
      { type: "section", text: mrkdwn(markupWithin(text.summary, maxSectionLength)) },
      ...factsBlocks(text),
      ...text.lists.map((list): Block => ({ type: "section", text: mrkdwn(listMarkup(list)) })),
      ...(text.command === undefined
        ? []
        : [{ type: "context", elements: [mrkdwn(`\`${markupWithin(text.command, maxFieldLength)}\``)] }]),
    ],
  };
}

const factsBlocks = ({ facts }: AlertText): Block[] =>
  facts.length === 0
    ? []
    : [
        {
          type: "section",
          fields: facts.map(({ name, value }) => mrkdwn(`*${name}*\n${markupWithin(value, maxFieldLength - 40)}`)),
        },
      ];

/** As many whole lines as fit. */
function listMarkup(list: AlertList): string {
  const heading = `*${list.heading}*`;
  const room = maxSectionLength - heading.length - 40; // for what is omitted
  const kept: string[] = [];
  let used = 0;
  for (const line of list.lines) {
    const written = `• ${markupWithin(line, 400)}`;
    used += written.length + 1;
    if (used > room) break;
    kept.push(written);
  }
  const omission = omissionText({ ...list, lines: kept });
  return [heading, ...kept, ...(omission === undefined ? [] : [omission])].join("\n");
}

const mrkdwn = (text: string): TextObject => ({ type: "mrkdwn", text });

/** The three characters that Slack gives a meaning (https://docs.slack.dev/messaging/formatting-message-text). */
const markup = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** `text` as markup of at most `maxLength`: escaping may make it longer, so what is cut is the text. */
function markupWithin(text: string, maxLength: number): string {
  for (let length = maxLength; ; length = Math.floor(length * 0.8)) {
    const written = markup(shorten(text, length));
    if (written.length <= maxLength) return written;
  }
}

/** What a person does about Slack's refusals (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const adviceByError: Readonly<Record<string, string>> = {
  invalid_payload: "Slack does not understand the message. That is a fault of Forewarn: please report it.",
  action_prohibited: "an administrator of the workspace forbids posting here.",
  channel_is_archived: "its channel is archived. Unarchive it, or give the URL of another channel's webhook.",
  channel_not_found: "its channel is gone. Give the URL of another channel's webhook.",
  no_service: "the webhook was removed or switched off. Give a new URL.",
  no_service_id: "the URL is not one of a webhook. Copy it from Slack once more.",
  no_team: "the workspace is gone, or the URL is not one of a webhook.",
  team_disabled: "the workspace is switched off.",
  invalid_token: "the URL is not one of a webhook. Copy it from Slack once more.",
};

/** Sends one attempt. Slack says `ok`, or what is wrong in one word. */
export async function sendToSlack(event: AlertEvent, channel: SlackChannel, ports: HttpPorts): Promise<Sent> {
  const answer = await postJson({ url: channel.url, body: JSON.stringify(slackMessageOf(event)) }, ports);
  const said = answer.answer === "response" ? answer.bodyExcerpt.trim() : "";
  const advice = adviceByError[said] ?? "Slack refuses the message. Check the URL of the webhook.";
  return sentOverHttp(
    answer,
    readHttpAnswer(answer, () => (said in adviceByError ? `${said}: ${advice}` : advice)),
  );
}
