import type { JsonValue, ParameterNode } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Part = { [name: string]: JsonValue };

const done: Part = { "200": { description: "Taken" } };
const calling = (call: Part) => documentWith({ webhooks: { petAdded: { post: { responses: done, ...call } } } });
const none: Part = {};
const content = { "application/json": { schema: { type: "string" } } };
const payload = (required: boolean): Part => ({ requestBody: { required, content } });
const both: Part = { requestBody: { required: true, content: { ...content, "text/csv": {} } } };
const answers = (...statuses: string[]): Part => ({
  responses: Object.fromEntries(statuses.map((status) => [status, { description: "Taken" }])),
});
const signed = (required: boolean): Part => ({
  parameters: [{ name: "x-signature", in: "header", required, schema: { type: "string" } }],
});

const listed = (explode: boolean): Part => ({
  parameters: [{ name: "tags", in: "query", explode, schema: { type: "array", items: { type: "string" } } }],
});

const received = { direction: "response", area: "webhooks" } as const;
const answered = { direction: "request", area: "webhooks", kind: "existence" } as const;
const nothing = "Nothing has to be done.";

/** What a webhook or a callback sends to the client, and how the client may answer. */
export const webhookExchangeCheck = defineCheck({
  rules: {
    "webhook-payload-added": {
      ...received,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "the call brings {place}",
      why: "Clients that read no payload take the call as before.",
      migration: nothing,
      example: exampleOf(calling, none, payload(true)),
    },
    "webhook-payload-removed": {
      ...received,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "the call no longer brings {place}",
      why: "Clients read from the payload what happened, and there is none.",
      migration: "Ask the API for what the payload held.",
      example: exampleOf(calling, payload(true), none),
    },
    "webhook-payload-became-required": {
      ...received,
      level: "safe",
      kind: "requiredness",
      action: "change",
      message: "the call always brings {place}",
      why: "Clients that cope with its absence still work.",
      migration: nothing,
      example: exampleOf(calling, payload(false), payload(true)),
    },
    "webhook-payload-became-optional": {
      ...received,
      level: "breaking",
      kind: "requiredness",
      action: "change",
      message: "the call does not always bring {place}",
      why: "Clients that could rely on the payload meet calls without one.",
      migration: "Handle a call without a payload.",
      example: exampleOf(calling, payload(true), payload(false)),
    },
    "webhook-parameter-added": {
      ...received,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "the call brings {place}",
      why: "Clients ignore what they do not know.",
      migration: nothing,
      example: exampleOf(calling, none, signed(true)),
    },
    "webhook-required-parameter-removed": {
      ...received,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "the call no longer brings {place}, which was always there",
      why: "Clients could rely on it, for instance to check who calls.",
      migration: "Stop reading it before the change takes effect.",
      example: exampleOf(calling, signed(true), none),
    },
    "webhook-optional-parameter-removed": {
      ...received,
      level: "risky",
      kind: "existence",
      action: "remove",
      message: "the call no longer brings {place}",
      why: "A correct client copes with its absence, but what it did with the value does not happen any more.",
      migration: "Find what your code does with it.",
      example: exampleOf(calling, signed(false), none),
    },
    "webhook-parameter-renamed": {
      ...received,
      level: "breaking",
      kind: "existence",
      action: "change",
      message: "the call brings the {after} in place of the {before}",
      why: "Clients look for the value in the old place and find none.",
      migration: "Read the value in its new place.",
      example: exampleOf(calling, signed(true), {
        parameters: [{ name: "x-sign", in: "header", required: true, schema: { type: "string" } }],
      }),
    },
    "webhook-parameter-writing-changed": {
      ...received,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the call writes {place} otherwise: its {aspect} is {after} instead of {before}",
      why: "The same value is written differently, and code that reads the old way misreads it.",
      migration: "Change how your code takes the value apart.",
      example: exampleOf(calling, listed(true), listed(false)),
    },
    "webhook-parameter-became-required": {
      ...received,
      level: "safe",
      kind: "requiredness",
      action: "change",
      message: "the call always brings {place}",
      why: "Clients that cope with its absence still work.",
      migration: nothing,
      example: exampleOf(calling, signed(false), signed(true)),
    },
    "webhook-parameter-became-optional": {
      ...received,
      level: "breaking",
      kind: "requiredness",
      action: "change",
      message: "the call does not always bring {place}",
      why: "Clients could rely on it.",
      migration: "Handle its absence.",
      example: exampleOf(calling, signed(true), signed(false)),
    },
    "webhook-payload-media-type-added": {
      ...received,
      level: "breaking",
      kind: "existence",
      action: "add",
      message: "the call may bring {place} as {mediaType}",
      why: "Clients cannot choose what they are sent, and may meet a media type that they were not written for.",
      migration: "Read the new media type before it arrives.",
      example: exampleOf(calling, payload(true), both),
    },
    "webhook-payload-media-type-removed": {
      ...received,
      level: "safe",
      kind: "existence",
      action: "remove",
      message: "the call no longer brings {place} as {mediaType}",
      why: "A client that reads every media type of before reads those that are left.",
      migration: nothing,
      example: exampleOf(calling, both, payload(true)),
    },
    "webhook-answer-status-generalized": {
      ...answered,
      level: "safe",
      action: "generalize",
      message: "accepts {place}, which covers {before}",
      why: "The answers that clients give already are understood as before.",
      migration: nothing,
      example: exampleOf(calling, answers("200"), answers("2XX")),
    },
    "webhook-answer-status-specialized": {
      ...answered,
      level: "breaking",
      action: "specialize",
      message: "accepts {place} alone of those that {before} covered",
      why: "Clients that answer with another status of the range may count as failing: their calls are repeated or stopped.",
      migration: "Answer with the status that is left.",
      example: exampleOf(calling, answers("2XX"), answers("200")),
    },
    "webhook-answer-status-added": {
      ...answered,
      level: "safe",
      action: "add",
      message: "accepts {place} as well",
      why: "The answers that clients give already are understood as before.",
      migration: nothing,
      example: exampleOf(calling, answers("200"), answers("200", "202")),
    },
    "webhook-answer-status-removed": {
      ...answered,
      level: "breaking",
      action: "remove",
      message: "no longer accepts {place}",
      why: "Clients that answer this way may count as failing: their calls are repeated or stopped.",
      migration: "Answer with one of the statuses that are left.",
      example: exampleOf(calling, answers("200", "202"), answers("200")),
    },
  },
  run(facts, report) {
    for (const fact of facts["media-type"]) {
      // An answer is negotiated by its status and `Accept`; a payload comes as it comes.
      if (fact.direction !== "response" || fact.location.status !== undefined) continue;
      report(`webhook-payload-media-type-${fact.action}`, fact, { mediaType: fact.location.mediaType ?? "" });
    }
    for (const fact of facts["request-body"]) {
      if (fact.direction === "response") report(`webhook-payload-${fact.action}`, fact, {});
    }
    for (const fact of facts["request-body-required"]) {
      if (fact.direction === "response") report(`webhook-payload-${fact.action}`, fact, {});
    }
    for (const fact of facts.parameter) {
      if (fact.direction !== "response") continue;
      const removed = fact.before?.required
        ? "webhook-required-parameter-removed"
        : "webhook-optional-parameter-removed";
      if (fact.action === "added") report("webhook-parameter-added", fact, {});
      else if (fact.action === "removed") report(removed, fact, {});
      else report("webhook-parameter-renamed", fact, { before: nameOf(fact.before), after: nameOf(fact.after) });
    }
    for (const fact of facts["parameter-aspect"]) {
      if (fact.direction !== "response") continue;
      if (fact.aspect === "style" || fact.aspect === "explode" || fact.aspect === "mediaType") {
        const args = { aspect: fact.aspect, before: fact.before ?? "none", after: fact.after ?? "none" };
        report("webhook-parameter-writing-changed", fact, args);
      }
      if (fact.aspect !== "required") continue;
      report(`webhook-parameter-became-${fact.after === true ? "required" : "optional"}`, fact, {});
    }
    for (const fact of facts.response) {
      if (fact.direction !== "request") continue;
      if (fact.action === "added" || fact.action === "removed") {
        report(`webhook-answer-status-${fact.action}`, fact, {});
      } else report(`webhook-answer-status-${fact.action}`, fact, { before: fact.before?.status ?? "" });
    }
  },
});

function nameOf(parameter: ParameterNode | undefined): string {
  return parameter === undefined ? "" : `${parameter.in} parameter \`${parameter.name}\``;
}
