import { api, type Doc, done, judged } from "./judged.ts";

const key = (name: string): Doc => ({ type: "apiKey", in: "header", name });
const login: Doc = { type: "http", scheme: "bearer" };
const asking = (...schemes: string[]): Doc => ({ ...done, security: schemes.map((scheme) => ({ [scheme]: [] })) });

judged<Doc>(
  "a security scheme that some operations use",
  (securitySchemes) =>
    api(
      { "/cats": { get: asking("a") }, "/dogs": { get: asking("b"), post: asking("a", "b") }, "/pets": { get: done } },
      { components: { securitySchemes } },
    ),
  [
    [
      "changes for its users",
      { a: key("x"), b: login },
      { a: key("y"), b: login },
      "breaking api-security-component-place-changed: GET /cats, POST /dogs",
    ],
    [
      "changes for the users of both",
      { a: key("x"), b: login },
      { a: login, b: key("x") },
      "2 causes",
      "breaking api-security-component-type-changed: GET /cats, POST /dogs",
      "breaking api-security-component-type-changed: GET /dogs, POST /dogs",
    ],
    [
      "goes while another one changes",
      { a: key("x"), b: login },
      { b: key("x") },
      "2 causes",
      "breaking api-security-component-type-changed: GET /dogs, POST /dogs",
      "safe api-security-component-removed: GET /cats, POST /dogs",
    ],
    [
      "comes for its users",
      { b: login },
      { a: key("x"), b: login },
      "safe api-security-component-added: GET /cats, POST /dogs",
    ],
  ],
);

judged<{ security: Doc[]; sent?: Doc }>(
  "what a document with callbacks asks for",
  ({ security, sent = {} }) =>
    api(
      {
        "/pets": { post: { ...done, callbacks: { born: { "{$request.body#/url}": { post: { ...done, ...sent } } } } } },
      },
      { components: { securitySchemes: { a: key("x"), b: login } }, security },
    ),
  [
    [
      "is more, which says nothing of the calls",
      { security: [{ a: [] }] },
      { security: [{ a: [], b: [] }] },
      "breaking api-global-security-removed: POST /pets",
      "safe api-global-security-added: POST /pets",
    ],
  ],
);

const linked = (links: Doc): Doc =>
  api({
    "/pets": { get: { operationId: "list", responses: { "200": { description: "Pets", links } } } },
    "/cats": { get: { ...done, operationId: "cats" } },
    "/dogs": { get: { ...done, operationId: "dogs" } },
  });

judged<Doc>("the links of an answer at their corners", linked, [
  [
    "have another name",
    { a: { operationId: "cats" } },
    { b: { operationId: "cats" } },
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
  ],
  [
    "have other names, each",
    { a: { operationId: "cats" }, b: { operationId: "dogs" } },
    { c: { operationId: "dogs" }, d: { operationId: "cats" } },
    "2 causes",
    "risky response-link-removed: GET /pets",
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
    "safe response-link-added: GET /pets",
  ],
  [
    "lead elsewhere under another name",
    { a: { operationId: "cats" } },
    { b: { operationId: "dogs" } },
    "2 causes",
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
  ],
  [
    "lead to another server under another name",
    { a: { operationId: "cats", server: { url: "https://a.example.com" } } },
    { b: { operationId: "cats", server: { url: "https://b.example.com" } } },
    "2 causes",
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
  ],
  [
    "lead elsewhere",
    { a: { operationId: "cats" } },
    { a: { operationId: "dogs" } },
    "risky response-link-changed: GET /pets",
  ],
  [
    "are two to one place, with other names",
    { a: { operationId: "cats" }, b: { operationId: "cats" } },
    { c: { operationId: "cats" }, d: { operationId: "cats" } },
    "4 causes",
    "risky response-link-removed: GET /pets",
    "risky response-link-removed: GET /pets",
    "safe response-link-added: GET /pets",
    "safe response-link-added: GET /pets",
  ],
]);

const variable = (value: string, ...values: string[]): Doc => ({
  default: value,
  ...(values.length > 0 && { enum: values }),
});
const served = (...servers: Doc[]): Doc =>
  api({ "/cats": { get: done }, "/pets": { get: done, servers: [{ url: "https://p.example.com" }] } }, { servers });

judged<Doc[]>("the servers of a document at their corners", (servers) => served(...servers), [
  [
    "have a variable of another name",
    [{ url: "https://{a}.example.com", variables: { a: variable("x") } }],
    [{ url: "https://{b}.example.com", variables: { b: variable("x") } }],
  ],
  [
    "have a variable of another name and value",
    [{ url: "https://{a}.example.com", variables: { a: variable("x") } }],
    [{ url: "https://{b}.example.com", variables: { b: variable("y") } }],
    "risky api-server-variable-default-changed: GET /cats",
  ],
  [
    "have variables that change each",
    [{ url: "https://{a}.example.com/{v}", variables: { a: variable("x"), v: variable("1") } }],
    [{ url: "https://{a}.example.com/{v}", variables: { a: variable("y"), v: variable("2") } }],
    "2 causes",
    "risky api-server-variable-default-changed: GET /cats",
    "risky api-server-variable-default-changed: GET /cats",
  ],
  [
    "have a variable with values in another order",
    [{ url: "https://{a}.example.com", variables: { a: variable("x", "x", "y") } }],
    [{ url: "https://{a}.example.com", variables: { a: variable("x", "y", "x") } }],
  ],
  [
    "have a variable with one value less",
    [{ url: "https://{a}.example.com", variables: { a: variable("x", "x", "y") } }],
    [{ url: "https://{a}.example.com", variables: { a: variable("x", "x") } }],
    "breaking api-server-variable-value-removed: GET /cats",
  ],
  [
    "have a variable that nothing describes any more",
    [{ url: "https://{a}.example.com", variables: { a: variable("x") } }],
    [{ url: "https://{a}.example.com" }],
  ],
  [
    "are two others",
    [{ url: "https://a.example.com" }, { url: "https://b.example.com" }],
    [{ url: "https://c.example.com" }, { url: "https://d.example.com" }],
    "4 causes",
    "breaking api-server-removed: GET /cats",
    "breaking api-server-removed: GET /cats",
    "safe api-server-added: GET /cats",
    "safe api-server-added: GET /cats",
  ],
  [
    "are one for two",
    [{ url: "https://a.example.com" }, { url: "https://b.example.com" }],
    [{ url: "https://c.example.com" }],
    "3 causes",
    "breaking api-server-removed: GET /cats",
    "breaking api-server-removed: GET /cats",
    "safe api-server-added: GET /cats",
  ],
  [
    "are another beside one that stays",
    [{ url: "https://a.example.com" }, { url: "https://b.example.com" }],
    [{ url: "https://a.example.com" }, { url: "https://c.example.com" }],
    "2 causes",
    "breaking api-server-removed: GET /cats",
    "safe api-server-added: GET /cats",
  ],
]);

judged<Doc>(
  "the servers of a path",
  (server) =>
    api(
      { "/cats": { get: done }, "/pets": { get: done, servers: [server] } },
      { servers: [{ url: "https://a.example.com" }] },
    ),
  [
    [
      "are elsewhere",
      { url: "https://b.example.com" },
      { url: "https://c.example.com" },
      "breaking api-server-changed: GET /pets",
    ],
    [
      "have another variable",
      { url: "https://{b}.example.com", variables: { b: variable("x") } },
      { url: "https://{b}.example.com", variables: { b: variable("y") } },
      "risky api-server-variable-default-changed: GET /pets",
    ],
  ],
);

const ref = (name: string): Doc => ({ $ref: `#/components/parameters/${name}` });
const parameters: Doc = {
  a: { name: "a", in: "query", schema: { type: "string" } },
  b: { name: "b", in: "header", schema: { type: "integer" } },
};
judged<{ path?: Doc[]; get?: Doc[]; post?: Doc[] }>(
  "a shared parameter",
  ({ path = [], get = [], post = [] }) =>
    api(
      { "/pets": { parameters: path, get: { ...done, parameters: get }, post: { ...done, parameters: post } } },
      { components: { parameters } },
    ),
  [
    [
      "is asked for on the path",
      {},
      { path: [ref("a")] },
      "safe new-optional-request-parameter: GET /pets, POST /pets",
    ],
    [
      "is asked for in both operations",
      {},
      { get: [ref("a")], post: [ref("a")] },
      "safe new-optional-request-parameter: GET /pets, POST /pets",
    ],
    ["is asked for in one operation", {}, { get: [ref("a")] }, "safe new-optional-request-parameter: GET /pets"],
    [
      "and another go from the path",
      { path: [ref("a"), ref("b")] },
      {},
      "2 causes",
      "breaking request-parameter-removed: GET /pets, POST /pets",
      "breaking request-parameter-removed: GET /pets, POST /pets",
    ],
    [
      "is no longer asked for in one operation",
      { get: [ref("a")], post: [ref("a")] },
      { post: [ref("a")] },
      "breaking request-parameter-removed: GET /pets",
    ],
  ],
);
