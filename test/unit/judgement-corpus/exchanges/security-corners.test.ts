import { api, type Doc, done, judged } from "./judged.ts";

const securitySchemes: Doc = {
  key: { type: "apiKey", in: "header", name: "k" },
  o: { type: "oauth2", flows: { password: { tokenUrl: "/t", scopes: { a: "a", b: "b" } } } },
};

judged<{ all?: Doc[]; own?: Doc[] }>(
  "shared security at its corners",
  ({ all, own }) =>
    api(
      { "/cats": { get: { ...done, ...(own && { security: own }) } }, "/pets": { get: done } },
      { components: { securitySchemes }, ...(all && { security: all }) },
    ),
  [
    [
      "is written out at an operation that had it anyway",
      { all: [{ key: [] }] },
      { all: [{ key: [] }], own: [{ key: [] }] },
    ],
    [
      "is one of two scopes instead of both",
      { all: [{ o: ["a", "b"] }] },
      { all: [{ o: ["a"] }, { o: ["b"] }] },
      "safe api-global-security-added: GET /cats, GET /pets",
    ],
    [
      "is another scope as an alternative",
      { all: [{ o: ["a"] }] },
      { all: [{ o: ["a"] }, { o: ["b"] }] },
      "safe api-global-security-added: GET /cats, GET /pets",
    ],
    [
      "is no alternative scope any more",
      { all: [{ o: ["a"] }, { o: ["b"] }] },
      { all: [{ o: ["a"] }] },
      "breaking api-global-security-removed: GET /cats, GET /pets",
    ],
    [
      "is optional instead of none",
      { all: [] },
      { all: [{ key: [] }, {}] },
      "safe api-global-security-added: GET /cats, GET /pets",
    ],
    [
      "is none instead of optional",
      { all: [{ key: [] }, {}] },
      { all: [] },
      "safe api-global-security-redundant-removed: GET /cats, GET /pets",
    ],
    ["is the empty alternative, which is none", { all: [] }, { all: [{}] }],
    [
      "loses a way that nobody needs",
      { all: [{ key: [] }, { o: [] }, {}] },
      { all: [{ key: [] }, {}] },
      "safe api-global-security-redundant-removed: GET /cats, GET /pets",
    ],
  ],
);

judged<{ doc?: Doc[]; op?: Doc[] }>(
  "servers at their corners",
  ({ doc, op }) => api({ "/pets": { get: { ...done, ...(op && { servers: op }) } } }, doc ? { servers: doc } : {}),
  [
    [
      "are those of the document, when the operation's own are gone",
      { doc: [{ url: "https://a" }], op: [{ url: "https://b" }] },
      { doc: [{ url: "https://a" }] },
      "breaking api-server-changed: GET /pets",
    ],
    [
      "are an empty list, which is as if the operation said nothing",
      { doc: [{ url: "https://a" }] },
      { doc: [{ url: "https://a" }], op: [] },
    ],
    [
      "have a variable where its value stood",
      { doc: [{ url: "https://eu.a" }] },
      { doc: [{ url: "https://{r}.a", variables: { r: { default: "eu", enum: ["eu", "us"] } } }] },
      "safe api-server-added: GET /pets",
    ],
    [
      "have a longer path",
      { doc: [{ url: "https://a/x" }] },
      { doc: [{ url: "https://a/x/y" }] },
      "breaking api-server-changed: GET /pets",
    ],
    [
      "are two others instead of one",
      { doc: [{ url: "https://a" }] },
      { doc: [{ url: "https://b" }, { url: "https://c" }] },
      "breaking api-server-removed: GET /pets",
      "safe api-server-added: GET /pets",
      "safe api-server-added: GET /pets",
      "3 causes",
    ],
    [
      "are relative and have a longer path",
      { doc: [{ url: "/v1" }] },
      { doc: [{ url: "/v1/api" }] },
      "breaking api-server-changed: GET /pets",
    ],
    [
      "are relative to another place",
      { doc: [{ url: "/v1" }] },
      { doc: [{ url: "v1" }] },
      "breaking api-server-changed: GET /pets",
    ],
    [
      "leave the scheme open",
      { doc: [{ url: "https://a/v1" }] },
      { doc: [{ url: "//a/v1" }] },
      "risky api-server-reference-changed: GET /pets",
    ],
  ],
);
