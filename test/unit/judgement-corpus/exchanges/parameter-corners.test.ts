import { api, type Doc, done, json, judged, pet, reading } from "./judged.ts";

const text: Doc = { type: "string" };
const q = (more: Doc = {}): Doc => ({ name: "q", in: "query", schema: text, ...more });
const must = { required: true };
const less: Doc = { ...pet, required: [] };
const answering = (schema: Doc): Doc => ({ responses: { "200": { description: "a", content: json(schema) } } });
const list: Doc = { type: "array", items: text };
const deep = (properties: Doc, explode = true): Doc =>
  q({ style: "deepObject", explode, schema: { type: "object", properties } });

judged<{ level: string; op?: Doc }>(
  "an operation that promised nothing",
  ({ level, op }) => api({ "/pets": { get: { ...done, "x-stability-level": level, ...op } } }),
  [
    [
      "asks for a parameter, as a draft",
      { level: "draft" },
      { level: "draft", op: { parameters: [q(must)] } },
      "safe new-required-request-parameter: GET /pets",
    ],
    [
      "asks for a parameter, as alpha",
      { level: "alpha" },
      { level: "alpha", op: { parameters: [q(must)] } },
      "safe new-required-request-parameter: GET /pets",
    ],
    [
      "asks for a parameter, as beta",
      { level: "beta" },
      { level: "beta", op: { parameters: [q(must)] } },
      "breaking new-required-request-parameter: GET /pets",
    ],
    [
      "promises less in its answer, as alpha",
      { level: "alpha", op: answering(pet) },
      { level: "alpha", op: answering(less) },
      "safe response-property-became-optional: GET /pets",
    ],
    [
      "asks for a parameter, and is said to be alpha only now",
      { level: "stable" },
      { level: "alpha", op: { parameters: [q(must)] } },
      "breaking api-stability-decreased: GET /pets",
      "breaking new-required-request-parameter: GET /pets",
      "2 causes",
    ],
  ],
);

judged<Doc[]>("a parameter at its corners", (parameters) => reading({ parameters }), [
  [
    "is gone, as alpha",
    [q({ "x-stability-level": "alpha" })],
    [],
    "safe unstable-request-parameter-removed: GET /pets",
  ],
  ["is gone, as beta", [q({ "x-stability-level": "beta" })], [], "breaking request-parameter-removed: GET /pets"],
  [
    "gains a schema",
    [{ name: "X-A", in: "header" }],
    [{ name: "X-A", in: "header", schema: { type: "integer" } }],
    "breaking request-parameter-schema-added: GET /pets",
  ],
  [
    "loses its schema",
    [{ name: "X-A", in: "header", schema: { type: "integer" } }],
    [{ name: "X-A", in: "header" }],
    "safe request-parameter-schema-removed: GET /pets",
  ],
  [
    "moves from a header to a cookie beside another",
    [q(), { name: "id", in: "header", schema: text }],
    [q(), { name: "id", in: "cookie", schema: text }],
    "breaking request-parameter-moved: GET /pets",
  ],
  [
    "has another name, one of two alike",
    [q({ name: "a" }), q({ name: "b" })],
    [q({ name: "a" }), q({ name: "c" })],
    "breaking request-parameter-renamed: GET /pets",
  ],
  [
    "is deprecated with a sunset that has passed",
    [q()],
    [q({ deprecated: true, "x-sunset": "2020-01-01" })],
    "breaking request-parameter-sunset-date-too-small: GET /pets",
  ],
  [
    "is a list of texts instead of numbers",
    [q({ schema: { type: "array", items: { type: "integer" } } })],
    [q({ schema: list })],
    "safe request-parameter-property-type-generalized: GET /pets",
  ],
  [
    "is a list of numbers instead of texts",
    [q({ schema: list })],
    [q({ schema: { type: "array", items: { type: "integer" } } })],
    "breaking request-parameter-property-type-changed: GET /pets",
  ],
  [
    "is JSON that holds a text instead of a number",
    [q({ schema: undefined, content: json({ type: "integer" }) })],
    [q({ schema: undefined, content: json(text) })],
    "breaking request-parameter-type-changed: GET /pets",
  ],
  [
    "is a cookie of JSON with a property of another type",
    [{ name: "c", in: "cookie", content: json({ type: "object", properties: { a: text } }) }],
    [{ name: "c", in: "cookie", content: json({ type: "object", properties: { a: { type: "integer" } } }) }],
    "breaking request-parameter-property-type-changed: GET /pets",
  ],
  [
    "is a deep object that gains a property",
    [deep({ a: text })],
    [deep({ a: text, b: text })],
    "safe new-optional-request-parameter-property: GET /pets",
  ],
  ["is a deep object, for which explode means nothing", [deep({ a: text })], [deep({ a: text }, false)]],
  [
    "is joined with pipes, exploded, which repeats the name",
    [q({ style: "form", explode: true, schema: list })],
    [q({ style: "pipeDelimited", explode: true, schema: list })],
  ],
  [
    "may be a list or a text, and is joined with commas",
    [q({ schema: { type: ["array", "string"], items: text } })],
    [q({ explode: false, schema: { type: ["array", "string"], items: text } })],
    "breaking request-parameter-explode-changed: GET /pets",
  ],
  [
    "may be a text or null, which explode does not touch",
    [q({ schema: { type: ["string", "null"] } })],
    [q({ explode: false, schema: { type: ["string", "null"] } })],
  ],
]);
