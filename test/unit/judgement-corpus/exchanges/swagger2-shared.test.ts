import { type Doc, judged, swagger } from "./judged.ts";

const pet: Doc = { type: "object", required: ["name"], properties: { name: { type: "string" } } };

const parts = (rest: Doc): Doc =>
  swagger(
    { parameters: [{ $ref: "#/parameters/q" }], responses: { "200": { $ref: "#/responses/ok" } } },
    {
      parameters: { q: { name: "q", in: "query", type: "string" } },
      responses: { ok: { description: "a", schema: pet } },
      ...rest,
    },
  );

judged<Doc>("a shared part of a 2.0 document", parts, [
  [
    "is a parameter that is required now",
    {},
    { parameters: { q: { name: "q", in: "query", type: "string", required: true } } },
    "breaking request-parameter-became-required: POST /pets",
  ],
  [
    "is an answer without a body",
    {},
    { responses: { ok: { description: "a" } } },
    "breaking response-media-type-removed: POST /pets",
  ],
  [
    "is an answer with a header more",
    {},
    { responses: { ok: { description: "a", schema: pet, headers: { "X-A": { type: "string" } } } } },
    "safe response-header-added: POST /pets",
  ],
]);

judged<Doc>(
  "a 2.0 answer's header",
  (header) => swagger({ responses: { "200": { description: "a", headers: { "X-A": header } } } }),
  [
    [
      "is of another type",
      { type: "string" },
      { type: "integer" },
      "breaking response-header-type-changed: POST /pets",
    ],
    [
      "joins its list with pipes",
      { type: "array", items: { type: "string" } },
      { type: "array", items: { type: "string" }, collectionFormat: "pipes" },
      "breaking response-header-style-changed: POST /pets",
    ],
  ],
);

judged<Doc>("a 2.0 security definition", (a) => swagger({ security: [{ a: [] }] }, { securityDefinitions: { a } }), [
  [
    "is a key instead of a password",
    { type: "basic" },
    { type: "apiKey", in: "header", name: "X-Key" },
    "breaking api-security-component-type-changed: POST /pets",
  ],
  [
    "has another flow",
    { type: "oauth2", flow: "implicit", authorizationUrl: "https://a.example.com", scopes: {} },
    {
      type: "oauth2",
      flow: "accessCode",
      authorizationUrl: "https://a.example.com",
      tokenUrl: "https://a.example.com/t",
      scopes: {},
    },
    "breaking api-security-component-oauth-flow-removed: POST /pets",
    "safe api-security-component-oauth-flow-added: POST /pets",
  ],
  [
    "has one scope less",
    { type: "oauth2", flow: "implicit", authorizationUrl: "https://a.example.com", scopes: { a: "a", b: "b" } },
    { type: "oauth2", flow: "implicit", authorizationUrl: "https://a.example.com", scopes: { a: "a" } },
    "breaking api-security-component-oauth-scope-removed: POST /pets",
  ],
]);

const zoo = (cat: Doc): Doc =>
  swagger(
    {
      parameters: [{ name: "b", in: "body", schema: { $ref: "#/definitions/Animal" } }],
      responses: { "200": { description: "a", schema: { $ref: "#/definitions/Animal" } } },
    },
    {
      definitions: {
        Animal: { type: "object", discriminator: "kind", required: ["kind"], properties: { kind: { type: "string" } } },
        Cat: { allOf: [{ $ref: "#/definitions/Animal" }, cat] },
      },
    },
  );
const lives = (more: Doc = {}): Doc => ({ type: "object", properties: { lives: { type: "integer" } }, ...more });

judged<Doc>("a child of a discriminated parent, which no operation names", zoo, [
  [
    "asks for a property",
    lives(),
    lives({ required: ["lives"] }),
    "breaking request-property-became-required: POST /pets",
    "safe response-property-became-required: POST /pets",
  ],
  [
    "promises a property no longer",
    lives({ required: ["lives"] }),
    lives(),
    "breaking response-property-became-optional: POST /pets",
    "safe request-property-became-optional: POST /pets",
  ],
  [
    "has a property of another type",
    lives(),
    lives({ properties: { lives: { type: "string" } } }),
    "breaking request-property-type-changed: POST /pets",
    "breaking response-property-type-changed: POST /pets",
  ],
  [
    "has one more property",
    lives(),
    lives({ properties: { lives: { type: "integer" }, fur: { type: "string" } } }),
    "safe new-optional-request-property: POST /pets",
    "safe response-optional-property-added: POST /pets",
  ],
]);

judged<Doc>(
  "the children of a discriminated parent",
  (more) =>
    swagger(
      { responses: { "200": { description: "a", schema: { $ref: "#/definitions/Animal" } } } },
      {
        definitions: {
          Animal: {
            type: "object",
            discriminator: "kind",
            required: ["kind"],
            properties: { kind: { type: "string" } },
          },
          Cat: { allOf: [{ $ref: "#/definitions/Animal" }, lives()] },
          ...more,
        },
      },
    ),
  [
    [
      "are one more in an answer",
      {},
      { Dog: { allOf: [{ $ref: "#/definitions/Animal" }, lives()] } },
      "risky response-body-discriminator-mapping-added: POST /pets",
    ],
    [
      "are one less in an answer",
      { Dog: { allOf: [{ $ref: "#/definitions/Animal" }, lives()] } },
      {},
      "safe response-body-discriminator-mapping-deleted: POST /pets",
    ],
  ],
);
