import { type Doc, json, judged, pet, reading } from "./judged.ts";

const says = (content?: Doc): Doc => ({ description: "Answer", ...(content && { content }) });
const empty = says();

judged<Doc>("the answers of an operation", (responses) => reading({ responses }), [
  [
    "lose a success",
    { "200": empty, "202": empty },
    { "200": empty },
    "breaking response-success-status-removed: GET /pets",
  ],
  ["gain a success", { "200": empty }, { "200": empty, "202": empty }, "safe response-success-status-added: GET /pets"],
  [
    "succeed with 201 instead of 200",
    { "200": says(json(pet)) },
    { "201": says(json(pet)) },
    "breaking response-success-status-removed: GET /pets",
    "safe response-success-status-added: GET /pets",
  ],
  [
    "succeed with 204 instead of a body",
    { "200": says(json(pet)) },
    { "204": empty },
    "breaking response-success-status-removed: GET /pets",
    "safe response-success-status-added: GET /pets",
  ],
  [
    "lose an error",
    { "200": empty, "404": empty },
    { "200": empty },
    "safe response-non-success-status-removed: GET /pets",
  ],
  [
    "gain an error",
    { "200": empty },
    { "200": empty, "429": empty },
    "safe response-non-success-status-added: GET /pets",
  ],
  [
    "lose a redirect",
    { "200": empty, "302": empty },
    { "200": empty },
    "safe response-non-success-status-removed: GET /pets",
  ],
  [
    "gain a redirect",
    { "200": empty },
    { "200": empty, "302": empty },
    "safe response-non-success-status-added: GET /pets",
  ],
  [
    "lose the answer to everything else",
    { "200": empty, default: empty },
    { "200": empty },
    "safe response-non-success-status-removed: GET /pets",
  ],
  [
    "gain an answer to everything else",
    { "200": empty },
    { "200": empty, default: empty },
    "safe response-non-success-status-added: GET /pets",
  ],
  [
    "are any success instead of one",
    { "200": empty },
    { "2XX": empty },
    "safe response-success-status-generalized: GET /pets",
  ],
  [
    "are one success instead of any",
    { "2XX": empty },
    { "200": empty },
    "safe response-success-status-specialized: GET /pets",
  ],
  [
    "are any success, and one of them apart, with the same",
    { "2XX": empty },
    { "2XX": empty, "200": empty },
    "safe response-success-status-specialized: GET /pets",
  ],
  [
    "lose a success that the range still covers",
    { "2XX": empty, "200": empty },
    { "2XX": empty },
    "safe response-success-status-generalized: GET /pets",
  ],
  [
    "are any client error instead of one",
    { "200": empty, "404": empty },
    { "200": empty, "4XX": empty },
    "safe response-non-success-status-generalized: GET /pets",
  ],
  [
    "are all written as the answer to everything",
    { "200": says(json(pet)) },
    { default: says(json(pet)) },
    "breaking response-success-status-removed: GET /pets",
    "safe response-non-success-status-added: GET /pets",
    "2 causes",
  ],
  ["stand in another order", { "200": empty, "404": empty }, { "404": empty, "200": empty }],
  ["have another description", { "200": { description: "a" } }, { "200": { description: "b" } }],
  ["have a summary", { "200": { description: "a" } }, { "200": { description: "a", summary: "s" } }],
  ["have an extension", { "200": empty }, { "200": empty, "x-note": 1 }],
]);

judged<Doc>("the body of an answer", (answer) => reading({ responses: { "200": answer } }), [
  ["is gone", says(json(pet)), says(), "breaking response-media-type-removed: GET /pets"],
  [
    "is empty content instead of a media type",
    says(json(pet)),
    says({}),
    "breaking response-media-type-removed: GET /pets",
  ],
  ["is new", says(), says(json(pet)), "safe response-media-type-added: GET /pets"],
  [
    "loses a media type",
    says({ ...json(pet), "text/csv": {} }),
    says(json(pet)),
    "breaking response-media-type-removed: GET /pets",
  ],
  [
    "gains a media type",
    says(json(pet)),
    says({ ...json(pet), "text/csv": {} }),
    "safe response-media-type-added: GET /pets",
  ],
  [
    "is of another media type",
    says(json(pet)),
    says({ "application/xml": { schema: pet } }),
    "breaking response-media-type-removed: GET /pets",
    "safe response-media-type-added: GET /pets",
  ],
  [
    "is of a kind with a suffix",
    says(json(pet)),
    says({ "application/hal+json": { schema: pet } }),
    "safe response-media-type-name-specialized: GET /pets",
  ],
  [
    "is any of its kind",
    says(json(pet)),
    says({ "application/*": { schema: pet } }),
    "breaking response-media-type-name-generalized: GET /pets",
  ],
  [
    "is one of its kind only",
    says({ "application/*": { schema: pet } }),
    says(json(pet)),
    "safe response-media-type-name-specialized: GET /pets",
  ],
  ["is written in capitals", says(json(pet)), says({ "APPLICATION/JSON": { schema: pet } })],
  ["says its charset", says(json(pet)), says({ "application/json; charset=utf-8": { schema: pet } })],
  [
    "says another charset",
    says({ "text/csv; charset=utf-8": {} }),
    says({ "text/csv; charset=latin1": {} }),
    "breaking response-media-type-name-changed: GET /pets",
  ],
  [
    "has a schema at last",
    says({ "application/json": {} }),
    says(json(pet)),
    "safe response-body-media-type-schema-added: GET /pets",
  ],
  [
    "has another example",
    says({ "application/json": { schema: pet, example: 1 } }),
    says({ "application/json": { schema: pet, example: 2 } }),
  ],
]);

judged<Doc>(
  "the body of an answer of its own",
  (schema) => reading({ responses: { "200": says(json(pet)), "404": says(json(schema)), default: says(json(pet)) } }),
  [
    [
      "promises less in an error",
      pet,
      { ...pet, required: [] },
      "breaking response-property-became-optional: GET /pets",
    ],
  ],
);

judged<Doc>(
  "the body of the answer to everything else",
  (schema) => reading({ responses: { "200": says(json({ type: "string" })), default: says(json(schema)) } }),
  [["promises less", pet, { ...pet, required: [] }, "breaking response-property-became-optional: GET /pets"]],
);
