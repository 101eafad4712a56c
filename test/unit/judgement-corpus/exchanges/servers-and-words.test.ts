import { api, type Doc, done, judged } from "./judged.ts";

const both: Doc = { "/cats": { get: done }, "/pets": { get: done } };
const url = (text: string, more: Doc = {}): Doc => ({ url: text, ...more });
const a = url("https://a.example.com");
const b = url("https://b.example.com");
const all = "GET /cats, GET /pets";

judged<Doc[] | undefined>("the servers of a document", (servers) => api(both, { ...(servers && { servers }) }), [
  ["gain one", [a], [a, b], `safe api-server-added: ${all}`],
  ["lose one of two", [a, b], [a], `breaking api-server-removed: ${all}`],
  ["are another one", [a], [b], `breaking api-server-changed: ${all}`],
  [
    "have another base path",
    [url("https://a.example.com/v1")],
    [url("https://a.example.com/v2")],
    `breaking api-server-changed: ${all}`,
  ],
  [
    "have another port",
    [url("https://a.example.com")],
    [url("https://a.example.com:8443")],
    `breaking api-server-changed: ${all}`,
  ],
  ["say the port that they had", [url("https://a.example.com")], [url("https://a.example.com:443")]],
  [
    "are no longer encrypted",
    [url("https://a.example.com")],
    [url("http://a.example.com")],
    `breaking api-server-changed: ${all}`,
  ],
  ["write their host in capitals", [url("https://a.example.com/v1")], [url("https://A.example.com/v1")]],
  [
    "write their base path in capitals",
    [url("https://a.example.com/v1")],
    [url("https://a.example.com/V1")],
    `breaking api-server-changed: ${all}`,
  ],
  ["end with a slash", [url("https://a.example.com")], [url("https://a.example.com/")]],
  ["end with a slash after a path", [url("https://a.example.com/v1")], [url("https://a.example.com/v1/")]],
  ["are the place of the document, said aloud", undefined, [url("/")]],
  ["are the place of the document, said with an empty list", undefined, []],
  ["have a base path at last", undefined, [url("/v1")], `breaking api-server-changed: ${all}`],
  ["are named at last", undefined, [a], `risky api-server-reference-changed: ${all}`],
  ["are named no longer", [a], undefined, `risky api-server-reference-changed: ${all}`],
  ["stand in another order", [a, b], [b, a]],
  ["have another description", [url("/v1", { description: "a" })], [url("/v1", { description: "b" })]],
  ["have a name", [a], [{ ...a, name: "production" }]],
]);

const region = (variable: Doc): Doc[] => [url("https://{region}.example.com", { variables: { region: variable } })];

judged<Doc[]>("a variable of a server", (servers) => api(both, { servers }), [
  [
    "has another default",
    region({ default: "eu" }),
    region({ default: "us" }),
    `risky api-server-variable-default-changed: ${all}`,
  ],
  [
    "has one value less",
    region({ default: "eu", enum: ["eu", "us"] }),
    region({ default: "eu", enum: ["eu"] }),
    `breaking api-server-variable-value-removed: ${all}`,
  ],
  [
    "has one value more",
    region({ default: "eu", enum: ["eu", "us"] }),
    region({ default: "eu", enum: ["eu", "us", "ap"] }),
    `safe api-server-variable-value-added: ${all}`,
  ],
  [
    "has its values in another order",
    region({ default: "eu", enum: ["eu", "us"] }),
    region({ default: "eu", enum: ["us", "eu"] }),
  ],
  [
    "takes only listed values",
    region({ default: "eu" }),
    region({ default: "eu", enum: ["eu"] }),
    `breaking api-server-variable-restricted: ${all}`,
  ],
  [
    "takes any value",
    region({ default: "eu", enum: ["eu"] }),
    region({ default: "eu" }),
    `safe api-server-variable-unrestricted: ${all}`,
  ],
  [
    "has another name",
    region({ default: "eu" }),
    [url("https://{zone}.example.com", { variables: { zone: { default: "eu" } } })],
  ],
  [
    "is gone, and its default is written out",
    region({ default: "eu", enum: ["eu", "us"] }),
    [url("https://eu.example.com")],
    `breaking api-server-changed: ${all}`,
  ],
  ["has another description", region({ default: "eu" }), region({ default: "eu", description: "b" })],
]);

judged<Doc>(
  "the servers of a path or an operation",
  (item) => api({ "/cats": { get: done }, "/pets": item }, { servers: [a] }),
  [
    [
      "are another one for the path",
      { get: done, put: done },
      { servers: [b], get: done, put: done },
      "breaking api-server-changed: GET /pets, PUT /pets",
    ],
    [
      "are another one for one operation",
      { get: done, put: done },
      { get: { ...done, servers: [b] }, put: done },
      "breaking api-server-changed: GET /pets",
    ],
    ["are those of the document, said aloud", { get: done }, { servers: [a], get: { ...done, servers: [a] } }],
    ["are one more", { get: done }, { servers: [a, b], get: done }, "safe api-server-added: GET /pets"],
  ],
);

judged<Doc[]>(
  "the servers of a document whose path has its own",
  (servers) => api({ "/cats": { get: done }, "/pets": { servers: [b], get: done } }, { servers }),
  [["are another one for the others", [a], [url("https://c.example.com")], "breaking api-server-changed: GET /cats"]],
);

judged<Doc>("words about a document", (words) => ({ ...api(both), ...words }), [
  ["has another title", {}, { info: { title: "Pets", version: "1" } }],
  ["has another description", {}, { info: { title: "Zoo", version: "1", description: "b" } }],
  ["has a later version", {}, { info: { title: "Zoo", version: "2" } }],
  [
    "has an earlier version",
    { info: { title: "Zoo", version: "2.1.0" } },
    { info: { title: "Zoo", version: "2.0.0" } },
    "safe api-version-decreased:",
  ],
  ["has another contact", {}, { info: { title: "Zoo", version: "1", contact: { email: "a@example.com" } } }],
  ["has another licence", {}, { info: { title: "Zoo", version: "1", license: { name: "MIT" } } }],
  ["has other terms of service", {}, { info: { title: "Zoo", version: "1", termsOfService: "https://a.example.com" } }],
  ["describes its tags", {}, { tags: [{ name: "a", description: "b" }] }],
  ["has documentation elsewhere", {}, { externalDocs: { url: "https://docs.example.com" } }],
  ["has an extension", {}, { "x-owner": "zoo" }],
  ["says another patch of the specification", {}, { openapi: "3.1.1" }],
  ["says its dialect of JSON Schema", {}, { jsonSchemaDialect: "https://spec.openapis.org/oas/3.1/dialect/base" }],
]);
