import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf, operationWith } from "../example-documents.ts";
import { sunsetState } from "../lifecycle.ts";
import { defineCheck } from "../rule.ts";

type Part = { [name: string]: JsonValue };

const answers = { "204": { description: "Done" } };
const none: Part = {};
const withWebhooks = (webhooks: Part) => documentWith({ webhooks });
const petAdded: Part = { petAdded: { post: { responses: answers } } };
const withCallbacks = (callbacks: Part) => operationWith({ callbacks });
const retired: Part = { petAdded: { post: { responses: answers, deprecated: true, "x-sunset": "2000-01-01" } } };
const onReadyCalls = (...methods: string[]): Part =>
  Object.fromEntries(methods.map((method) => [method, { responses: answers }]));
const onReady: Part = { onReady: { "{$request.body#/url}": onReadyCalls("post") } };
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
    "webhook-removed-with-deprecation": {
      ...rule,
      area: "webhooks",
      level: "safe",
      action: "remove",
      message: "removed the webhook {name}, which was deprecated and whose sunset has passed",
      why: "The removal was announced and its date has passed.",
      migration: "Find out how the event is announced now.",
      example: exampleOf(withWebhooks, retired, none),
    },
    "callback-redirected": {
      ...rule,
      area: "webhooks",
      level: "breaking",
      action: "change",
      message: "sends the callback {name} to {after} instead of {before}",
      why: "Clients give the address in the old place, where it is not read any more, and are not called.",
      migration: "Give the address in the new place.",
      example: exampleOf(withCallbacks, onReady, { onReady: { "{$request.body#/hook}": onReadyCalls("post") } }),
    },
    "callback-method-changed": {
      ...rule,
      area: "webhooks",
      level: "breaking",
      action: "change",
      message: "makes the calls of the callback {name} with {after} instead of {before}",
      why: "Clients that answer the old method only refuse the calls.",
      migration: "Answer the new method.",
      example: exampleOf(withCallbacks, onReady, { onReady: { "{$request.body#/url}": onReadyCalls("put") } }),
    },
    "callback-method-added": {
      ...rule,
      area: "webhooks",
      level: "safe",
      action: "add",
      message: "the callback {name} calls with {method} as well",
      why: "The calls that clients answer already come as before.",
      migration: "Answer the new method if it brings what your code needs.",
      example: exampleOf(withCallbacks, onReady, { onReady: { "{$request.body#/url}": onReadyCalls("post", "put") } }),
    },
    "callback-method-removed": {
      ...rule,
      area: "webhooks",
      level: "breaking",
      action: "remove",
      message: "the callback {name} no longer calls with {method}",
      why: "Clients that wait for these calls are not called any more.",
      migration: "Find out how the event is announced now, or ask for it regularly.",
      example: exampleOf(withCallbacks, { onReady: { "{$request.body#/url}": onReadyCalls("post", "put") } }, onReady),
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
  run(facts, report, { today }) {
    for (const fact of facts.webhook) {
      const name = (fact.after ?? fact.before)?.path ?? "";
      const isRetired = fact.before?.deprecated === true && sunsetState(fact.before.sunset, today) === "passed";
      if (fact.action === "removed" && isRetired) report("webhook-removed-with-deprecation", fact, { name });
      else report(`webhook-${fact.action}`, fact, { name });
    }
    for (const fact of facts.callback) {
      const name = (fact.after ?? fact.before)?.name ?? "";
      if (fact.action !== "redirected") report(`callback-${fact.action}`, fact, { name });
      else {
        const args = { before: fact.before?.expression ?? "", after: fact.after?.expression ?? "" };
        report("callback-redirected", fact, { name, ...args });
      }
    }
    for (const fact of facts["callback-operation"]) {
      const [before, after] = [fact.before?.method ?? "", fact.after?.method ?? ""];
      if (fact.action === "changed") report("callback-method-changed", fact, { name: fact.callback, before, after });
      else report(`callback-method-${fact.action}`, fact, { name: fact.callback, method: after || before });
    }
    for (const fact of facts.link) {
      report(`response-link-${fact.action}`, fact, { name: (fact.after ?? fact.before)?.name ?? "" });
    }
  },
});
