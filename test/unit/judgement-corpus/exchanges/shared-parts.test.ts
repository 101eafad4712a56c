import { api, type Doc, done, json, judged, type Parts, pet } from "./judged.ts";

const must = { required: true };
const ref = (kind: string, name: string): Doc => ({ $ref: `#/components/${kind}/${name}` });
const all = "GET /cats, GET /pets";
const withParts =
  (operation: Doc) =>
  (components: Doc): Doc =>
    api({ "/cats": { get: { ...done, ...operation } }, "/pets": { get: { ...done, ...operation } } }, { components });
const text = { schema: { type: "string" } };

judged<Doc>("a parameter that two operations share", withParts({ parameters: [ref("parameters", "q")] }), [
  [
    "is required now",
    { parameters: { q: { name: "q", in: "query", ...text } } },
    { parameters: { q: { name: "q", in: "query", ...must, ...text } } },
    `breaking request-parameter-became-required: ${all}`,
  ],
  [
    "has another name",
    { parameters: { q: { name: "q", in: "query", ...text } } },
    { parameters: { q: { name: "search", in: "query", ...text } } },
    `breaking request-parameter-renamed: ${all}`,
  ],
  [
    "is of another type",
    { parameters: { q: { name: "q", in: "query", ...text } } },
    { parameters: { q: { name: "q", in: "query", schema: { type: "integer" } } } },
    `breaking request-parameter-type-changed: ${all}`,
  ],
  [
    "is written in another style",
    { parameters: { q: { name: "q", in: "query", schema: { type: "array", items: {} } } } },
    { parameters: { q: { name: "q", in: "query", explode: false, schema: { type: "array", items: {} } } } },
    `breaking request-parameter-explode-changed: ${all}`,
  ],
  [
    "moves to a header",
    { parameters: { q: { name: "q", in: "query", ...text } } },
    { parameters: { q: { name: "q", in: "header", ...text } } },
    `breaking request-parameter-moved: ${all}`,
  ],
]);

judged<Doc>("a request body that two operations share", withParts({ requestBody: ref("requestBodies", "pet") }), [
  [
    "is required now",
    { requestBodies: { pet: { content: json(pet) } } },
    { requestBodies: { pet: { ...must, content: json(pet) } } },
    `breaking request-body-became-required: ${all}`,
  ],
  [
    "loses a media type",
    { requestBodies: { pet: { content: { ...json(pet), "text/csv": {} } } } },
    { requestBodies: { pet: { content: json(pet) } } },
    `breaking request-body-media-type-removed: ${all}`,
  ],
]);

judged<Doc>("an answer that two operations share", withParts({ responses: { "200": ref("responses", "pet") } }), [
  [
    "has no body any more",
    { responses: { pet: { description: "a", content: json(pet) } } },
    { responses: { pet: { description: "a" } } },
    `breaking response-media-type-removed: ${all}`,
  ],
  [
    "loses a media type",
    { responses: { pet: { description: "a", content: { ...json(pet), "text/csv": {} } } } },
    { responses: { pet: { description: "a", content: json(pet) } } },
    `breaking response-media-type-removed: ${all}`,
  ],
  [
    "promises a header no longer",
    { responses: { pet: { description: "a", headers: { "X-A": { ...must, ...text } } } } },
    { responses: { pet: { description: "a", headers: { "X-A": text } } } },
    `breaking response-header-became-optional: ${all}`,
  ],
  [
    "loses a link",
    { responses: { pet: { description: "a", links: { l: { operationId: "x" } } } } },
    { responses: { pet: { description: "a" } } },
    `risky response-link-removed: ${all}`,
  ],
]);

judged<Doc>(
  "a header that two answers share",
  withParts({ responses: { "200": { description: "a", headers: { "X-A": ref("headers", "a") } } } }),
  [
    [
      "is of another type",
      { headers: { a: text } },
      { headers: { a: { schema: { type: "integer" } } } },
      `breaking response-header-type-changed: ${all}`,
    ],
    [
      "is promised no longer",
      { headers: { a: { ...must, ...text } } },
      { headers: { a: text } },
      `breaking response-header-became-optional: ${all}`,
    ],
  ],
);

judged<Doc>(
  "a header that two statuses of one operation share",
  (a) =>
    api(
      {
        "/pets": {
          get: {
            responses: {
              "200": { description: "a", headers: { "X-A": ref("headers", "a") } },
              "404": { description: "a", headers: { "X-A": ref("headers", "a") } },
            },
          },
        },
      },
      { components: { headers: { a } } },
    ),
  [["is promised no longer", { ...must, ...text }, text, "breaking response-header-became-optional: GET /pets"]],
);

judged<Doc>("a callback that two operations share", withParts({ callbacks: { born: ref("callbacks", "born") } }), [
  [
    "promises less",
    {
      callbacks: {
        born: { "{$request.body#/u}": { post: { ...done, requestBody: { ...must, content: json(pet) } } } },
      },
    },
    { callbacks: { born: { "{$request.body#/u}": { post: { ...done, requestBody: { content: json(pet) } } } } } },
    `breaking webhook-payload-became-optional: ${all}`,
  ],
  [
    "is sent elsewhere",
    { callbacks: { born: { "{$request.body#/u}": { post: done } } } },
    { callbacks: { born: { "{$request.body#/v}": { post: done } } } },
    `breaking callback-redirected: ${all}`,
  ],
]);

judged<Doc>(
  "a link that two answers share",
  withParts({ responses: { "200": { description: "a", links: { l: ref("links", "l") } } } }),
  [
    [
      "leads elsewhere",
      { links: { l: { operationId: "x" } } },
      { links: { l: { operationId: "y" } } },
      `risky response-link-changed: ${all}`,
    ],
  ],
);

judged<Doc>(
  "a path item that two paths share",
  (item) =>
    api(
      { "/cats": ref("pathItems", "list"), "/pets": ref("pathItems", "list") },
      { components: { pathItems: { list: item } } },
    ),
  [
    [
      "loses an operation",
      { get: done, post: done },
      { get: done },
      "breaking api-removed-without-deprecation: POST /cats, POST /pets",
    ],
    [
      "asks for a parameter",
      { get: done },
      { get: { ...done, parameters: [{ name: "q", in: "query", ...must, ...text }] } },
      `breaking new-required-request-parameter: ${all}`,
    ],
  ],
);

judged<Parts>(
  "where a part is written",
  (parts) => ({
    ...api({ "/pets": { get: { ...done, ...parts.operation } } }),
    components: parts.components ?? {},
  }),
  [
    [
      "is a component instead of in place",
      { operation: { parameters: [{ name: "q", in: "query", ...text }] } },
      {
        operation: { parameters: [ref("parameters", "q")] },
        components: { parameters: { q: { name: "q", in: "query", ...text } } },
      },
    ],
    [
      "is a component of another name",
      {
        operation: { parameters: [ref("parameters", "p")] },
        components: { parameters: { p: { name: "q", in: "query", ...text } } },
      },
      {
        operation: { parameters: [ref("parameters", "q")] },
        components: { parameters: { q: { name: "q", in: "query", ...text } } },
      },
    ],
    [
      "is reached by way of another component",
      {
        operation: { requestBody: ref("requestBodies", "a") },
        components: { requestBodies: { a: { content: json(pet) } } },
      },
      {
        operation: { requestBody: ref("requestBodies", "b") },
        components: { requestBodies: { b: ref("requestBodies", "a"), a: { content: json(pet) } } },
      },
    ],
  ],
);

judged<Doc>("a component that nobody uses", (components) => api({ "/pets": { get: done } }, { components }), [
  ["is gone: a parameter", { parameters: { q: { name: "q", in: "query", ...text } } }, {}],
  ["is gone: an answer", { responses: { pet: { description: "a" } } }, {}],
  ["is gone: a request body", { requestBodies: { pet: { content: json(pet) } } }, {}],
  ["is gone: a header", { headers: { a: text } }, {}],
  ["is gone: an example", { examples: { a: { value: 1 } } }, {}],
  [
    "is required now: a parameter",
    { parameters: { q: { name: "q", in: "query", ...text } } },
    { parameters: { q: { name: "q", in: "query", ...must, ...text } } },
  ],
]);
