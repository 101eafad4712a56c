import { api, type Doc, done, json, judged, pet, writing } from "./judged.ts";

const body = (content: Doc, more: Doc = {}): Doc => ({ requestBody: { content, ...more } });
const must = { required: true };

judged<Doc>("a request body", writing, [
  ["is new and required", {}, body(json(pet), must), "breaking request-body-added-required: POST /pets"],
  ["is new and optional", {}, body(json(pet)), "safe request-body-added-optional: POST /pets"],
  ["is gone", body(json(pet), must), {}, "breaking request-body-removed: POST /pets"],
  ["is gone though it was optional", body(json(pet)), {}, "breaking request-body-removed: POST /pets"],
  ["is required now", body(json(pet)), body(json(pet), must), "breaking request-body-became-required: POST /pets"],
  ["is optional now", body(json(pet), must), body(json(pet)), "safe request-body-became-optional: POST /pets"],
  ["says that it is optional, as before", body(json(pet)), body(json(pet), { required: false })],
  ["has another description", body(json(pet), { description: "a" }), body(json(pet), { description: "b" })],
  [
    "has another example",
    body({ "application/json": { schema: pet, example: {} } }),
    body({ "application/json": { schema: pet, example: { name: "Rex" } } }),
  ],
]);

const form = (...required: string[]): Doc => ({
  schema: { type: "object", properties: { photo: { type: "string" } }, required },
});

judged<Doc>("a request body that is a form", writing, [
  [
    "is required now for a field that is",
    body({ "multipart/form-data": form() }),
    body({ "multipart/form-data": form("photo") }, must),
    "breaking request-property-became-required: POST /pets",
  ],
  [
    "is optional now though a field is required",
    body({ "multipart/form-data": form() }, must),
    body({ "multipart/form-data": form("photo") }),
    "breaking request-property-became-required: POST /pets",
    "safe request-body-became-optional: POST /pets",
    "2 causes",
  ],
  [
    "is required now, and may be written otherwise",
    body({ "multipart/form-data": form(), "text/plain": {} }),
    body({ "multipart/form-data": form("photo"), "text/plain": {} }, must),
    "breaking request-body-became-required: POST /pets",
    "breaking request-property-became-required: POST /pets",
    "2 causes",
  ],
]);

judged<Doc>("the media types of a request", (content) => writing(body(content, must)), [
  [
    "gains one",
    json(pet),
    { ...json(pet), "application/xml": { schema: pet } },
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "loses one",
    { ...json(pet), "application/xml": { schema: pet } },
    json(pet),
    "breaking request-body-media-type-removed: POST /pets",
  ],
  [
    "is another one",
    json(pet),
    { "application/xml": { schema: pet } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  ["is written in capitals", json(pet), { "Application/JSON": { schema: pet } }],
  ["names its charset with another case", { "text/plain; charset=utf-8": {} }, { "text/plain; charset=UTF-8": {} }],
  ["has a space less before its parameter", { "text/plain; charset=utf-8": {} }, { "text/plain;charset=utf-8": {} }],
  ["has its parameter in quotes", { "text/plain; charset=utf-8": {} }, { 'text/plain; charset="utf-8"': {} }],
  ["has its parameters in another order", { "a/b; x=1; y=2": {} }, { "a/b; y=2; x=1": {} }],
  [
    "is of another version",
    { "application/vnd.zoo+json; version=1": { schema: pet } },
    { "application/vnd.zoo+json; version=2": { schema: pet } },
    "breaking request-body-media-type-name-changed: POST /pets",
  ],
  [
    "asks for a version",
    { "application/vnd.zoo+json": { schema: pet } },
    { "application/vnd.zoo+json; version=2": { schema: pet } },
    "breaking request-body-media-type-name-specialized: POST /pets",
  ],
  [
    "asks for a version no longer",
    { "application/vnd.zoo+json; version=2": { schema: pet } },
    { "application/vnd.zoo+json": { schema: pet } },
    "safe request-body-media-type-name-generalized: POST /pets",
  ],
  [
    "is any of its kind",
    json(pet),
    { "application/*": { schema: pet } },
    "safe request-body-media-type-name-generalized: POST /pets",
  ],
  ["is anything", json(pet), { "*/*": { schema: pet } }, "safe request-body-media-type-name-generalized: POST /pets"],
  [
    "is one of its kind only",
    { "application/*": { schema: pet } },
    json(pet),
    "breaking request-body-media-type-name-specialized: POST /pets",
  ],
  [
    "was anything",
    { "*/*": { schema: pet } },
    json(pet),
    "breaking request-body-media-type-name-specialized: POST /pets",
  ],
  [
    "is one of another kind",
    { "image/*": { schema: pet } },
    { "text/*": { schema: pet } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "loses one that a range still takes",
    { "application/*": { schema: pet }, "application/json": { schema: pet } },
    { "application/*": { schema: pet } },
    "safe request-body-media-type-name-generalized: POST /pets",
  ],
  [
    "has a suffix",
    json(pet),
    { "application/hal+json": { schema: pet } },
    "breaking request-body-media-type-name-specialized: POST /pets",
  ],
  [
    "has another suffix",
    { "application/vnd.zoo+json": { schema: pet } },
    { "application/vnd.zoo+xml": { schema: pet } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "is of another vendor",
    { "application/vnd.a+json": { schema: pet } },
    { "application/vnd.b+json": { schema: pet } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "takes a form instead of parts",
    { "multipart/form-data": { schema: pet } },
    { "application/x-www-form-urlencoded": { schema: pet } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "has another example",
    { "application/json": { schema: pet, examples: { a: { value: {} } } } },
    { "application/json": { schema: pet, examples: { b: { value: {} } } } },
  ],
]);

judged<Doc>(
  "one request of two media types",
  (xml) => writing(body({ ...json(pet), "application/xml": { schema: xml } })),
  [
    [
      "asks for more in one of them",
      pet,
      { ...pet, required: ["name", "age"] },
      "breaking request-property-became-required: POST /pets",
    ],
  ],
);

judged<Doc>(
  "a request body of a method that has none by custom",
  (operation) => api({ "/pets": { get: { ...done, ...operation } } }),
  [["is required now", body(json(pet)), body(json(pet), must), "breaking request-body-became-required: GET /pets"]],
);
