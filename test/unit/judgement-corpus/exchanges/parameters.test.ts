import { api, type Doc, done, judged, reading } from "./judged.ts";

const text: Doc = { type: "string" };
const inQuery = (name: string, more: Doc = {}): Doc => ({ name, in: "query", schema: text, ...more });
const inHeader = (name: string, more: Doc = {}): Doc => ({ name, in: "header", schema: text, ...more });
const inCookie = (name: string, more: Doc = {}): Doc => ({ name, in: "cookie", schema: text, ...more });
const reader = (parameters: Doc[]): Doc => reading({ parameters });
const must = { required: true };

judged<Doc[]>("a parameter", reader, [
  ["is new and required", [], [inQuery("q", must)], "breaking new-required-request-parameter: GET /pets"],
  ["is new and optional", [], [inQuery("q")], "safe new-optional-request-parameter: GET /pets"],
  [
    "is new, required, and has a default that no client sends",
    [],
    [inQuery("q", { required: true, schema: { type: "string", default: "a" } })],
    "breaking new-required-request-parameter: GET /pets",
  ],
  ["is a new header, required", [], [inHeader("X-Tenant", must)], "breaking new-required-request-parameter: GET /pets"],
  ["is a new cookie, required", [], [inCookie("session", must)], "breaking new-required-request-parameter: GET /pets"],
  ["is a new cookie, optional", [], [inCookie("theme")], "safe new-optional-request-parameter: GET /pets"],
  ["is required now", [inQuery("q")], [inQuery("q", must)], "breaking request-parameter-became-required: GET /pets"],
  [
    "is required now, as a header",
    [inHeader("X-Tenant")],
    [inHeader("X-Tenant", must)],
    "breaking request-parameter-became-required: GET /pets",
  ],
  [
    "is required now, as a cookie",
    [inCookie("session")],
    [inCookie("session", must)],
    "breaking request-parameter-became-required: GET /pets",
  ],
  ["is optional now", [inQuery("q", must)], [inQuery("q")], "safe request-parameter-became-optional: GET /pets"],
  ["says that it is optional, as before", [inQuery("q")], [inQuery("q", { required: false })]],
  ["is gone", [inQuery("q")], [], "breaking request-parameter-removed: GET /pets"],
  ["is gone though it was required", [inQuery("q", must)], [], "breaking request-parameter-removed: GET /pets"],
  [
    "is gone after its sunset",
    [inQuery("q", { deprecated: true, "x-sunset": "2025-12-01" })],
    [],
    "safe request-parameter-removed-with-deprecation: GET /pets",
  ],
  [
    "is gone before its sunset",
    [inQuery("q", { deprecated: true, "x-sunset": "2026-12-01" })],
    [],
    "breaking request-parameter-removed-before-sunset: GET /pets",
  ],
  [
    "is gone, deprecated, without a sunset",
    [inQuery("q", { deprecated: true })],
    [],
    "risky deprecated-request-parameter-removed-without-sunset: GET /pets",
  ],
  [
    "is deprecated",
    [inQuery("q")],
    [inQuery("q", { deprecated: true })],
    "safe request-parameter-deprecated: GET /pets",
  ],
  [
    "is no longer deprecated",
    [inQuery("q", { deprecated: true })],
    [inQuery("q")],
    "safe request-parameter-reactivated: GET /pets",
  ],
  [
    "has an earlier sunset",
    [inQuery("q", { deprecated: true, "x-sunset": "2027-12-01" })],
    [inQuery("q", { deprecated: true, "x-sunset": "2027-01-01" })],
    "breaking request-parameter-sunset-date-changed-too-small: GET /pets",
  ],
  [
    "lost its sunset",
    [inQuery("q", { deprecated: true, "x-sunset": "2027-12-01" })],
    [inQuery("q", { deprecated: true })],
    "risky request-parameter-sunset-deleted: GET /pets",
  ],
  [
    "moves from the query to a header",
    [inQuery("q", must)],
    [inHeader("q", must)],
    "breaking request-parameter-moved: GET /pets",
  ],
  ["moves from the query to a cookie", [inQuery("q")], [inCookie("q")], "breaking request-parameter-moved: GET /pets"],
  ["moves from a header to the query", [inHeader("q")], [inQuery("q")], "breaking request-parameter-moved: GET /pets"],
  [
    "has another name in the query",
    [inQuery("limit")],
    [inQuery("pageSize")],
    "breaking request-parameter-renamed: GET /pets",
  ],
  [
    "has another name, and is required",
    [inQuery("limit", must)],
    [inQuery("pageSize", must)],
    "breaking request-parameter-renamed: GET /pets",
  ],
  [
    "has its name in other letters in the query",
    [inQuery("pageSize", must)],
    [inQuery("pagesize", must)],
    "breaking request-parameter-renamed: GET /pets",
  ],
  ["has its name in other letters as a header", [inHeader("X-Request-ID", must)], [inHeader("x-request-id", must)]],
  [
    "has its name in other letters as a cookie",
    [inCookie("Session", must)],
    [inCookie("session", must)],
    "breaking request-parameter-renamed: GET /pets",
  ],
  ["stands elsewhere in the list", [inQuery("a"), inQuery("b")], [inQuery("b"), inQuery("a")]],
  [
    "has the name of another one in another place",
    [inQuery("id")],
    [inQuery("id"), inHeader("id")],
    "safe new-optional-request-parameter: GET /pets",
  ],
  ["has another description", [inQuery("q", { description: "a" })], [inQuery("q", { description: "b" })]],
  ["has another example", [inQuery("q", { example: "a" })], [inQuery("q", { example: "b" })]],
  [
    "has examples instead of an example",
    [inQuery("q", { example: "a" })],
    [inQuery("q", { examples: { one: { value: "a" } } })],
  ],
  ["has an extension", [inQuery("q")], [inQuery("q", { "x-internal": true })]],
  ["is the header Accept, which the specification ignores", [], [inHeader("Accept", must)]],
  ["is the header content-type, which the specification ignores", [], [inHeader("content-type", must)]],
  [
    "is the header Authorization, which the specification ignores",
    [inHeader("Authorization")],
    [inHeader("Authorization", must)],
  ],
  [
    "is the header Accept-Language, which counts",
    [],
    [inHeader("Accept-Language", must)],
    "breaking new-required-request-parameter: GET /pets",
  ],
  ["is named Accept in the query", [], [inQuery("Accept", must)], "breaking new-required-request-parameter: GET /pets"],
  [
    "has another default",
    [inQuery("limit", { schema: { type: "integer", default: 10 } })],
    [inQuery("limit", { schema: { type: "integer", default: 20 } })],
    "breaking request-parameter-default-value-changed: GET /pets",
  ],
  [
    "has a default at last",
    [inQuery("limit", { schema: { type: "integer" } })],
    [inQuery("limit", { schema: { type: "integer", default: 20 } })],
    "safe request-parameter-default-value-added: GET /pets",
  ],
  [
    "has no default any more",
    [inQuery("limit", { schema: { type: "integer", default: 10 } })],
    [inQuery("limit", { schema: { type: "integer" } })],
    "risky request-parameter-default-value-removed: GET /pets",
  ],
  [
    "takes a list instead of one value",
    [inQuery("id")],
    [inQuery("id", { schema: { type: "array", items: text } })],
    "breaking request-parameter-type-changed: GET /pets",
  ],
  [
    "takes one value instead of a list",
    [inQuery("id", { schema: { type: "array", items: text } })],
    [inQuery("id")],
    "breaking request-parameter-type-changed: GET /pets",
  ],
]);

const paths = (atPath: Doc[], atGet: Doc[]) =>
  api({ "/pets": { parameters: atPath, get: { ...done, parameters: atGet }, post: done } });

judged<readonly [Doc[], Doc[]]>("a parameter of a path", ([atPath, atGet]) => paths(atPath, atGet), [
  [
    "is new and required for both operations",
    [[], []],
    [[inQuery("q", must)], []],
    "breaking new-required-request-parameter: GET /pets, POST /pets",
  ],
  [
    "is required now, but one operation says otherwise",
    [[inQuery("q")], [inQuery("q")]],
    [[inQuery("q", must)], [inQuery("q")]],
    "breaking request-parameter-became-required: POST /pets",
  ],
  [
    "is no longer overridden by an operation",
    [[inQuery("q", must)], [inQuery("q")]],
    [[inQuery("q", must)], []],
    "breaking request-parameter-became-required: GET /pets",
  ],
  [
    "is overridden by an operation with the same",
    [[inQuery("q", must)], []],
    [[inQuery("q", must)], [inQuery("q", must)]],
  ],
  [
    "is overridden by an operation that asks for less",
    [[inQuery("q", must)], []],
    [[inQuery("q", must)], [inQuery("q")]],
    "safe request-parameter-became-optional: GET /pets",
  ],
  [
    "is a header that an operation overrides in other letters",
    [[inHeader("X-T", must)], [inHeader("x-t")]],
    [[inHeader("X-T")], [inHeader("x-t")]],
    "safe request-parameter-became-optional: POST /pets",
  ],
  [
    "does not override one of the same name elsewhere",
    [[inHeader("q")], [inQuery("q")]],
    [[inHeader("q", must)], [inQuery("q")]],
    "breaking request-parameter-became-required: GET /pets, POST /pets",
  ],
  [
    "is gone for both operations",
    [[inQuery("q")], []],
    [[], []],
    "breaking request-parameter-removed: GET /pets, POST /pets",
  ],
]);
