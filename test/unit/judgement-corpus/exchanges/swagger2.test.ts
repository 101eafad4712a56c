import { type Doc, judged, type Parts, swagger } from "./judged.ts";

const pet: Doc = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
const must = { required: true };

judged<Doc>("a 2.0 document", (rest) => swagger({}, rest), [
  ["has another host", {}, { host: "b.example.com" }, "breaking api-server-changed: POST /pets"],
  ["has a base path", {}, { basePath: "/v1" }, "breaking api-server-changed: POST /pets"],
  ["has another base path", { basePath: "/v1" }, { basePath: "/v2" }, "breaking api-server-changed: POST /pets"],
  ["says the base path of every document", {}, { basePath: "/" }],
  ["has one scheme more", {}, { schemes: ["https", "http"] }, "safe api-server-added: POST /pets"],
  [
    "has one scheme less",
    { schemes: ["https", "http"] },
    { schemes: ["https"] },
    "breaking api-server-removed: POST /pets",
  ],
  ["has its schemes in another order", { schemes: ["https", "http"] }, { schemes: ["http", "https"] }],
  ["says other tags", {}, { tags: [{ name: "a" }] }],
  ["loses a definition that nobody uses", { definitions: { Pet: pet } }, {}, "safe api-schema-removed:"],
]);

const body = (more: Doc = {}): Doc => ({ name: "pet", in: "body", schema: pet, ...more });

judged<Parts>(
  "what a 2.0 operation takes and gives",
  (parts) =>
    swagger(
      { parameters: [body()], responses: { "200": { description: "a", schema: pet } }, ...parts.operation },
      parts.document,
    ),
  [
    [
      "takes another media type everywhere",
      { document: { consumes: ["application/json"] } },
      { document: { consumes: ["application/xml"] } },
      "breaking request-body-media-type-removed: POST /pets",
      "safe request-body-media-type-added: POST /pets",
    ],
    [
      "takes one media type less everywhere",
      { document: { consumes: ["application/json", "application/xml"] } },
      { document: { consumes: ["application/json"] } },
      "breaking request-body-media-type-removed: POST /pets",
    ],
    [
      "takes one media type less itself",
      { operation: { consumes: ["application/json", "application/xml"] } },
      { operation: { consumes: ["application/json"] } },
      "breaking request-body-media-type-removed: POST /pets",
    ],
    [
      "gives one media type less everywhere",
      { document: { produces: ["application/json", "application/xml"] } },
      { document: { produces: ["application/json"] } },
      "breaking response-media-type-removed: POST /pets",
    ],
    [
      "gives one media type more itself",
      { operation: { produces: ["application/json"] } },
      { operation: { produces: ["application/json", "application/xml"] } },
      "safe response-media-type-added: POST /pets",
    ],
    [
      "says itself what all say",
      { document: { produces: ["application/json"] } },
      { document: { produces: ["application/json"] }, operation: { produces: ["application/json"] } },
    ],
    [
      "says something else than all",
      { document: { produces: ["application/json"] } },
      { document: { produces: ["application/json"] }, operation: { produces: ["text/csv"] } },
      "breaking response-media-type-removed: POST /pets",
      "safe response-media-type-added: POST /pets",
    ],
    [
      "is written over by itself, so all may change",
      { document: { produces: ["application/json"] }, operation: { produces: ["text/csv"] } },
      { document: { produces: ["application/xml"] }, operation: { produces: ["text/csv"] } },
    ],
    ["is deprecated", {}, { operation: { deprecated: true } }, "safe endpoint-deprecated: POST /pets"],
    [
      "has fewer schemes itself",
      { document: { schemes: ["https", "http"] }, operation: { schemes: ["https", "http"] } },
      { document: { schemes: ["https", "http"] }, operation: { schemes: ["https"] } },
      "breaking api-server-removed: POST /pets",
    ],
    [
      "gives no body any more",
      {},
      { operation: { responses: { "200": { description: "a" } } } },
      "breaking response-media-type-removed: POST /pets",
    ],
    [
      "has another example of its answer",
      {},
      { operation: { responses: { "200": { description: "a", schema: pet, examples: { "application/json": {} } } } } },
    ],
  ],
);

const field = (more: Doc = {}): Doc => ({ name: "f", in: "formData", type: "string", ...more });
const query = (more: Doc = {}): Doc => ({ name: "q", in: "query", type: "array", items: { type: "string" }, ...more });

judged<Doc[]>("the parameters of a 2.0 operation", (parameters) => swagger({ parameters }), [
  ["have a body that is required now", [body()], [body(must)], "breaking request-body-became-required: POST /pets"],
  ["have a body at last", [], [body()], "safe request-body-added-optional: POST /pets"],
  ["have a body at last, required", [], [body(must)], "breaking request-body-added-required: POST /pets"],
  ["have a body no longer", [body()], [], "breaking request-body-removed: POST /pets"],
  ["have a body of another name, which is not sent", [body()], [body({ name: "animal" })]],
  [
    "have a field at last, required",
    [field({ name: "g" })],
    [field({ name: "g" }), field(must)],
    "breaking new-required-request-property: POST /pets",
  ],
  [
    "have a field that is required now",
    [field(), field({ name: "g" })],
    [field(must), field({ name: "g" })],
    "breaking request-property-became-required: POST /pets",
  ],
  [
    "have a file instead of a text",
    [field({ name: "g", type: "file" }), field()],
    [field({ name: "g", type: "file" }), field({ type: "file" })],
    "breaking request-property-type-specialized: POST /pets",
  ],
  [
    "have a body of fields instead of JSON",
    [body()],
    [field({ name: "name", required: true })],
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "repeat the name instead of commas",
    [query()],
    [query({ collectionFormat: "multi" })],
    "breaking request-parameter-explode-changed: POST /pets",
  ],
  [
    "join with pipes instead of commas",
    [query()],
    [query({ collectionFormat: "pipes" })],
    "breaking request-parameter-style-changed: POST /pets",
  ],
  [
    "join with tabs instead of commas",
    [query()],
    [query({ collectionFormat: "tsv" })],
    "breaking request-parameter-style-changed: POST /pets",
  ],
  [
    "join with spaces instead of pipes",
    [query({ collectionFormat: "pipes" })],
    [query({ collectionFormat: "ssv" })],
    "breaking request-parameter-style-changed: POST /pets",
  ],
  ["say the commas aloud", [query()], [query({ collectionFormat: "csv" })]],
  [
    "join the list of a header with pipes",
    [query({ in: "header" })],
    [query({ in: "header", collectionFormat: "pipes" })],
    "breaking request-parameter-style-changed: POST /pets",
  ],
  [
    "join the list of a field with pipes",
    [field({ type: "array", items: { type: "string" } })],
    [field({ type: "array", items: { type: "string" }, collectionFormat: "pipes" })],
    "breaking request-body-part-style-changed: POST /pets",
  ],
  [
    "join a list inside a list with pipes",
    [query({ items: { type: "array", items: { type: "string" } } })],
    [query({ items: { type: "array", items: { type: "string" }, collectionFormat: "pipes" } })],
    "breaking request-parameter-style-changed: POST /pets",
  ],
  [
    "may be empty no longer",
    [query({ allowEmptyValue: true })],
    [query()],
    "breaking request-parameter-empty-value-disallowed: POST /pets",
  ],
  ["are required now", [query()], [query(must)], "breaking request-parameter-became-required: POST /pets"],
  [
    "may be null",
    [body({ schema: pet })],
    [body({ schema: { ...pet, "x-nullable": true } })],
    "safe request-body-became-nullable: POST /pets",
  ],
]);
