import { api, type Doc, done, json, judged, swagger } from "./judged.ts";

const text: Doc = { type: "string" };
const must = { required: true };
const ok = (schema: Doc): Doc => ({ responses: { "200": { description: "a", schema } } });
const field = (name: string): Doc => ({ name, in: "formData", type: "string" });
const keyed: Doc = { securityDefinitions: { k: { type: "apiKey", in: "header", name: "k" } } };
const shared = (parameter: Doc): Doc => ({
  paths: { "/pets": { parameters: [{ name: "q", in: "query", type: "string", ...parameter }], get: done, put: done } },
});
const child = (parent: string, name: string, ...values: string[]): Doc => ({
  allOf: [
    { $ref: `#/definitions/${parent}` },
    { type: "object", properties: { [name]: { type: "string", enum: values } } },
  ],
});
const family = (...values: string[]): Doc => ({
  definitions: {
    A: { type: "object", discriminator: "k", required: ["k"], properties: { k: text } },
    B: child("A", "b", "x"),
    C: child("B", "c", ...values),
  },
});
const answersA = ok({ $ref: "#/definitions/A" });

judged<{ op?: Doc; doc?: Doc }>("a 2.0 document at its corners", ({ op, doc }) => swagger(op ?? {}, doc ?? {}), [
  ["has a base path with a slash at its end", { doc: { basePath: "/v1" } }, { doc: { basePath: "/v1/" } }],
  [
    "names its host at last",
    { doc: { host: undefined, schemes: undefined } },
    { doc: { host: "a.example.com", schemes: undefined } },
    "risky api-server-reference-changed: POST /pets",
  ],
  ["produces something else where nothing is answered", { doc: { produces: ["a/a"] } }, { doc: { produces: ["b/b"] } }],
  ["consumes something else where nothing is sent", { doc: { consumes: ["a/a"] } }, { doc: { consumes: ["b/b"] } }],
  [
    "answers a file instead of JSON",
    { op: ok(text) },
    { op: ok({ type: "file" }) },
    "breaking response-media-type-removed: POST /pets",
    "safe response-media-type-added: POST /pets",
  ],
  [
    "takes a field in the query instead of the form",
    { op: { parameters: [field("f"), field("g")] } },
    { op: { parameters: [{ name: "f", in: "query", type: "string" }, field("g")] } },
    "risky request-property-removed: POST /pets",
    "safe new-optional-request-parameter: POST /pets",
    "2 causes",
  ],
  [
    "takes its form as parts",
    { op: { consumes: ["application/x-www-form-urlencoded"], parameters: [field("f")] } },
    { op: { consumes: ["multipart/form-data"], parameters: [field("f")] } },
    "breaking request-body-media-type-removed: POST /pets",
    "safe request-body-media-type-added: POST /pets",
  ],
  [
    "asks all for a key",
    { doc: keyed },
    { doc: { ...keyed, security: [{ k: [] }] } },
    "breaking api-global-security-became-required: POST /pets",
  ],
  [
    "asks for a parameter at its path",
    { doc: shared({}) },
    { doc: shared(must) },
    "breaking request-parameter-became-required: GET /pets, PUT /pets",
  ],
  [
    "gives a child's child another value",
    { op: answersA, doc: family("x") },
    { op: answersA, doc: family("x", "y") },
    "breaking response-property-enum-value-added: POST /pets",
  ],
]);

const animals = (cat: Doc): Doc =>
  api(
    {
      "/pets": {
        get: { responses: { "200": { description: "a", content: json({ $ref: "#/components/schemas/Animal" }) } } },
      },
    },
    {
      components: {
        schemas: {
          Animal: {
            type: "object",
            discriminator: { propertyName: "kind" },
            required: ["kind"],
            properties: { kind: text },
          },
          Cat: { allOf: [{ $ref: "#/components/schemas/Animal" }, { type: "object", ...cat }] },
        },
      },
    },
  );

judged<Doc>("a child of a 3.1 parent, which no operation names", animals, [
  [
    "promises a property no longer",
    { required: ["a"], properties: { a: text } },
    { properties: { a: text } },
    "breaking response-property-became-optional: GET /pets",
  ],
  [
    "may hold another value",
    { properties: { a: { type: "string", enum: ["x"] } } },
    { properties: { a: { type: "string", enum: ["x", "y"] } } },
    "breaking response-property-enum-value-added: GET /pets",
  ],
]);

judged<Doc>(
  "a path item by reference",
  (item) =>
    api(
      { "/pets": { $ref: "#/components/pathItems/p" }, "/cats": { get: done } },
      { components: { pathItems: { p: item } } },
    ),
  [
    [
      "asks for a parameter",
      { get: done },
      { parameters: [{ name: "q", in: "query", ...must, schema: text }], get: done },
      "breaking new-required-request-parameter: GET /pets",
    ],
    [
      "has servers of its own",
      { get: done },
      { servers: [{ url: "https://b" }], get: done },
      "risky api-server-reference-changed: GET /pets",
    ],
  ],
);
