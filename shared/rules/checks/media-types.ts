import { coversMediaType, essenceOf, parameterRelation } from "../../diff/media-ranges.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const answer = (mediaType: string) =>
  operationWith({
    responses: { "200": { description: "A pet", content: { [mediaType]: { schema: { type: "string" } } } } },
  });
const body = (mediaType: string) =>
  operationWith({ requestBody: { content: { [mediaType]: { schema: { type: "string" } } } } });

const inRequest = { direction: "request", area: "requestBody", kind: "type" } as const;
const inResponse = { direction: "response", area: "responses", kind: "type" } as const;
const generalized = {
  action: "generalize",
  message: "widened the media type of {place} from {before} to {after}",
} as const;
const specialized = {
  action: "specialize",
  message: "narrowed the media type of {place} from {before} to {after}",
} as const;
const changed = {
  level: "breaking",
  action: "change",
  message: "changed the parameters of the media type of {place} from {before} to {after}",
  why: "Parameters choose a version, a profile or a charset: who sends or reads the old one is refused or misreads.",
  migration: "Find out what the parameter stands for, and name it in the header that your code sends.",
} as const;
const nothing = "Nothing has to be done.";

export const mediaTypeCheck = defineCheck({
  rules: {
    "request-body-media-type-name-changed": {
      ...inRequest,
      ...changed,
      example: exampleOf(body, "application/json; version=1", "application/json; version=2"),
    },
    "request-body-media-type-name-generalized": {
      ...inRequest,
      ...generalized,
      level: "safe",
      why: "The media types that clients send already are accepted as before.",
      migration: nothing,
      example: exampleOf(body, "image/png", "image/*"),
    },
    "request-body-media-type-name-specialized": {
      ...inRequest,
      ...specialized,
      level: "breaking",
      why: "Requests of the other media types of the range are refused, usually with 415.",
      migration: "Send a media type that is left.",
      example: exampleOf(body, "image/*", "image/png"),
    },
    "response-media-type-name-changed": {
      ...inResponse,
      ...changed,
      example: exampleOf(answer, "application/json; version=1", "application/json; version=2"),
    },
    "response-media-type-name-generalized": {
      ...inResponse,
      ...generalized,
      level: "breaking",
      why: "Clients may receive media types that they were not written for.",
      migration: "Send an `Accept` header with the media types that your code reads.",
      example: exampleOf(answer, "image/png", "image/*"),
    },
    "response-media-type-name-specialized": {
      ...inResponse,
      ...specialized,
      level: "safe",
      why: "A client that reads every media type of the range reads this one.",
      migration: nothing,
      example: exampleOf(answer, "image/*", "image/png"),
    },
  },
  run(facts, report) {
    for (const fact of facts["media-type-name"]) {
      const [before, after] = [fact.before?.mediaType ?? "", fact.after?.mediaType ?? ""];
      const part = fact.direction === "request" ? "request-body-media-type-name" : "response-media-type-name";
      const args = { before, after };
      const relation = essenceOf(before) === essenceOf(after) ? parameterRelation(before, after) : "none";
      if (relation === "other" || relation === "same") report(`${part}-changed`, fact, args);
      else if (relation === "more") report(`${part}-specialized`, fact, args);
      else if (relation === "fewer") report(`${part}-generalized`, fact, args);
      else report(coversMediaType(after, before) ? `${part}-generalized` : `${part}-specialized`, fact, args);
    }
  },
});
