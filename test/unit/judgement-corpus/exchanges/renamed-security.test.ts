import { api, type Doc, done, judged } from "./judged.ts";

const key: Doc = { type: "apiKey", in: "header", name: "k" };
const cookie: Doc = { type: "apiKey", in: "cookie", name: "c" };
const login: Doc = { type: "http", scheme: "bearer" };

judged<{ schemes: Doc; security: Doc[] }>(
  "a security scheme under another name",
  ({ schemes, security }) =>
    api(
      { "/cats": { get: { ...done, security } }, "/pets": { get: done } },
      { components: { securitySchemes: schemes } },
    ),
  [
    ["is what it was", { schemes: { a: key }, security: [{ a: [] }] }, { schemes: { z: key }, security: [{ z: [] }] }],
    [
      "is what it was beside another, whichever comes first",
      { schemes: { a: key, b: login }, security: [{ a: [], b: [] }] },
      { schemes: { z: key, b: login }, security: [{ b: [], z: [] }] },
    ],
    [
      "is what it was as one of two alternatives",
      { schemes: { a: key, b: login }, security: [{ a: [] }, { b: [] }] },
      { schemes: { z: key, b: login }, security: [{ z: [] }, { b: [] }] },
    ],
    [
      "is what it was where all three have other names",
      { schemes: { a: key, b: login, c: cookie }, security: [{ a: [] }, { b: [], c: [] }] },
      { schemes: { z: key, y: login, x: cookie }, security: [{ x: [], y: [] }, { z: [] }] },
    ],
    [
      "is asked for with one more",
      { schemes: { a: key, b: login }, security: [{ a: [] }] },
      { schemes: { z: key, b: login }, security: [{ b: [], z: [] }] },
      "breaking api-security-removed: GET /cats",
      "safe api-security-added: GET /cats",
    ],
    [
      "is no alternative any more",
      { schemes: { a: key, b: login }, security: [{ a: [] }, { b: [] }] },
      { schemes: { z: key, b: login }, security: [{ b: [] }] },
      "breaking api-security-removed: GET /cats",
    ],
  ],
);
