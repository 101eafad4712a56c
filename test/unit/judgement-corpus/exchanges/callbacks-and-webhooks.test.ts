import { api, type Doc, done, json, judged, pet, writing } from "./judged.ts";

const must = { required: true };
const sent = (schema: Doc, more: Doc = {}): Doc => ({
  ...done,
  requestBody: { required: true, content: json(schema), ...more },
});
const head = (more: Doc = {}): Doc => ({ name: "X-Signature", in: "header", schema: { type: "string" }, ...more });
const less: Doc = { ...pet, required: [] };
const more: Doc = { ...pet, required: ["name", "age"] };
const state = (...values: string[]): Doc => ({
  type: "object",
  required: ["state"],
  properties: { state: { type: "string", enum: values } },
});

judged<Doc>("a callback", (callbacks) => writing({ callbacks }), [
  ["is new", {}, { born: { "{$request.body#/url}": { post: sent(pet) } } }, "safe callback-added: POST /pets"],
  ["is gone", { born: { "{$request.body#/url}": { post: sent(pet) } } }, {}, "breaking callback-removed: POST /pets"],
  [
    "is sent elsewhere",
    { born: { "{$request.body#/url}": { post: sent(pet) } } },
    { born: { "{$request.body#/hook}": { post: sent(pet) } } },
    "breaking callback-redirected: POST /pets",
  ],
  [
    "has another method",
    { born: { "{$request.body#/url}": { post: sent(pet) } } },
    { born: { "{$request.body#/url}": { put: sent(pet) } } },
    "breaking callback-method-changed: POST /pets",
  ],
  [
    "has another name",
    { born: { "{$request.body#/url}": { post: sent(pet) } } },
    { arrived: { "{$request.body#/url}": { post: sent(pet) } } },
  ],
  [
    "has one method more",
    { born: { "{$request.body#/url}": { post: sent(pet) } } },
    { born: { "{$request.body#/url}": { post: sent(pet), put: sent(pet) } } },
    "safe callback-method-added: POST /pets",
  ],
]);

judged<Doc>(
  "what a callback brings",
  (operation) => writing({ callbacks: { born: { "{$request.body#/url}": { post: operation } } } }),
  [
    ["promises less", sent(pet), sent(less), "breaking response-property-became-optional: POST /pets"],
    ["promises more", sent(pet), sent(more), "safe response-property-became-required: POST /pets"],
    [
      "may hold a value that nobody knows",
      sent(state("a")),
      sent(state("a", "b")),
      "breaking response-property-enum-value-added: POST /pets",
    ],
    [
      "never holds a value any more",
      sent(state("a", "b")),
      sent(state("a")),
      "safe response-property-enum-value-removed: POST /pets",
    ],
    ["has no body any more", sent(pet), done, "breaking webhook-payload-removed: POST /pets"],
    [
      "may come without its body",
      sent(pet),
      sent(pet, { required: false }),
      "breaking webhook-payload-became-optional: POST /pets",
    ],
    [
      "always has its body",
      sent(pet, { required: false }),
      sent(pet),
      "safe webhook-payload-became-required: POST /pets",
    ],
    [
      "comes in one more media type",
      sent(pet),
      { ...done, requestBody: { required: true, content: { ...json(pet), "application/xml": { schema: pet } } } },
      "breaking webhook-payload-media-type-added: POST /pets",
    ],
    [
      "has one header more",
      sent(pet),
      { ...sent(pet), parameters: [head(must)] },
      "safe webhook-parameter-added: POST /pets",
    ],
    [
      "has one header less, that was promised",
      { ...sent(pet), parameters: [head(must)] },
      sent(pet),
      "breaking webhook-required-parameter-removed: POST /pets",
    ],
    [
      "may be answered with one status less",
      { ...sent(pet), responses: { "200": { description: "a" }, "204": { description: "a" } } },
      { ...sent(pet), responses: { "204": { description: "a" } } },
      "breaking webhook-answer-status-removed: POST /pets",
    ],
    [
      "may be answered with one status more",
      { ...sent(pet), responses: { "204": { description: "a" } } },
      { ...sent(pet), responses: { "200": { description: "a" }, "204": { description: "a" } } },
      "safe webhook-answer-status-added: POST /pets",
    ],
    [
      "must be answered with more",
      { ...sent(pet), responses: { "200": { description: "a", content: json(pet) } } },
      { ...sent(pet), responses: { "200": { description: "a", content: json(more) } } },
      "breaking request-property-became-required: POST /pets",
    ],
    ["has another description", sent(pet), { ...sent(pet), description: "b" }],
  ],
);

const hook = (operation: Doc | undefined): Doc =>
  api({ "/pets": { get: done } }, { webhooks: { born: operation ? { post: operation } : {} } });

judged<Doc | undefined>("a webhook", hook, [
  ["is new", undefined, sent(pet), "safe webhook-added: POST born"],
  ["is gone", sent(pet), undefined, "breaking webhook-removed: POST born"],
  [
    "was deprecated, and is gone after its sunset",
    { ...sent(pet), deprecated: true, "x-sunset": "2025-01-01" },
    undefined,
    "safe webhook-removed-with-deprecation: POST born",
  ],
  ["is deprecated", sent(pet), { ...sent(pet), deprecated: true }, "safe endpoint-deprecated: POST born"],
  ["promises less", sent(pet), sent(less), "breaking response-property-became-optional: POST born"],
  ["promises more", sent(pet), sent(more), "safe response-property-became-required: POST born"],
  [
    "has one more property",
    sent(pet),
    sent({ ...pet, properties: { name: { type: "string" }, age: { type: "integer" }, colour: { type: "string" } } }),
    "safe response-optional-property-added: POST born",
  ],
  [
    "has one property less",
    sent(pet),
    sent({ ...pet, properties: { name: { type: "string" } } }),
    "risky response-optional-property-removed: POST born",
  ],
  [
    "may hold a value that nobody knows",
    sent(state("a")),
    sent(state("a", "b")),
    "breaking response-property-enum-value-added: POST born",
  ],
  [
    "may hold one value less",
    sent(state("a", "b")),
    sent(state("a")),
    "safe response-property-enum-value-removed: POST born",
  ],
  [
    "may come without its body",
    sent(pet),
    sent(pet, { required: false }),
    "breaking webhook-payload-became-optional: POST born",
  ],
  ["has no body any more", sent(pet), done, "breaking webhook-payload-removed: POST born"],
  ["has a body at last", done, sent(pet), "safe webhook-payload-added: POST born"],
  [
    "comes in another media type",
    sent(pet),
    { ...done, requestBody: { required: true, content: { "application/xml": { schema: pet } } } },
    "breaking webhook-payload-media-type-added: POST born",
    "safe webhook-payload-media-type-removed: POST born",
  ],
  [
    "must be answered with 202",
    { ...sent(pet), responses: { "200": { description: "a" } } },
    { ...sent(pet), responses: { "202": { description: "a" } } },
    "breaking webhook-answer-status-removed: POST born",
    "safe webhook-answer-status-added: POST born",
  ],
  [
    "is no longer signed",
    { ...sent(pet), parameters: [head(must)] },
    sent(pet),
    "breaking webhook-required-parameter-removed: POST born",
  ],
  ["is signed", sent(pet), { ...sent(pet), parameters: [head(must)] }, "safe webhook-parameter-added: POST born"],
  [
    "is signed sometimes only",
    { ...sent(pet), parameters: [head(must)] },
    { ...sent(pet), parameters: [head()] },
    "breaking webhook-parameter-became-optional: POST born",
  ],
  [
    "is signed in another header",
    { ...sent(pet), parameters: [head(must)] },
    { ...sent(pet), parameters: [head({ name: "X-Sign", required: true })] },
    "breaking webhook-parameter-renamed: POST born",
  ],
  [
    "has its header in other letters",
    { ...sent(pet), parameters: [head(must)] },
    { ...sent(pet), parameters: [head({ name: "x-signature", required: true })] },
  ],
  [
    "has another tag",
    { ...sent(pet), tags: ["a"] },
    { ...sent(pet), tags: ["a", "b"] },
    "safe api-tag-added: POST born",
  ],
  ["has another summary", sent(pet), { ...sent(pet), summary: "b" }],
]);

judged<Doc>("the name and method of a webhook", (webhooks) => api({}, { webhooks }), [
  [
    "has another name",
    { born: { post: sent(pet) } },
    { arrived: { post: sent(pet) } },
    "breaking webhook-removed: POST born",
    "safe webhook-added: POST arrived",
  ],
  [
    "has another method",
    { born: { post: sent(pet) } },
    { born: { put: sent(pet) } },
    "breaking webhook-removed: POST born",
    "safe webhook-added: PUT born",
  ],
]);
