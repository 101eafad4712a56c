import type { JsonValue } from "../../spec/model.ts";
import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Encoding = { [key: string]: JsonValue };

const schema = {
  type: "object",
  properties: { photo: { type: "string" }, tags: { type: "array", items: { type: "string" } } },
};
const content = (mediaType: string, part: string, encoding: Encoding) => ({
  [mediaType]: { schema, encoding: { [part]: encoding } },
});
const sentPhoto = (contentType: string) =>
  operationWith({ requestBody: { content: content("multipart/form-data", "photo", { contentType }) } });
const sentTags = (encoding: Encoding) =>
  operationWith({ requestBody: { content: content("application/x-www-form-urlencoded", "tags", encoding) } });
const answered = (mediaType: string, part: string, encoding: Encoding) =>
  operationWith({ responses: { "200": { description: "A pet", content: content(mediaType, part, encoding) } } });
const receivedPhoto = (contentType: string) => answered("multipart/form-data", "photo", { contentType });
const receivedTags = (encoding: Encoding) => answered("application/x-www-form-urlencoded", "tags", encoding);

const png = "image/png";
const pngOrJpeg = "image/jpeg, image/png";
const joined = (style: string): Encoding => ({ style, explode: false });
const repeated: Encoding = { style: "form", explode: true };
const listed: Encoding = { style: "form", explode: false };
const raw: Encoding = { allowReserved: true };
const escaped: Encoding = { allowReserved: false };

const inRequest = { direction: "request", area: "requestBody" } as const;
const inResponse = { direction: "response", area: "responses" } as const;
const nothing = "Nothing has to be done.";
const style = {
  level: "breaking",
  kind: "type",
  action: "change",
  message: "changed how {place} is written from the style {before} to {after}",
  why: "The same value is written differently, and the old way is misread.",
  migration: "Change how your code writes or reads the part.",
} as const;
const explode = {
  ...style,
  message: "changed explode of {place} from {before} to {after}",
} as const;

/** How the parts of a form or of a multipart body are written. */
export const bodyPartCheck = defineCheck({
  rules: {
    "request-body-part-media-type-added": {
      ...inRequest,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "accepts {types} as {place}",
      why: "The media types that clients send already are accepted as before.",
      migration: nothing,
      example: exampleOf(sentPhoto, png, pngOrJpeg),
    },
    "request-body-part-media-type-removed": {
      ...inRequest,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "no longer accepts {types} as {place}",
      why: "Bodies with a part of that media type are refused.",
      migration: "Send one of the media types that are left.",
      example: exampleOf(sentPhoto, pngOrJpeg, png),
    },
    "request-body-part-style-changed": {
      ...inRequest,
      ...style,
      example: exampleOf(sentTags, joined("pipeDelimited"), joined("spaceDelimited")),
    },
    "request-body-part-explode-changed": {
      ...inRequest,
      ...explode,
      example: exampleOf(sentTags, repeated, listed),
    },
    "request-body-part-reserved-characters-allowed": {
      ...inRequest,
      level: "safe",
      kind: "constraints",
      action: "add",
      message: "allows reserved characters unescaped in {place}",
      why: "Encoded values are read as before.",
      migration: nothing,
      example: exampleOf(sentTags, escaped, raw),
    },
    "request-body-part-reserved-characters-disallowed": {
      ...inRequest,
      level: "breaking",
      kind: "constraints",
      action: "remove",
      message: "no longer allows reserved characters unescaped in {place}",
      why: "Values with `/`, `?` or `&` have to be percent-encoded now.",
      migration: "Percent-encode the value.",
      example: exampleOf(sentTags, raw, escaped),
    },
    "response-body-part-media-type-added": {
      ...inResponse,
      level: "breaking",
      kind: "existence",
      action: "add",
      message: "may send {types} as {place}",
      why: "Clients cannot choose the media type of a part, and may meet one that they were not written for.",
      migration: "Read the new media type before it arrives.",
      example: exampleOf(receivedPhoto, png, pngOrJpeg),
    },
    "response-body-part-media-type-removed": {
      ...inResponse,
      level: "safe",
      kind: "existence",
      action: "remove",
      message: "no longer sends {types} as {place}",
      why: "A client that reads every media type of before reads those that are left.",
      migration: nothing,
      example: exampleOf(receivedPhoto, pngOrJpeg, png),
    },
    "response-body-part-style-changed": {
      ...inResponse,
      ...style,
      example: exampleOf(receivedTags, joined("pipeDelimited"), joined("spaceDelimited")),
    },
    "response-body-part-explode-changed": {
      ...inResponse,
      ...explode,
      example: exampleOf(receivedTags, repeated, listed),
    },
  },
  run(facts, report) {
    for (const fact of facts["part-media-type"]) {
      const part = fact.direction === "request" ? "request-body-part" : "response-body-part";
      report(`${part}-media-type-${fact.action}`, fact, { types: fact.values });
    }
    for (const fact of facts["part-aspect"]) {
      const args = { before: fact.before ?? "", after: fact.after ?? "" };
      if (fact.aspect !== "allowReserved") {
        const part = fact.direction === "request" ? "request-body-part" : "response-body-part";
        report(`${part}-${fact.aspect}-changed`, fact, args);
      } else if (fact.direction === "request") {
        const word = fact.after === true ? "allowed" : "disallowed";
        report(`request-body-part-reserved-characters-${word}`, fact, {});
      }
    }
  },
});
