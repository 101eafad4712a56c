import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Part = { [key: string]: JsonValue };

const schema = { type: "string" };
const json: Part = { "application/json": { schema } };
const both: Part = { ...json, "application/xml": { schema } };
const free: Part = { "application/json": {} };
const answering = (responses: Part) => operationWith({ responses });
const content = (part: Part): Part => ({ "200": { description: "A pet", content: part } });
const statuses = (...codes: string[]): Part =>
  Object.fromEntries(codes.map((code) => [code, { description: "An answer" }]));

export const responseCheck = defineCheck({
  rules: {
    "response-success-status-added": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "add",
      message: "may answer with the success status {status}",
      why: "Clients that test for any 2xx status treat it as a success.",
      migration: "Check that your code does not insist on one particular status.",
      example: exampleOf(answering, statuses("200"), statuses("200", "202")),
    },
    "response-success-status-removed": {
      level: "breaking",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "remove",
      message: "no longer answers with the success status {status}",
      why: "Clients that wait for this status, or read its body, wait in vain.",
      migration: "Find out which answer takes its place and handle that one.",
      example: exampleOf(answering, statuses("200", "202"), statuses("200")),
    },
    "response-non-success-status-added": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "add",
      message: "may answer with the status {status}",
      why: "A client has to expect any error status anyway.",
      migration: "Handle the status where your code can do better than its general handling of errors.",
      example: exampleOf(answering, statuses("200"), statuses("200", "404")),
    },
    "response-non-success-status-removed": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "remove",
      message: "no longer answers with the status {status}",
      why: "An error that does not happen any more needs no handling.",
      migration: "Nothing has to be done.",
      example: exampleOf(answering, statuses("200", "404"), statuses("200")),
    },
    "response-success-status-generalized": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "generalize",
      message: "covers the success status {before} by {after}",
      why: "Clients that test for any 2xx status treat every status of the range as a success.",
      migration: "Check that your code does not insist on one particular status.",
      example: exampleOf(answering, statuses("200"), statuses("2XX")),
    },
    "response-success-status-specialized": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "specialize",
      message: "names the success status {after}, which {before} covered",
      why: "A client that understood every status of the range understands this one.",
      migration: "Nothing has to be done.",
      example: exampleOf(answering, statuses("2XX"), statuses("200")),
    },
    "response-non-success-status-generalized": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "generalize",
      message: "covers the status {before} by {after}",
      why: "A client has to expect any error status anyway.",
      migration: "Nothing has to be done.",
      example: exampleOf(answering, statuses("200", "404"), statuses("200", "4XX")),
    },
    "response-non-success-status-specialized": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "specialize",
      message: "names the status {after}, which {before} covered",
      why: "A client that handled every status of the range handles this one.",
      migration: "Nothing has to be done.",
      example: exampleOf(answering, statuses("200", "4XX"), statuses("200", "404")),
    },
    "response-media-type-added": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "add",
      message: "{place} is also available as {mediaType}",
      why: "Clients that name what they accept get what they got before.",
      migration: "Send an `Accept` header if your code does not yet.",
      example: exampleOf(answering, content(json), content(both)),
    },
    "response-media-type-removed": {
      level: "breaking",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "remove",
      message: "{place} is no longer available as {mediaType}",
      why: "Clients that ask for this media type get another one, or 406.",
      migration: "Accept and read one of the media types that are left.",
      example: exampleOf(answering, content(both), content(json)),
    },
    "response-body-media-type-schema-added": {
      level: "safe",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "add",
      message: "describes {place} as {mediaType} by a schema",
      why: "The body could be anything before; now there is a promise.",
      migration: "Nothing has to be done.",
      example: exampleOf(answering, content(free), content(json)),
    },
    "response-body-media-type-schema-removed": {
      level: "risky",
      direction: "response",
      area: "responses",
      kind: "existence",
      action: "remove",
      message: "no longer describes {place} as {mediaType} by a schema",
      why: "Nothing promises any more what the body holds.",
      migration: "Ask the owner whether the body still holds what it did.",
      example: exampleOf(answering, content(json), content(free)),
    },
  },
  run(facts, report) {
    for (const fact of facts.response) {
      if (fact.direction !== "response") continue;
      const status = fact.location.status ?? "";
      const what = isSuccess(status) ? "response-success-status" : "response-non-success-status";
      if (fact.action === "added" || fact.action === "removed") report(`${what}-${fact.action}`, fact, { status });
      else {
        const args = { before: fact.before?.status ?? "", after: fact.after?.status ?? "" };
        report(`${what}-${fact.action}`, fact, args);
      }
    }
    for (const fact of facts["media-type"]) {
      const mediaType = fact.location.mediaType ?? "";
      const isNegotiated = fact.location.status !== undefined;
      if (fact.direction === "response" && isNegotiated)
        report(`response-media-type-${fact.action}`, fact, { mediaType });
    }
    for (const fact of facts["media-type-schema"]) {
      const mediaType = fact.location.mediaType ?? "";
      if (fact.direction === "response") report(`response-body-media-type-schema-${fact.action}`, fact, { mediaType });
    }
  },
});

/** `2XX` included. `default` stands for what is not listed, usually errors. */
function isSuccess(status: string): boolean {
  return status.startsWith("2");
}
