import { type Doc, judged, writing } from "./judged.ts";

const text = { type: "string" };
const lists = (depth: number): Doc => (depth === 0 ? text : { type: "array", items: lists(depth - 1) });
const parts: Doc = {
  file: { type: "string", format: "binary" },
  bytes: { type: "string", contentEncoding: "base64" },
  note: text,
  either: { type: ["string", "null"] },
  any: {},
  pet: { type: "object" },
  files: { type: "array", items: { type: "string", format: "binary" } },
  pets: { type: "array", items: { type: "object" } },
  nested: lists(4),
  deep: lists(5),
};
const form = (encoding: Doc): Doc =>
  writing({
    requestBody: { content: { "multipart/form-data": { schema: { type: "object", properties: parts }, encoding } } },
  });
const as = (contentType: string): Doc => ({ contentType });

judged<Doc>("the media type that a part has where none is said", form, [
  ["is said of a file", {}, { file: as("application/octet-stream") }],
  ["is no longer said of a file", { file: as("application/octet-stream") }, {}],
  ["is said of encoded bytes", {}, { bytes: as("application/octet-stream") }],
  ["is said of a text", {}, { note: as("text/plain") }],
  ["is said of a text or null", {}, { either: as("text/plain") }],
  ["is said of anything", {}, { any: as("application/octet-stream") }],
  ["is said of an object", {}, { pet: as("application/json") }],
  ["is said of a list of files", {}, { files: as("application/octet-stream") }],
  ["is said of a list of objects", {}, { pets: as("application/json") }],
  ["is said of a list in lists", {}, { nested: as("text/plain") }],
  ["is said of a list in many lists", {}, { deep: as("application/json") }],
  [
    "is another one than is said of a file",
    {},
    { file: as("text/plain") },
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "is another one than was said of a list of files",
    { files: as("text/plain") },
    {},
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
]);
