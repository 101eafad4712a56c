import { api, type Doc, done, json, judged, pet, writing } from "./judged.ts";

const text: Doc = { type: "string" };
const must = { required: true };
const less: Doc = { ...pet, required: [] };
const more: Doc = { ...pet, required: ["name", "age"] };
const ok = (content?: Doc, headers?: Doc): Doc => ({
  description: "a",
  ...(content && { content }),
  ...(headers && { headers }),
});
const answered = (answer: Doc): Doc => ({ responses: { "200": answer } });
const brings = (schema: Doc): Doc => ({ requestBody: { content: json(schema) } });

judged<Doc>(
  "two callbacks that change alike",
  (operation) =>
    writing({
      callbacks: {
        a: { "{$request.body#/u}": { post: { ...done, ...operation } } },
        b: { "{$request.body#/v}": { post: { ...done, ...operation } } },
      },
    }),
  [
    [
      "bring no payload any more",
      brings(pet),
      {},
      "breaking webhook-payload-removed: POST /pets",
      "breaking webhook-payload-removed: POST /pets",
      "2 causes",
    ],
    [
      "bring a header less",
      { parameters: [{ name: "X", in: "header", ...must, schema: text }] },
      {},
      "breaking webhook-required-parameter-removed: POST /pets",
      "breaking webhook-required-parameter-removed: POST /pets",
      "2 causes",
    ],
    [
      "are deprecated",
      {},
      { deprecated: true },
      "safe endpoint-deprecated: POST /pets",
      "safe endpoint-deprecated: POST /pets",
      "2 causes",
    ],
    [
      "must be answered otherwise",
      { responses: { "200": ok() } },
      { responses: { "202": ok() } },
      "breaking webhook-answer-status-removed: POST /pets",
      "breaking webhook-answer-status-removed: POST /pets",
      "safe webhook-answer-status-added: POST /pets",
      "safe webhook-answer-status-added: POST /pets",
      "2 causes",
    ],
    [
      "promise less",
      brings(pet),
      brings(less),
      "breaking response-property-became-optional: POST /pets",
      "breaking response-property-became-optional: POST /pets",
      "2 causes",
    ],
    ["have another operation id, which no client sees", { operationId: "x" }, { operationId: "y" }],
  ],
);

judged<Doc>(
  "a webhook by reference",
  (item) =>
    api({}, { webhooks: { born: { $ref: "#/components/pathItems/p" } }, components: { pathItems: { p: item } } }),
  [
    [
      "promises less",
      { post: { ...done, ...brings(pet) } },
      { post: { ...done, ...brings(less) } },
      "breaking response-property-became-optional: POST born",
    ],
  ],
);

judged<Doc>(
  "a webhook at its corners",
  (operation) => api({}, { webhooks: { born: { post: { ...done, ...operation } } } }),
  [
    [
      "must be answered with more",
      answered(ok(json(pet))),
      answered(ok(json(more))),
      "breaking request-property-became-required: POST born",
    ],
    [
      "may be answered as XML no longer",
      answered(ok({ ...json(pet), "application/xml": {} })),
      answered(ok(json(pet))),
      "breaking request-body-media-type-removed: POST born",
    ],
    [
      "may be answered as XML",
      answered(ok(json(pet))),
      answered(ok({ ...json(pet), "application/xml": {} })),
      "safe request-body-media-type-added: POST born",
    ],
    [
      "wants a header in the answer",
      answered(ok()),
      answered(ok(undefined, { "X-Ack": { ...must, schema: text } })),
      "breaking new-required-request-parameter: POST born",
    ],
    [
      "wants no header in the answer any more",
      answered(ok(undefined, { "X-Ack": { ...must, schema: text } })),
      answered(ok()),
      "breaking request-parameter-removed: POST born",
    ],
    [
      "wants no body in the answer any more",
      answered(ok(json(pet))),
      answered(ok()),
      "breaking request-body-media-type-removed: POST born",
    ],
    [
      "may be answered with any success",
      answered(ok()),
      { responses: { "2XX": ok() } },
      "safe webhook-answer-status-generalized: POST born",
    ],
    [
      "must be answered with one success",
      { responses: { "2XX": ok() } },
      answered(ok()),
      "breaking webhook-answer-status-specialized: POST born",
    ],
    [
      "writes its list otherwise",
      { parameters: [{ name: "a", in: "query", schema: { type: "array", items: text } }] },
      { parameters: [{ name: "a", in: "query", explode: false, schema: { type: "array", items: text } }] },
      "breaking webhook-parameter-writing-changed: POST born",
    ],
    [
      "has a header of another type",
      { parameters: [{ name: "a", in: "header", schema: { type: "integer" } }] },
      { parameters: [{ name: "a", in: "header", schema: text }] },
      "breaking response-header-type-changed: POST born",
    ],
    [
      "brings less, but was alpha",
      { "x-stability-level": "alpha", ...brings(pet) },
      { "x-stability-level": "alpha", ...brings(less) },
      "safe response-property-became-optional: POST born",
    ],
  ],
);
