import { api, type Doc, done, judged } from "./judged.ts";

const using = (scheme: Doc): Doc =>
  api(
    {
      "/cats": { get: { ...done, security: [{ a: [] }] } },
      "/pets": { get: { ...done, security: [{ a: [] }] }, post: done },
    },
    { components: { securitySchemes: { a: scheme } } },
  );
const users = "GET /cats, GET /pets";
const apiKey = (more: Doc = {}): Doc => ({ type: "apiKey", in: "header", name: "X-Key", ...more });
const flow = { tokenUrl: "https://a.example.com/token", scopes: { read: "r", write: "w" } };
const codeFlow = { authorizationUrl: "https://a.example.com/auth", ...flow };
const oauth = (flows: Doc): Doc => ({ type: "oauth2", flows });

judged<Doc>("a security scheme", using, [
  [
    "is a token instead of a key",
    apiKey(),
    { type: "http", scheme: "bearer" },
    `breaking api-security-component-type-changed: ${users}`,
  ],
  [
    "is a key in the query",
    apiKey(),
    apiKey({ in: "query" }),
    `breaking api-security-component-place-changed: ${users}`,
  ],
  [
    "is a key in a cookie",
    apiKey(),
    apiKey({ in: "cookie" }),
    `breaking api-security-component-place-changed: ${users}`,
  ],
  [
    "is a key of another name",
    apiKey(),
    apiKey({ name: "X-Api-Key" }),
    `breaking api-security-component-place-changed: ${users}`,
  ],
  ["is a key whose header is in other letters", apiKey(), apiKey({ name: "x-key" })],
  [
    "is a key whose query parameter is in other letters",
    apiKey({ in: "query" }),
    apiKey({ in: "query", name: "x-key" }),
    `breaking api-security-component-place-changed: ${users}`,
  ],
  [
    "is a password instead of a token",
    { type: "http", scheme: "bearer" },
    { type: "http", scheme: "basic" },
    `breaking api-security-component-type-changed: ${users}`,
  ],
  ["is a token, in other letters", { type: "http", scheme: "bearer" }, { type: "http", scheme: "Bearer" }],
  [
    "is a token of another format",
    { type: "http", scheme: "bearer", bearerFormat: "JWT" },
    { type: "http", scheme: "bearer", bearerFormat: "opaque" },
    `risky api-security-component-bearer-format-changed: ${users}`,
  ],
  [
    "is a token of a said format",
    { type: "http", scheme: "bearer" },
    { type: "http", scheme: "bearer", bearerFormat: "JWT" },
    `safe api-security-component-bearer-format-added: ${users}`,
  ],
  [
    "is a certificate instead of a key",
    apiKey(),
    { type: "mutualTLS" },
    `breaking api-security-component-type-changed: ${users}`,
  ],
  ["has another description", apiKey(), apiKey({ description: "b" })],
  [
    "loses a flow",
    oauth({ clientCredentials: flow, password: flow }),
    oauth({ clientCredentials: flow }),
    `breaking api-security-component-oauth-flow-removed: ${users}`,
  ],
  [
    "gains a flow",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: flow, password: flow }),
    `safe api-security-component-oauth-flow-added: ${users}`,
  ],
  [
    "has another flow",
    oauth({ password: flow }),
    oauth({ clientCredentials: flow }),
    `breaking api-security-component-oauth-flow-removed: ${users}`,
    `safe api-security-component-oauth-flow-added: ${users}`,
  ],
  [
    "gives its tokens elsewhere",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: { ...flow, tokenUrl: "https://b.example.com/token" } }),
    `breaking api-security-component-oauth-token-url-changed: ${users}`,
  ],
  [
    "asks its users elsewhere",
    oauth({ authorizationCode: codeFlow }),
    oauth({ authorizationCode: { ...codeFlow, authorizationUrl: "https://b.example.com/auth" } }),
    `breaking api-security-component-oauth-url-changed: ${users}`,
  ],
  [
    "refreshes its tokens elsewhere",
    oauth({ clientCredentials: { ...flow, refreshUrl: "https://a.example.com/r" } }),
    oauth({ clientCredentials: { ...flow, refreshUrl: "https://b.example.com/r" } }),
    `breaking api-security-component-oauth-refresh-url-changed: ${users}`,
  ],
  [
    "has a place to refresh its tokens",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: { ...flow, refreshUrl: "https://b.example.com/r" } }),
    `safe api-security-component-oauth-refresh-url-added: ${users}`,
  ],
  [
    "refreshes its tokens no longer",
    oauth({ clientCredentials: { ...flow, refreshUrl: "https://a.example.com/r" } }),
    oauth({ clientCredentials: flow }),
    `breaking api-security-component-oauth-refresh-url-removed: ${users}`,
  ],
  [
    "has one scope less",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: { ...flow, scopes: { read: "r" } } }),
    `breaking api-security-component-oauth-scope-removed: ${users}`,
  ],
  [
    "has one scope more",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: { ...flow, scopes: { ...flow.scopes, admin: "a" } } }),
    `safe api-security-component-oauth-scope-added: ${users}`,
  ],
  [
    "describes a scope in other words",
    oauth({ clientCredentials: flow }),
    oauth({ clientCredentials: { ...flow, scopes: { read: "R", write: "w" } } }),
  ],
  [
    "gives the tokens of both flows elsewhere",
    oauth({ clientCredentials: flow, password: flow }),
    oauth({ clientCredentials: { ...flow, tokenUrl: "/t" }, password: { ...flow, tokenUrl: "/t" } }),
    `breaking api-security-component-oauth-token-url-changed: ${users}`,
    `breaking api-security-component-oauth-token-url-changed: ${users}`,
  ],
  [
    "loses a scope in both flows",
    oauth({ clientCredentials: flow, password: flow }),
    oauth({ clientCredentials: { ...flow, scopes: { read: "r" } }, password: { ...flow, scopes: { read: "r" } } }),
    `breaking api-security-component-oauth-scope-removed: ${users}`,
    `breaking api-security-component-oauth-scope-removed: ${users}`,
  ],
  [
    "is discovered elsewhere",
    { type: "openIdConnect", openIdConnectUrl: "https://a.example.com/c" },
    { type: "openIdConnect", openIdConnectUrl: "https://b.example.com/c" },
    `breaking api-security-component-open-id-url-changed: ${users}`,
  ],
]);

judged<Doc>(
  "a security scheme that nobody asks for",
  (securitySchemes) => api({ "/pets": { get: done } }, { components: { securitySchemes } }),
  [
    ["is gone", { a: apiKey() }, {}, "safe api-security-component-removed:"],
    ["is new", {}, { a: apiKey() }, "safe api-security-component-added:"],
    [
      "is of another type",
      { a: apiKey() },
      { a: { type: "http", scheme: "basic" } },
      "safe api-security-component-unused-changed:",
    ],
  ],
);

judged<string>(
  "the name of a security scheme",
  (name) =>
    api(
      { "/pets": { get: { ...done, security: [{ [name]: [] }] } } },
      { components: { securitySchemes: { [name]: apiKey() } } },
    ),
  [["is another one", "a", "b"]],
);
