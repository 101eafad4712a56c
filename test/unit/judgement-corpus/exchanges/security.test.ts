import { api, type Doc, done, judged, type Parts } from "./judged.ts";

const schemes: Doc = {
  key: { type: "apiKey", in: "header", name: "X-Key" },
  login: { type: "http", scheme: "bearer" },
  oauth: {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://a.example.com/token", scopes: { read: "r", write: "w" } } },
  },
};
const withSecurity = (security: Doc[] | undefined, own?: Doc[]): Doc =>
  api(
    { "/cats": { get: done }, "/pets": { get: { ...done, ...(own && { security: own }) }, post: done } },
    { components: { securitySchemes: schemes }, ...(security && { security }) },
  );
const key = { key: [] };
const login = { login: [] };
const all = "GET /cats, GET /pets, POST /pets";

judged<Doc[] | undefined>("what the whole document asks for", (security) => withSecurity(security), [
  ["is a credential at last", undefined, [key], `breaking api-global-security-became-required: ${all}`],
  ["is nothing any more", [key], undefined, `safe api-global-security-became-optional: ${all}`],
  ["is nothing any more, said with an empty list", [key], [], `safe api-global-security-became-optional: ${all}`],
  ["is an empty list instead of nothing", undefined, []],
  [
    "is another credential",
    [key],
    [login],
    `breaking api-global-security-removed: ${all}`,
    `safe api-global-security-added: ${all}`,
  ],
  ["is one of two credentials", [key], [key, login], `safe api-global-security-added: ${all}`],
  ["is one credential instead of one of two", [key, login], [key], `breaking api-global-security-removed: ${all}`],
  [
    "is two credentials together",
    [key],
    [{ key: [], login: [] }],
    `breaking api-global-security-removed: ${all}`,
    `safe api-global-security-added: ${all}`,
  ],
  [
    "is one of two credentials that were needed together",
    [{ key: [], login: [] }],
    [key],
    `safe api-global-security-added: ${all}`,
  ],
  ["may be left out", [key], [key, {}], `safe api-global-security-became-optional: ${all}`],
  ["may be left out no longer", [key, {}], [key], `breaking api-global-security-became-required: ${all}`],
  ["is written in another order", [key, login], [login, key]],
  ["is written twice", [key], [key, key]],
  [
    "has a richer alternative, which nobody needs",
    [key],
    [key, { key: [], login: [] }],
    `safe api-global-security-added: ${all}`,
  ],
  [
    "has a richer alternative no longer, which nobody needed",
    [key, { key: [], login: [] }],
    [key],
    `safe api-global-security-redundant-removed: ${all}`,
  ],
  [
    "asks for one more scope",
    [{ oauth: ["read"] }],
    [{ oauth: ["read", "write"] }],
    `breaking api-global-security-scope-added: ${all}`,
  ],
  [
    "asks for one scope less",
    [{ oauth: ["read", "write"] }],
    [{ oauth: ["read"] }],
    `safe api-global-security-scope-removed: ${all}`,
  ],
  [
    "asks for another scope",
    [{ oauth: ["read"] }],
    [{ oauth: ["write"] }],
    `breaking api-global-security-scope-added: ${all}`,
    `safe api-global-security-scope-removed: ${all}`,
  ],
  ["names its scopes in another order", [{ oauth: ["read", "write"] }], [{ oauth: ["write", "read"] }]],
]);

judged<Doc[]>(
  "what the whole document asks for, where one operation says its own",
  (security) => withSecurity(security, [login]),
  [
    [
      "touches only the others",
      [key],
      [login],
      "breaking api-global-security-removed: GET /cats, POST /pets",
      "safe api-global-security-added: GET /cats, POST /pets",
    ],
  ],
);

judged<Doc[] | undefined>("what one operation asks for", (own) => withSecurity([key], own), [
  ["is what all ask for", undefined, [key]],
  ["is nothing", undefined, [], "safe api-security-became-optional: GET /pets"],
  ["is what all ask for, instead of nothing", [], undefined, "breaking api-security-became-required: GET /pets"],
  ["is optional", undefined, [key, {}], "safe api-security-became-optional: GET /pets"],
  ["is optional no longer", [key, {}], [key], "breaking api-security-became-required: GET /pets"],
  [
    "is another credential than all ask for",
    undefined,
    [login],
    "breaking api-security-removed: GET /pets",
    "safe api-security-added: GET /pets",
  ],
  [
    "is one more credential",
    [key],
    [{ key: [], login: [] }],
    "breaking api-security-removed: GET /pets",
    "safe api-security-added: GET /pets",
  ],
  ["is one of two", [key], [key, login], "safe api-security-added: GET /pets"],
  ["is one instead of one of two", [key, login], [login], "breaking api-security-removed: GET /pets"],
  [
    "is one more scope",
    [{ oauth: ["read"] }],
    [{ oauth: ["read", "write"] }],
    "breaking api-security-scope-added: GET /pets",
  ],
  [
    "is one scope less",
    [{ oauth: ["read", "write"] }],
    [{ oauth: ["read"] }],
    "safe api-security-scope-removed: GET /pets",
  ],
  ["has scopes at last", [{ oauth: [] }], [{ oauth: ["read"] }], "breaking api-security-scope-added: GET /pets"],
]);

judged<Parts>(
  "where a credential is asked for",
  (parts) =>
    api(
      { "/pets": { get: { ...done, ...parts.operation } } },
      { components: { securitySchemes: schemes }, ...parts.document },
    ),
  [
    [
      "is at the operation instead of at the document",
      { document: { security: [key] } },
      { operation: { security: [key] } },
    ],
  ],
);
