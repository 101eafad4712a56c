import { type Doc, json, judged, pet } from "./judged.ts";

const done: Doc = { responses: { "204": { description: "Done" } } };
const api32 = (paths: Doc, rest: Doc = {}): Doc => ({
  openapi: "3.2.0",
  info: { title: "Zoo", version: "1" },
  paths,
  ...rest,
});

judged<Doc>("the operations of a 3.2 path", (item) => api32({ "/pets": { get: done, ...item } }), [
  ["lose QUERY", { query: done }, {}, "breaking api-removed-without-deprecation: QUERY /pets"],
  ["gain QUERY", {}, { query: done }, "safe endpoint-added: QUERY /pets"],
  [
    "lose a method of one's own",
    { additionalOperations: { COPY: done } },
    {},
    "breaking api-removed-without-deprecation: COPY /pets",
  ],
  ["gain a method of one's own", {}, { additionalOperations: { COPY: done } }, "safe endpoint-added: COPY /pets"],
  [
    "ask for a body in a method of one's own",
    { additionalOperations: { COPY: done } },
    { additionalOperations: { COPY: { ...done, requestBody: { required: true, content: json(pet) } } } },
    "breaking request-body-added-required: COPY /pets",
  ],
  [
    "write a method of one's own in other letters, which is another method",
    { additionalOperations: { COPY: done } },
    { additionalOperations: { Copy: done } },
    "breaking api-removed-without-deprecation: COPY /pets",
    "safe endpoint-added: Copy /pets",
    "2 causes",
  ],
]);

const text: Doc = { type: "string" };
const whole = (schema: Doc, mediaType = "application/x-www-form-urlencoded"): Doc => ({
  name: "q",
  in: "querystring",
  content: { [mediaType]: { schema } },
});
const map: Doc = { type: "object", properties: { a: text } };

judged<Doc[]>("the whole query string", (parameters) => api32({ "/pets": { get: { ...done, parameters } } }), [
  [
    "asks for a property",
    [whole(map)],
    [whole({ ...map, required: ["a"] })],
    "breaking request-parameter-property-became-required: GET /pets",
  ],
  [
    "is JSON instead of a form",
    [whole(map)],
    [whole(map, "application/json")],
    "breaking request-parameter-media-type-changed: GET /pets",
  ],
  ["has another name, which is not sent", [whole(map)], [{ ...whole(map), name: "filter" }]],
  [
    "is required now",
    [whole(map)],
    [{ ...whole(map), required: true }],
    "breaking request-parameter-became-required: GET /pets",
  ],
  ["is new and optional", [], [whole(map)], "safe new-optional-request-parameter: GET /pets"],
  ["is gone", [whole(map)], [], "breaking request-parameter-removed: GET /pets"],
]);

judged<Doc[]>("a 3.2 cookie", (parameters) => api32({ "/pets": { get: { ...done, parameters } } }), [
  [
    "is written as browsers do",
    [{ name: "c", in: "cookie", schema: { type: "array", items: text } }],
    [{ name: "c", in: "cookie", style: "cookie", schema: { type: "array", items: text } }],
    "breaking request-parameter-style-changed: GET /pets",
  ],
]);

const stream = (media: Doc): Doc =>
  api32({ "/pets": { get: { responses: { "200": { description: "a", content: { "application/jsonl": media } } } } } });

judged<Doc>("the items of a stream", stream, [
  [
    "promise less",
    { itemSchema: pet },
    { itemSchema: { ...pet, required: [] } },
    "breaking response-property-became-optional: GET /pets",
  ],
  [
    "promise more",
    { itemSchema: { ...pet, required: [] } },
    { itemSchema: pet },
    "safe response-property-became-required: GET /pets",
  ],
  ["are of another type", { itemSchema: pet }, { itemSchema: text }, "breaking response-body-type-changed: GET /pets"],
]);

const feed = (media: Doc): Doc =>
  api32({ "/pets": { post: { ...done, requestBody: { content: { "multipart/mixed": media } } } } });
const parts: Doc = { type: "array", prefixItems: [text, text], items: text };

judged<Doc>("the parts of a list", feed, [
  [
    "are of another media type each",
    { schema: parts, itemEncoding: { contentType: "image/png" } },
    { schema: parts, itemEncoding: { contentType: "image/jpeg" } },
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "are of another media type at one place",
    { schema: parts, prefixEncoding: [{ contentType: "image/png" }, { contentType: "text/plain" }] },
    { schema: parts, prefixEncoding: [{ contentType: "image/png" }, { contentType: "text/csv" }] },
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "take one media type more each",
    { schema: parts, itemEncoding: { contentType: "image/png" } },
    { schema: parts, itemEncoding: { contentType: "image/png, image/jpeg" } },
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "ask for more in each of a stream",
    { itemSchema: pet },
    { itemSchema: { ...pet, required: ["name", "age"] } },
    "breaking request-property-became-required: POST /pets",
  ],
]);

const secured = (a: Doc): Doc =>
  api32({ "/pets": { get: { ...done, security: [{ a: [] }] } } }, { components: { securitySchemes: { a } } });
const flow = { tokenUrl: "https://a.example.com/t", scopes: {} };
const device = { ...flow, deviceAuthorizationUrl: "https://a.example.com/d" };

judged<Doc>("a 3.2 security scheme", secured, [
  [
    "has the flow of devices",
    { type: "oauth2", flows: { clientCredentials: flow } },
    { type: "oauth2", flows: { clientCredentials: flow, deviceAuthorization: device } },
    "safe api-security-component-oauth-flow-added: GET /pets",
  ],
  [
    "has the flow of devices no longer",
    { type: "oauth2", flows: { clientCredentials: flow, deviceAuthorization: device } },
    { type: "oauth2", flows: { clientCredentials: flow } },
    "breaking api-security-component-oauth-flow-removed: GET /pets",
  ],
  [
    "asks for devices elsewhere",
    { type: "oauth2", flows: { deviceAuthorization: device } },
    {
      type: "oauth2",
      flows: { deviceAuthorization: { ...device, deviceAuthorizationUrl: "https://b.example.com/d" } },
    },
    "breaking api-security-component-oauth-device-url-changed: GET /pets",
  ],
  [
    "is deprecated",
    { type: "oauth2", flows: { clientCredentials: flow } },
    { type: "oauth2", deprecated: true, flows: { clientCredentials: flow } },
    "safe api-security-component-deprecated: GET /pets",
  ],
  [
    "says where its metadata are",
    { type: "oauth2", flows: { clientCredentials: flow } },
    { type: "oauth2", oauth2MetadataUrl: "https://a.example.com/m", flows: { clientCredentials: flow } },
  ],
]);

judged<Doc>(
  "a shared media type",
  (mediaTypes) =>
    api32(
      {
        "/pets": {
          post: { ...done, requestBody: { content: { "application/json": { $ref: "#/components/mediaTypes/pet" } } } },
        },
      },
      { components: { mediaTypes } },
    ),
  [
    [
      "asks for more",
      { pet: { schema: pet } },
      { pet: { schema: { ...pet, required: ["name", "age"] } } },
      "breaking request-property-became-required: POST /pets",
    ],
  ],
);

judged<Doc>("words about a 3.2 document", (more) => api32({ "/pets": { get: { ...done, tags: ["a"] } } }, more), [
  ["nests its tags", { tags: [{ name: "a" }] }, { tags: [{ name: "b" }, { name: "a", parent: "b", kind: "nav" }] }],
  ["says its own address", {}, { $self: "https://a.example.com/openapi.json" }],
  ["names its server", { servers: [{ url: "/v1" }] }, { servers: [{ url: "/v1", name: "live" }] }],
]);

judged<string>("the version of the specification", (openapi) => ({ ...api32({ "/pets": { get: done } }), openapi }), [
  ["is 3.2 instead of 3.1", "3.1.0", "3.2.0"],
  ["is 3.1 instead of 3.0", "3.0.3", "3.1.0"],
]);
