import type { Level } from "../../diff/change-set.ts";
import type { AlertEvent } from "../alert-event.ts";
import { type AlertText, alertTextOf, fitAlertText, omissionText } from "../alert-text.ts";
import type { TeamsChannel } from "../channel.ts";
import { type HttpAnswer, type HttpPorts, postJson, readHttpAnswer, sentOverHttp } from "../http-answer.ts";
import { shorten } from "../shorten.ts";
import type { Sent } from "../verdict.ts";

/**
 * A message with its card has at most 28 KB
 * (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook).
 */
const maxMessageBytes = 28 * 1024;

/** The container styles of Adaptive Cards. */
const styles: Readonly<Record<Level, string>> = { breaking: "attention", risky: "warning", safe: "good" };

/** The message with an Adaptive Card that the workflow "Post to a channel when a webhook request is received" takes. */
export const teamsMessageOf = (event: AlertEvent): string =>
  fitAlertText(alertTextOf(event), maxMessageBytes, (text) =>
    JSON.stringify({
      type: "message",
      attachments: [
        { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: cardOf(text) },
      ],
    }),
  );

const cardOf = ({ severity, title, summary, facts, lists, command }: AlertText) => ({
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
  type: "AdaptiveCard",
  version: "1.4", // the latest that Teams shows everywhere
  msteams: { width: "Full" },
  body: [
    {
      type: "Container",
      style: severity === undefined ? "default" : styles[severity],
      bleed: true,
      items: [textBlock(title, { size: "Large", weight: "Bolder" }), textBlock(summary)],
    },
    ...(facts.length === 0
      ? []
      : [{ type: "FactSet", facts: facts.map(({ name, value }) => ({ title: name, value: markdown(value) })) }]),
    ...lists.flatMap((list) => [
      textBlock(list.heading, { weight: "Bolder" }),
      // Two line ends: one is a space in markdown.
      { ...textBlock(""), text: [...list.lines.map(line), ...omission(list)].join("\n\n") },
    ]),
    ...(command === undefined ? [] : [textBlock(command, { fontType: "Monospace", isSubtle: true })]),
  ],
});

const textBlock = (text: string, look: Record<string, unknown> = {}) => ({
  type: "TextBlock",
  text: markdown(shorten(text, 1_000)),
  wrap: true,
  ...look,
});

const line = (text: string): string => markdown(shorten(text, 400));
const omission = (list: AlertText["lists"][number]): string[] => [omissionText(list) ?? []].flat();

/** Text as it is, in the markdown that Adaptive Cards know. */
const markdown = (text: string): string => text.replaceAll(/[\\*_[\]`~]/g, "\\$&");

/**
 * Sends one attempt. A workflow accepts with 202 before the card is posted. Connectors of the older kind answer 200 also
 * when Teams refused, and say so in the body.
 */
export async function sendToTeams(event: AlertEvent, channel: TeamsChannel, ports: HttpPorts): Promise<Sent> {
  const headers = { "content-type": "application/json; charset=utf-8" };
  const answer = await postJson({ url: channel.url, headers, body: teamsMessageOf(event) }, ports);
  return sentOverHttp(answer, readHttpAnswer(trueAnswer(answer), adviceOf));
}

const trueAnswer = (answer: HttpAnswer): HttpAnswer => {
  if (answer.answer === "failure") return answer;
  const inner = /endpoint returned HTTP error (\d{3})/.exec(answer.bodyExcerpt)?.[1];
  return inner === undefined ? answer : { ...answer, status: Number(inner) };
};

const adviceOf = (status: number): string =>
  status === 401 || status === 403 || status === 404 || status === 410
    ? "the workflow is gone, switched off or its URL was renewed. Copy the URL from the workflow once more."
    : "Teams refuses the message. Check the URL of the workflow.";
