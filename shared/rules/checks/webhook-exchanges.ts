import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Part = { [name: string]: JsonValue };

const done: Part = { "200": { description: "Taken" } };
const calling = (call: Part) => documentWith({ webhooks: { petAdded: { post: { responses: done, ...call } } } });
const none: Part = {};
const content = { "application/json": { schema: { type: "string" } } };
const payload = (required: boolean): Part => ({ requestBody: { required, content } });
const answers = (...statuses: string[]): Part => ({
  responses: Object.fromEntries(statuses.map((status) => [status, { description: "Taken" }])),
});
const signed = (required: boolean): Part => ({
  parameters: [{ name: "x-signature", in: "header", required, schema: { type: "string" } }],
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
    "webhook-answer-status-added": {
      ...answered,
      level: "safe",
      action: "add",
      message: "the call may be answered with {status}",
      why: "The answers that clients give already are understood as before.",
      migration: nothing,
      example: exampleOf(calling, answers("200"), answers("200", "202")),
    },
    "webhook-answer-status-removed": {
      ...answered,
      level: "breaking",
      action: "remove",
      message: "the call is no longer to be answered with {status}",
      why: "Clients that answer this way may count as failing: their calls are repeated or stopped.",
      migration: "Answer with one of the statuses that are left.",
      example: exampleOf(calling, answers("200", "202"), answers("200")),
    },
  },
  run(facts, report) {
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
      if (fact.action !== "added") report(removed, fact, {});
      if (fact.action !== "removed") report("webhook-parameter-added", fact, {});
    }
    for (const fact of facts["parameter-aspect"]) {
      if (fact.direction !== "response" || fact.aspect !== "required") continue;
      report(`webhook-parameter-became-${fact.after === true ? "required" : "optional"}`, fact, {});
    }
    for (const fact of facts.response) {
      if (fact.direction !== "request") continue;
      report(`webhook-answer-status-${fact.action}`, fact, { status: fact.location.status ?? "" });
    }
  },
});
