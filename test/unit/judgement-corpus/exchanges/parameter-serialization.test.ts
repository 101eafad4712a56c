import { api, type Doc, done, json, judged, reading } from "./judged.ts";

const text: Doc = { type: "string" };
const list: Doc = { type: "array", items: text };
const map: Doc = { type: "object", properties: { a: text, b: text } };
const query = (how: Doc): Doc => reading({ parameters: [{ name: "q", in: "query", ...how }] });

judged<Doc>("how a query parameter is written", query, [
  [
    "joins a list with spaces instead of repeating the name",
    { schema: list },
    { style: "spaceDelimited", schema: list },
    "breaking request-parameter-style-changed: GET /pets",
  ],
  [
    "joins a list with pipes instead of spaces",
    { style: "spaceDelimited", explode: false, schema: list },
    { style: "pipeDelimited", explode: false, schema: list },
    "breaking request-parameter-style-changed: GET /pets",
  ],
  [
    "joins a list with commas instead of repeating the name",
    { schema: list },
    { explode: false, schema: list },
    "breaking request-parameter-explode-changed: GET /pets",
  ],
  [
    "repeats the name instead of joining with commas",
    { explode: false, schema: list },
    { explode: true, schema: list },
    "breaking request-parameter-explode-changed: GET /pets",
  ],
  ["says the style that it had", { schema: list }, { style: "form", explode: true, schema: list }],
  ["explodes one text, which changes nothing", { schema: text }, { explode: false, schema: text }],
  [
    "writes an object in brackets",
    { schema: map },
    { style: "deepObject", schema: map },
    "breaking request-parameter-style-changed: GET /pets",
  ],
  [
    "writes an object no longer in brackets",
    { style: "deepObject", explode: true, schema: map },
    { style: "form", explode: true, schema: map },
    "breaking request-parameter-style-changed: GET /pets",
  ],
  [
    "is JSON instead of its style",
    { schema: map },
    { content: json(map) },
    "breaking request-parameter-media-type-changed: GET /pets",
  ],
  [
    "has its style instead of JSON",
    { content: json(map) },
    { schema: map },
    "breaking request-parameter-media-type-changed: GET /pets",
  ],
  [
    "is XML instead of JSON",
    { content: json(map) },
    { content: { "application/xml": { schema: map } } },
    "breaking request-parameter-media-type-changed: GET /pets",
  ],
  ["is JSON, in other letters", { content: json(map) }, { content: { "Application/JSON": { schema: map } } }],
  [
    "may hold reserved characters",
    { schema: text },
    { allowReserved: true, schema: text },
    "safe request-parameter-reserved-characters-allowed: GET /pets",
  ],
  [
    "may hold reserved characters no longer",
    { allowReserved: true, schema: text },
    { schema: text },
    "breaking request-parameter-reserved-characters-disallowed: GET /pets",
  ],
  [
    "may be empty",
    { schema: text },
    { allowEmptyValue: true, schema: text },
    "safe request-parameter-empty-value-allowed: GET /pets",
  ],
  [
    "may be empty no longer",
    { allowEmptyValue: true, schema: text },
    { schema: text },
    "breaking request-parameter-empty-value-disallowed: GET /pets",
  ],
  [
    "says that it may not be empty, as before",
    { schema: text },
    { allowEmptyValue: false, allowReserved: false, schema: text },
  ],
  [
    "holds JSON whose property is required now",
    { content: json(map) },
    { content: json({ ...map, required: ["a"] }) },
    "breaking request-parameter-property-became-required: GET /pets",
  ],
]);

const inPath = (how: Doc): Doc =>
  api({ "/pets/{q}": { get: { ...done, parameters: [{ name: "q", in: "path", required: true, ...how }] } } });

judged<Doc>("how a path parameter is written", inPath, [
  [
    "has a dot before it",
    { schema: text },
    { style: "label", schema: text },
    "breaking request-parameter-style-changed: GET /pets/{q}",
  ],
  [
    "has its name before it",
    { schema: text },
    { style: "matrix", schema: text },
    "breaking request-parameter-style-changed: GET /pets/{q}",
  ],
  [
    "joins a list after a dot with dots",
    { style: "label", schema: list },
    { style: "label", explode: true, schema: list },
    "breaking request-parameter-explode-changed: GET /pets/{q}",
  ],
  ["explodes a list with commas, which is the same", { schema: list }, { explode: true, schema: list }],
  [
    "explodes an object, which names its values",
    { schema: map },
    { explode: true, schema: map },
    "breaking request-parameter-explode-changed: GET /pets/{q}",
  ],
  ["says the style that it had", { schema: list }, { style: "simple", explode: false, schema: list }],
]);

const inHeader = (how: Doc): Doc => reading({ parameters: [{ name: "X-Q", in: "header", ...how }] });

judged<Doc>("how a header or a cookie is written", inHeader, [
  ["explodes a list in a header, which is the same", { schema: list }, { explode: true, schema: list }],
  [
    "explodes an object in a header",
    { schema: map },
    { explode: true, schema: map },
    "breaking request-parameter-explode-changed: GET /pets",
  ],
  ["may be empty in a header, where that means nothing", { schema: text }, { allowEmptyValue: true, schema: text }],
]);

judged<Doc>("how a cookie is written", (how) => reading({ parameters: [{ name: "q", in: "cookie", ...how }] }), [
  [
    "repeats the name no longer",
    { schema: list },
    { explode: false, schema: list },
    "breaking request-parameter-explode-changed: GET /pets",
  ],
  ["explodes one text no longer", { schema: text }, { explode: false, schema: text }],
]);
