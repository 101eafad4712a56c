import { escapeXml } from "../../report/xml.ts";
import type { AlertEvent } from "../alert-event.ts";
import { type AlertText, alertTextOf, omissionText } from "../alert-text.ts";
import type { EmailChannel } from "../channel.ts";
import { shorten } from "../shorten.ts";
import type { Sent } from "../verdict.ts";
import { type AwsAnswer, sentOverAws } from "./aws-answer.ts";

export type Mail = { to: readonly string[]; subject: string; text: string; html: string };

/** Sends one mail from the address that the deployment is configured with. What AWS refuses is an answer. */
export type Mailer = { send(mail: Mail): Promise<AwsAnswer> };

/** Errors of SES v2's SendEmail that no later attempt can change. */
const permanentCodes: ReadonlySet<string> = new Set(["BadRequestException", "MessageRejected", "NotFoundException"]);

/** Longer ones are folded or cut by mail readers. */
const maxSubjectLength = 150;

/** The mail of an event, as text and as HTML without anything to load or run. */
export function mailOf(event: AlertEvent): Omit<Mail, "to"> {
  const text = alertTextOf(event);
  return {
    // A line end would begin another header.
    subject: shorten(`[Forewarn] ${text.title}`.replaceAll(/\p{Cc}/gu, " "), maxSubjectLength),
    text: plainText(text),
    html: htmlText(text),
  };
}

function plainText({ title, summary, facts, lists, command }: AlertText): string {
  const blocks = [
    title,
    summary,
    facts.map(({ name, value }) => `${name}: ${value}`).join("\n"),
    ...lists.map((list) =>
      [`${list.heading}:`, ...list.lines.map((line) => `- ${line}`), omissionText(list) ?? []].flat().join("\n"),
    ),
    command === undefined ? "" : `To read more: ${command}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function htmlText({ title, summary, facts, lists, command }: AlertText): string {
  const rows = facts.map(
    ({ name, value }) => `<tr><th align="left">${escapeXml(name)}</th><td>${escapeXml(value)}</td></tr>`,
  );
  const listed = lists.map((list) => {
    const items = [...list.lines, omissionText(list) ?? []].flat().map((line) => `<li>${escapeXml(line)}</li>`);
    return `<h2 style="font-size:1em">${escapeXml(list.heading)}</h2><ul>${items.join("")}</ul>`;
  });
  return [
    '<!doctype html><html lang="en"><body style="font-family:sans-serif">',
    `<h1 style="font-size:1.2em">${escapeXml(title)}</h1><p>${escapeXml(summary)}</p>`,
    rows.length === 0 ? "" : `<table cellpadding="4">${rows.join("")}</table>`,
    ...listed,
    command === undefined ? "" : `<p>To read more: <code>${escapeXml(command)}</code></p>`,
    "</body></html>",
  ].join("");
}

/** Sends one attempt through SES. */
export async function sendEmail(
  event: AlertEvent,
  channel: EmailChannel,
  { mailer, nowMs }: { mailer: Mailer; nowMs: () => number },
): Promise<Sent> {
  const sentAtMs = nowMs();
  const answer = await mailer.send({ to: channel.to, ...mailOf(event) });
  return sentOverAws(answer, "SES", permanentCodes, nowMs() - sentAtMs);
}
