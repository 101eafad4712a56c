import type { Level } from "../diff/change-set.ts";
import { countText } from "../report/phrases.ts";
import { levelOrder } from "../rules/causes.ts";
import type { ConsumerHit } from "../usage/usage.ts";
import type { AlertEvent, ApiChangedPayload, ApiDigestPayload, ChannelDisabledPayload } from "./alert-event.ts";
import type { HealthNoticePayload } from "./health-notice.ts";

/** What an event says, in words and without a form: each kind of channel lays it out as its receiver shows things. */
export type AlertText = {
  /** How much it stands out: of a change, its level. `undefined` for what needs no colour. */
  severity: Level | undefined;
  /** One line. */
  title: string;
  summary: string;
  facts: { name: string; value: string }[];
  lists: AlertList[];
  /** A command that shows the rest. */
  command: string | undefined;
};

/** The first of `total` lines. */
export type AlertList = { heading: string; lines: string[]; total: number };

/** The words of an event. */
export function alertTextOf(event: AlertEvent): AlertText {
  switch (event.type) {
    case "api.changed":
      return changeText(event.data);
    case "api.digest":
      return digestText(event.data);
    case "channel.disabled":
      return disabledText(event.data);
    case "dependency.unhealthy":
    case "dependency.recovered":
      return healthText(event);
    case "channel.test":
      return {
        severity: undefined,
        title: "Test from Forewarn",
        summary: event.data.message,
        facts: [],
        lists: [],
        command: undefined,
      };
  }
}

const changeTitles: Readonly<Record<Level, string>> = {
  breaking: "Breaking change in",
  risky: "Risky change in",
  safe: "Change in",
};

function changeText({ dependency, cause, ...data }: ApiChangedPayload["data"]): AlertText {
  const named = (operation: { method: string; path: string }) => `${operation.method} ${operation.path}`;
  return {
    severity: cause.severity,
    title: `${changeTitles[cause.severity]} ${dependency.name}`,
    summary: cause.summary,
    facts: [
      { name: "Severity", value: cause.severity },
      {
        name: "Reach",
        value: data.operationCount === 0 ? "the whole API" : countText(data.operationCount, "operation"),
      },
      ...(data.owner === undefined ? [] : [{ name: "Owner", value: data.owner }]),
      ...(data.consumerCount === 0 ? [{ name: "Consumers hit", value: "none that is known" }] : []),
    ],
    lists: [
      {
        heading: "Consumers hit",
        lines: (data.consumers ?? []).map(consumerLine),
        total: data.consumerCount ?? 0,
      },
      {
        heading: "Changes",
        lines: data.changes.map((change) => `${change.severity}: ${change.summary} (${change.ruleId})`),
        total: data.changeCount,
      },
      { heading: "Operations", lines: data.operations.map(named), total: data.operationCount },
    ].filter(({ total }) => total > 0),
    command: `forewarn changes list --dependency ${dependency.id} --cause ${cause.key}`,
  };
}

const consumerLine = ({ name, owner, operationCount }: ConsumerHit): string =>
  `${name}${owner === undefined ? "" : ` (${owner})`}: ${countText(operationCount, "operation")}`;

function digestText({ every, counts, causes, causeCount }: ApiDigestPayload["data"]): AlertText {
  const parts = levelOrder.filter((level) => counts[level] > 0).map((level) => `${counts[level]} ${level}`);
  return {
    severity: levelOrder.find((level) => counts[level] > 0),
    title: `${every === "daily" ? "Daily" : "Hourly"} digest: ${parts.join(", ")}`,
    summary: `${countText(causeCount, "edit")} changed the APIs that you depend on.`,
    facts: [],
    lists: [
      {
        heading: "Edits",
        lines: causes.map(({ severity, dependency, summary }) => `${severity}: ${dependency.name}: ${summary}`),
        total: causeCount,
      },
    ],
    command: "forewarn changes list --state open",
  };
}

function disabledText({ channel, reason, failingSince }: ChannelDisabledPayload["data"]): AlertText {
  return {
    severity: undefined,
    title: `The channel ${channel.name} was disabled`,
    summary: `Alerts do not reach it any more. ${reason}`,
    facts: [
      { name: "Kind", value: channel.type },
      { name: "Failing since", value: failingSince },
    ],
    lists: [],
    command: `forewarn channels set ${channel.id} --enabled`,
  };
}

function healthText({ type, timestamp, data }: HealthNoticePayload): AlertText {
  const { dependency, status, consecutiveFailures, unhealthySince, lastError } = data;
  const isBad = type === "dependency.unhealthy";
  return {
    severity: isBad ? "risky" : "safe",
    title: `${dependency.name} ${isBad ? "cannot be checked" : "can be checked again"}`,
    summary: isBad
      ? `${countText(consecutiveFailures, "check")} failed in a row: until one succeeds, its changes go unnoticed.`
      : "Its changes are noticed again, also those that were made in between.",
    facts: [
      { name: "Status", value: status },
      { name: "Unhealthy since", value: unhealthySince },
      ...(isBad ? [] : [{ name: "Recovered at", value: timestamp }]),
      ...(isBad && lastError !== undefined ? [{ name: lastError.name, value: lastError.message }] : []),
    ],
    lists: [],
    command: `forewarn deps show ${dependency.id}`,
  };
}

/** How many were left out, as the last line of a list; `undefined` when none was. */
export const omissionText = ({ lines, total }: AlertList): string | undefined =>
  total > lines.length ? `… and ${total - lines.length} more` : undefined;

/** Lines that each list keeps, one try after another, until a message is small enough. */
const linesPerTry = [100, 50, 25, 12, 6, 3, 1, 0];

/**
 * The largest message of `text` that has at most `maxBytes` in UTF-8; lists lose lines until it has, and say how many.
 *
 * @param write the message's whole text
 */
export function fitAlertText(text: AlertText, maxBytes: number, write: (text: AlertText) => string): string {
  let written = "";
  for (const kept of linesPerTry) {
    written = write({ ...text, lists: text.lists.map((list) => ({ ...list, lines: list.lines.slice(0, kept) })) });
    if (Buffer.byteLength(written) <= maxBytes) break;
  }
  return written;
}
