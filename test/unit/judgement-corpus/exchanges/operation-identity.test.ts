import { api, type Doc, done, json, judged, pet, reading } from "./judged.ts";

const at = (name: string, schema: Doc = { type: "string" }): Doc => ({ name, in: "path", required: true, schema });
const read: Doc = { operationId: "readPet", responses: { "200": { description: "A pet", content: json(pet) } } };

judged<Doc>("the path of an operation", (paths) => api(paths), [
  [
    "has a path parameter of another name",
    { "/pets/{id}": { get: { ...done, parameters: [at("id")] } } },
    { "/pets/{petId}": { get: { ...done, parameters: [at("petId")] } } },
    "safe request-path-parameter-renamed: GET /pets/{petId}",
  ],
  [
    "has a path parameter of another name, declared at the path",
    { "/pets/{id}": { parameters: [at("id")], get: done, put: done } },
    { "/pets/{petId}": { parameters: [at("petId")], get: done, put: done } },
    "safe request-path-parameter-renamed: GET /pets/{petId}, PUT /pets/{petId}",
  ],
  [
    "has its two parameters the other way round, of one type",
    { "/a/{x}/{y}": { get: { ...done, parameters: [at("x"), at("y")] } } },
    { "/a/{y}/{x}": { get: { ...done, parameters: [at("x"), at("y")] } } },
    "safe request-path-parameter-renamed: GET /a/{y}/{x}",
    "safe request-path-parameter-renamed: GET /a/{y}/{x}",
  ],
  [
    "has its two parameters the other way round, of two types",
    { "/a/{x}/{y}": { get: { ...done, parameters: [at("x", { type: "integer" }), at("y", { type: "string" })] } } },
    { "/a/{y}/{x}": { get: { ...done, parameters: [at("x", { type: "integer" }), at("y", { type: "string" })] } } },
    "breaking request-parameter-type-changed: GET /a/{y}/{x}",
    "safe request-path-parameter-renamed: GET /a/{y}/{x}",
    "safe request-path-parameter-renamed: GET /a/{y}/{x}",
    "safe request-parameter-type-generalized: GET /a/{y}/{x}",
    "3 causes",
  ],
  ["ends with a slash", { "/pets": { get: read } }, { "/pets/": { get: read } }, "breaking endpoint-moved: GET /pets"],
  [
    "is written in capitals",
    { "/pets": { get: read } },
    { "/Pets": { get: read } },
    "breaking endpoint-moved: GET /pets",
  ],
  ["is another one", { "/pets": { get: read } }, { "/animals": { get: read } }, "breaking endpoint-moved: GET /pets"],
  ["has a prefix", { "/pets": { get: read } }, { "/v2/pets": { get: read } }, "breaking endpoint-moved: GET /pets"],
  [
    "has one more parameter",
    { "/pets": { get: read } },
    { "/zoos/{zoo}/pets": { get: { ...read, parameters: [at("zoo")] } } },
    "breaking endpoint-moved: GET /pets",
  ],
  [
    "takes a parameter where a word stood",
    { "/pets/all": { get: read } },
    { "/pets/{id}": { get: { ...read, parameters: [at("id")] } } },
    "breaking endpoint-moved: GET /pets/all",
  ],
  [
    "has a dot instead of a slash before its last parameter",
    { "/a/{x}/{y}": { get: { ...done, parameters: [at("x"), at("y")] } } },
    { "/a/{x}.{y}": { get: { ...done, parameters: [at("x"), at("y")] } } },
    "breaking api-path-removed-without-deprecation: GET /a/{x}/{y}",
    "safe endpoint-added: GET /a/{x}.{y}",
    "2 causes",
  ],
  [
    "is one item instead of two",
    { "/pets/{id}": { get: { ...read, parameters: [at("id")] }, put: { ...done, parameters: [at("id")] } } },
    { "/pets/{id}": { parameters: [at("id")], get: read, put: done } },
  ],
]);

judged<Doc>(
  "a concrete path beside a templated one",
  (paths) => api({ "/users/{id}": { get: { ...done, parameters: [at("id")] } }, ...paths }),
  [
    ["is removed", { "/users/me": { get: read } }, {}, "breaking api-path-removed-without-deprecation: GET /users/me"],
    ["is added", {}, { "/users/me": { get: read } }, "safe endpoint-added: GET /users/me"],
    [
      "is renamed",
      { "/users/me": { get: read } },
      { "/users/self": { get: read } },
      "breaking endpoint-moved: GET /users/me",
    ],
    [
      "gets a parameter of its own",
      { "/users/me": { get: read } },
      {
        "/users/me": {
          get: { ...read, parameters: [{ name: "q", in: "query", required: true, schema: { type: "string" } }] },
        },
      },
      "breaking new-required-request-parameter: GET /users/me",
    ],
  ],
);

judged<Doc>("the method of an operation", (item) => api({ "/pets": item }), [
  ["is PATCH instead of PUT", { put: read }, { patch: read }, "breaking endpoint-method-changed: PUT /pets"],
  [
    "is POST instead of GET, with another operation left",
    { head: done, get: read },
    { head: done, post: read },
    "breaking endpoint-method-changed: GET /pets",
  ],
  [
    "is HEAD, which is gone",
    { get: read, head: done },
    { get: read },
    "breaking api-removed-without-deprecation: HEAD /pets",
  ],
  ["is OPTIONS, which is new", { get: read }, { get: read, options: done }, "safe endpoint-added: OPTIONS /pets"],
  [
    "is TRACE, which is gone",
    { get: read, trace: done },
    { get: read },
    "breaking api-removed-without-deprecation: TRACE /pets",
  ],
]);

judged<Doc>("the names and words of an operation", reading, [
  ["has another operation id", { operationId: "a" }, { operationId: "b" }, "risky api-operation-id-changed: GET /pets"],
  ["has an operation id at last", {}, { operationId: "a" }, "safe api-operation-id-added: GET /pets"],
  ["has no operation id any more", { operationId: "a" }, {}, "risky api-operation-id-removed: GET /pets"],
  [
    "has an operation id in other letters",
    { operationId: "readPet" },
    { operationId: "ReadPet" },
    "risky api-operation-id-changed: GET /pets",
  ],
  ["has one more tag", { tags: ["a"] }, { tags: ["a", "b"] }, "safe api-tag-added: GET /pets"],
  ["has one tag less", { tags: ["a", "b"] }, { tags: ["a"] }, "safe api-tag-removed: GET /pets"],
  ["has its tags in another order", { tags: ["a", "b"] }, { tags: ["b", "a"] }],
  ["names a tag twice", { tags: ["a"] }, { tags: ["a", "a"] }],
  ["has another summary", { summary: "a" }, { summary: "b" }],
  ["has another description", { description: "a" }, { description: "b" }],
  ["has documentation elsewhere", {}, { externalDocs: { url: "https://docs.example.com" } }],
  ["has an extension of somebody's tools", {}, { "x-codegen-group": "pets" }],
  [
    "has another code sample",
    { "x-codeSamples": [{ lang: "go", source: "a" }] },
    { "x-codeSamples": [{ lang: "go", source: "b" }] },
  ],
]);

judged<Doc>("an operation id", (paths) => api(paths), [
  [
    "that two operations have now",
    { "/a": { get: { ...done, operationId: "a" } }, "/b": { get: { ...done, operationId: "b" } } },
    { "/a": { get: { ...done, operationId: "a" } }, "/b": { get: { ...done, operationId: "a" } } },
    "risky api-operation-id-changed: GET /b",
  ],
  [
    "that two operations exchanged",
    { "/a": { get: { ...done, operationId: "a" } }, "/b": { get: { ...done, operationId: "b" } } },
    { "/a": { get: { ...done, operationId: "b" } }, "/b": { get: { ...done, operationId: "a" } } },
    "risky api-operation-id-changed: GET /a",
    "risky api-operation-id-changed: GET /b",
    "2 causes",
  ],
]);

const byName: Doc = { get: { operationId: "byName", responses: done.responses, parameters: [at("name")] } };
const byId = (more: Doc[] = []): Doc => ({ get: { ...done, operationId: "byId", parameters: [at("id"), ...more] } });
const limit: Doc = { name: "limit", in: "query", required: true, schema: { type: "integer" } };

judged<Doc>("one of two paths that differ in the names of their parameters alone", (paths) => api(paths), [
  [
    "asks for a parameter",
    { "/pets/{id}": byId(), "/pets/{name}": byName },
    { "/pets/{id}": byId([limit]), "/pets/{name}": byName },
    "breaking new-required-request-parameter: GET /pets/{id}",
  ],
  [
    "is gone",
    { "/pets/{id}": byId(), "/pets/{name}": byName },
    { "/pets/{name}": byName },
    "breaking api-removed-without-deprecation: GET /pets/{id}",
  ],
  [
    "is new",
    { "/pets/{name}": byName },
    { "/pets/{id}": byId(), "/pets/{name}": byName },
    "safe endpoint-added: GET /pets/{id}",
  ],
]);
