import { type Doc, json, judged, pet, reading, writing } from "./judged.ts";

const text: Doc = { type: "string" };
const less: Doc = { ...pet, required: [] };
const ok = (content?: Doc, headers?: Doc): Doc => ({
  description: "a",
  ...(content && { content }),
  ...(headers && { headers }),
});

judged<Doc>("the answers at their corners", (responses) => reading({ responses }), [
  [
    "promise less in one of two statuses",
    { "200": ok(json(pet)), "201": ok(json(pet)) },
    { "200": ok(json(pet)), "201": ok(json(less)) },
    "breaking response-property-became-optional: GET /pets",
  ],
  [
    "cover a status by a range that promises less",
    { "200": ok(json(pet)) },
    { "2XX": ok(json(less)) },
    "breaking response-property-became-optional: GET /pets",
    "safe response-success-status-generalized: GET /pets",
    "2 causes",
  ],
  [
    "name a status of a range, and promise more",
    { "2XX": ok(json(less)) },
    { "200": ok(json(pet)) },
    "safe response-success-status-specialized: GET /pets",
    "safe response-property-became-required: GET /pets",
    "2 causes",
  ],
  [
    "split a range in two",
    { "2XX": ok(json(pet)) },
    { "200": ok(json(pet)), "201": ok(json(pet)) },
    "safe response-success-status-specialized: GET /pets",
    "safe response-success-status-specialized: GET /pets",
    "2 causes",
  ],
  ["write their range in other letters", { "4xx": ok(), "200": ok() }, { "4XX": ok(), "200": ok() }],
  [
    "have another error instead of one",
    { "200": ok(), "404": ok() },
    { "200": ok(), "410": ok() },
    "safe response-non-success-status-removed: GET /pets",
    "safe response-non-success-status-added: GET /pets",
  ],
  [
    "redirect instead of answering",
    { "200": ok(json(pet)) },
    { "302": ok() },
    "breaking response-success-status-removed: GET /pets",
    "safe response-non-success-status-added: GET /pets",
    "2 causes",
  ],
  [
    "are any server error instead of one",
    { "200": ok(), "500": ok() },
    { "200": ok(), "5XX": ok() },
    "safe response-non-success-status-generalized: GET /pets",
  ],
  [
    "lose the only success",
    { "200": ok(), default: ok() },
    { default: ok() },
    "breaking response-success-status-removed: GET /pets",
  ],
  [
    "describe a header at last",
    { "200": ok(undefined, { "X-A": { description: "a" } }) },
    { "200": ok(undefined, { "X-A": { description: "a", schema: text } }) },
    "safe response-header-schema-added: GET /pets",
  ],
  [
    "describe a header no longer",
    { "200": ok(undefined, { "X-A": { schema: text } }) },
    { "200": ok(undefined, { "X-A": {} }) },
    "risky response-header-schema-removed: GET /pets",
  ],
  [
    "describe a body no longer",
    { "200": ok(json(pet)) },
    { "200": ok({ "application/json": {} }) },
    "risky response-body-media-type-schema-removed: GET /pets",
  ],
  [
    "lose two media types",
    { "200": ok({ "a/a": {}, "b/b": {}, "c/c": {} }) },
    { "200": ok({ "a/a": {} }) },
    "breaking response-media-type-removed: GET /pets",
    "breaking response-media-type-removed: GET /pets",
    "2 causes",
  ],
]);

judged<Doc>("the media types of a request at their corners", (content) => writing({ requestBody: { content } }), [
  [
    "take any JSON instead of one with a suffix",
    { "application/problem+json": {} },
    { "application/json": {} },
    "safe request-body-media-type-name-generalized: POST /pets",
  ],
  [
    "are two of a range instead of all",
    { "image/*": {} },
    { "image/png": {}, "image/gif": {} },
    "breaking request-body-media-type-name-specialized: POST /pets",
    "breaking request-body-media-type-name-specialized: POST /pets",
    "2 causes",
  ],
  ["are none any more", { "a/a": {} }, {}, "breaking request-body-media-type-removed: POST /pets"],
]);
