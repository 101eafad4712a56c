import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Part = { [name: string]: JsonValue };

const answers = { "204": { description: "Done" } };
const none: Part = {};
const withWebhooks = (webhooks: Part) => documentWith({ webhooks });
const petAdded: Part = { petAdded: { post: { responses: answers } } };
const withCallbacks = (callbacks: Part) => operationWith({ callbacks });
const onReady: Part = { onReady: { "{$request.body#/url}": { post: { responses: answers } } } };
const withLinks = (links: Part) => operationWith({ responses: { "200": { description: "A pet", links } } });
const owner: Part = { owner: { operationId: "getOwner" } };
const keeper: Part = { owner: { operationId: "getKeeper" } };

const rule = { direction: "none", kind: "existence" } as const;
const nothing = "Nothing has to be done.";

export const webhookCheck = defineCheck({
  rules: {
    "webhook-added": {
      ...rule,
      area: "webhooks",
      level: "safe",
      action: "add",
      message: "added the webhook {name}",
      why: "Nobody has subscribed to it yet.",
      migration: nothing,
      example: exampleOf(withWebhooks, none, petAdded),
    },
    "webhook-removed": {
      ...rule,
      area: "webhooks",
      level: "breaking",
      action: "remove",
      message: "removed the webhook {name}",
      why: "Clients that wait for it are not called any more.",
      migration: "Find out how the event is announced now, or ask for it regularly.",
      example: exampleOf(withWebhooks, petAdded, none),
    },
    "callback-added": {
      ...rule,
      area: "webhooks",
      level: "safe",
      action: "add",
      message: "added the callback {name}",
      why: "Clients that do not give an address for it are not called.",
      migration: nothing,
      example: exampleOf(withCallbacks, none, onReady),
    },
    "callback-removed": {
      ...rule,
      area: "webhooks",
      level: "breaking",
      action: "remove",
      message: "removed the callback {name}",
      why: "Clients that wait for it are not called any more.",
      migration: "Find out how the event is announced now, or ask for it regularly.",
      example: exampleOf(withCallbacks, onReady, none),
    },
    "response-link-added": {
      ...rule,
      area: "links",
      level: "safe",
      action: "add",
      message: "added the link {name} to {place}",
      why: "Links describe what can be called next; nothing is sent differently.",
      migration: nothing,
      example: exampleOf(withLinks, none, owner),
    },
    "response-link-removed": {
      ...rule,
      area: "links",
      level: "risky",
      action: "remove",
      message: "removed the link {name} from {place}",
      why: "Clients that follow the description's links lose their way.",
      migration: "Call the linked operation by its own address.",
      example: exampleOf(withLinks, owner, none),
    },
    "response-link-changed": {
      ...rule,
      area: "links",
      level: "risky",
      action: "change",
      message: "the link {name} of {place} leads elsewhere or passes other values",
      why: "Clients that follow the description's links call something else than before.",
      migration: "Check where the link leads now.",
      example: exampleOf(withLinks, owner, keeper),
    },
  },
  run(facts, report) {
    for (const fact of facts.webhook) {
      report(`webhook-${fact.action}`, fact, { name: (fact.after ?? fact.before)?.path ?? "" });
    }
    for (const fact of facts.callback) {
      report(`callback-${fact.action}`, fact, { name: (fact.after ?? fact.before)?.name ?? "" });
    }
    for (const fact of facts.link) {
      report(`response-link-${fact.action}`, fact, { name: (fact.after ?? fact.before)?.name ?? "" });
    }
  },
});
