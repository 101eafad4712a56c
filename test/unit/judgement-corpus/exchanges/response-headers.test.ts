import { type Doc, json, judged, reading } from "./judged.ts";

const must = { required: true };
const number = { schema: { type: "integer" } };

judged<Doc>(
  "the headers of an answer",
  (headers) => reading({ responses: { "200": { description: "Answer", headers } } }),
  [
    [
      "lose one that was promised",
      { "X-Total": { ...must, ...number } },
      {},
      "breaking required-response-header-removed: GET /pets",
    ],
    ["lose one that could be there", { "X-Total": number }, {}, "risky optional-response-header-removed: GET /pets"],
    ["gain one", {}, { "X-Total": number }, "safe response-header-added: GET /pets"],
    [
      "promise one no longer",
      { "X-Total": { ...must, ...number } },
      { "X-Total": number },
      "breaking response-header-became-optional: GET /pets",
    ],
    [
      "promise one",
      { "X-Total": number },
      { "X-Total": { ...must, ...number } },
      "safe response-header-became-required: GET /pets",
    ],
    ["are written in other letters", { "X-Total": number }, { "x-total": number }],
    ["have the header Content-Type, which the specification ignores", {}, { "Content-Type": { ...must, ...number } }],
    ["lose the header content-type, which the specification ignores", { "content-type": { ...must, ...number } }, {}],
    [
      "are of another type",
      { "X-Total": number },
      { "X-Total": { schema: { type: "string" } } },
      "breaking response-header-type-changed: GET /pets",
    ],
    [
      "are of a wider type",
      { "X-Total": number },
      { "X-Total": { schema: { type: "number" } } },
      "breaking response-header-type-generalized: GET /pets",
    ],
    [
      "have another name",
      { "X-Total": number },
      { "X-Count": number },
      "risky optional-response-header-removed: GET /pets",
      "safe response-header-added: GET /pets",
    ],
    ["have another description", { "X-Total": number }, { "X-Total": { ...number, description: "b" } }],
    [
      "are deprecated",
      { "X-Total": number },
      { "X-Total": { ...number, deprecated: true } },
      "safe response-header-deprecated: GET /pets",
    ],
    [
      "are gone after their sunset",
      { "X-Total": { ...number, ...must, deprecated: true, "x-sunset": "2025-01-01" } },
      {},
      "safe response-header-removed-with-deprecation: GET /pets",
    ],
    [
      "explode an object",
      { "X-Map": { schema: { type: "object", properties: { a: { type: "string" } } } } },
      { "X-Map": { explode: true, schema: { type: "object", properties: { a: { type: "string" } } } } },
      "breaking response-header-explode-changed: GET /pets",
    ],
    [
      "explode a list, which is the same",
      { "X-List": { schema: { type: "array", items: { type: "string" } } } },
      { "X-List": { explode: true, schema: { type: "array", items: { type: "string" } } } },
    ],
    [
      "hold JSON instead of their style",
      { "X-Map": { schema: { type: "object" } } },
      { "X-Map": { content: json({ type: "object" }) } },
      "breaking response-header-media-type-changed: GET /pets",
    ],
    [
      "hold XML instead of JSON",
      { "X-Map": { content: json({ type: "object" }) } },
      { "X-Map": { content: { "application/xml": { schema: { type: "object" } } } } },
      "breaking response-header-media-type-changed: GET /pets",
    ],
    [
      "hold JSON of another type",
      { "X-Map": { content: json({ type: "object" }) } },
      { "X-Map": { content: json({ type: "string" }) } },
      "breaking response-header-type-changed: GET /pets",
    ],
  ],
);

judged<Doc>(
  "the headers of an error",
  (headers) =>
    reading({ responses: { "200": { description: "Answer" }, "429": { description: "Slow down", headers } } }),
  [
    [
      "lose one that was promised",
      { "Retry-After": { ...must, ...number } },
      {},
      "breaking required-response-header-removed: GET /pets",
    ],
  ],
);

const link = { operationId: "readPet", parameters: { id: "$response.body#/id" } };

judged<Doc>("the links of an answer", (links) => reading({ responses: { "200": { description: "Answer", links } } }), [
  ["gain one", {}, { next: link }, "safe response-link-added: GET /pets"],
  ["lose one", { next: link }, {}, "risky response-link-removed: GET /pets"],
  [
    "lead elsewhere",
    { next: link },
    { next: { ...link, operationId: "readCat" } },
    "risky response-link-changed: GET /pets",
  ],
  [
    "take another value",
    { next: link },
    { next: { ...link, parameters: { id: "$response.body#/key" } } },
    "risky response-link-changed: GET /pets",
  ],
  [
    "take one value more",
    { next: link },
    { next: { ...link, parameters: { ...link.parameters, q: "1" } } },
    "risky response-link-changed: GET /pets",
  ],
  [
    "send a body",
    { next: link },
    { next: { ...link, requestBody: "$request.body" } },
    "risky response-link-changed: GET /pets",
  ],
  [
    "lead to another server",
    { next: link },
    { next: { ...link, server: { url: "https://b.example.com" } } },
    "risky response-link-changed: GET /pets",
  ],
  ["have another description", { next: { ...link, description: "a" } }, { next: { ...link, description: "b" } }],
  [
    "have another name",
    { next: link },
    { following: link },
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
  ],
]);
