import type { SchemaCase } from "./cases.ts";

export const referencesCases: readonly SchemaCase[] = [
  {
    name: "recursive through a list",
    before: { $ref: "#/components/schemas/Tree" },
    after: { $ref: "#/components/schemas/Tree" },
    schemas: {
      Tree: {
        type: "object",
        properties: {
          value: { type: "number" },
          children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        },
      },
    },
    schemasAfter: {
      Tree: {
        type: "object",
        properties: {
          value: { type: "integer" },
          children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        },
      },
    },
    expect: {
      request: ["breaking request-property-type-specialized"],
      response: ["safe response-property-type-specialized"],
    },
  },
  {
    name: "recursive directly",
    before: { $ref: "#/components/schemas/Node" },
    after: { $ref: "#/components/schemas/Node" },
    schemas: {
      Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" }, v: { type: "string" } } },
    },
    schemasAfter: {
      Node: {
        type: "object",
        properties: { next: { $ref: "#/components/schemas/Node" }, v: { type: "string" } },
        required: ["v"],
      },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "recursive mutually",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    schemas: {
      A: { type: "object", properties: { b: { $ref: "#/components/schemas/B" } } },
      B: { type: "object", properties: { a: { $ref: "#/components/schemas/A" }, v: { type: "integer" } } },
    },
    schemasAfter: {
      A: { type: "object", properties: { b: { $ref: "#/components/schemas/B" } } },
      B: { type: "object", properties: { a: { $ref: "#/components/schemas/A" }, v: { type: "number" } } },
    },
    expect: {
      request: ["safe request-property-type-generalized"],
      response: ["breaking response-property-type-generalized"],
    },
  },
  {
    name: "recursive through a map",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    schemas: {
      A: {
        type: "object",
        properties: { v: { type: "string" } },
        additionalProperties: { $ref: "#/components/schemas/A" },
      },
    },
    schemasAfter: {
      A: {
        type: "object",
        properties: { v: { type: "string", maxLength: 3 } },
        additionalProperties: { $ref: "#/components/schemas/A" },
      },
    },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "recursive through anyOf",
    before: { $ref: "#/components/schemas/E" },
    after: { $ref: "#/components/schemas/E" },
    schemas: { E: { anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/components/schemas/E" } }] } },
    schemasAfter: {
      E: {
        anyOf: [{ type: "string" }, { type: "integer" }, { type: "array", items: { $ref: "#/components/schemas/E" } }],
      },
    },
    expect: { request: ["safe request-body-any-of-added"], response: ["breaking response-body-any-of-added"] },
  },
  {
    name: "an unrolled recursion says nothing",
    before: { $ref: "#/components/schemas/Tree" },
    after: {
      type: "object",
      properties: {
        value: { type: "string" },
        children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
      },
    },
    schemas: {
      Tree: {
        type: "object",
        properties: {
          value: { type: "string" },
          children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        },
      },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "reference swapped to an equal schema",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { type: "object", properties: { x: { type: "string" } } },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "reference swapped to a narrower schema",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: {
      A: { type: "object", properties: { x: { type: "string" } } },
      B: { type: "object", properties: { x: { type: "string" } }, required: ["x"] },
    },
    expect: {
      request: ["breaking request-property-became-required"],
      response: ["safe response-property-became-required"],
    },
  },
  {
    name: "a component is inlined",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { type: "object", properties: { x: { type: "string" } } } } },
    schemas: { A: { type: "object", properties: { x: { type: "string" } } } },
    expect: { request: [], response: [] },
  },
  {
    name: "a chain of references says nothing",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A" } } },
    after: { type: "object", properties: { a: { $ref: "#/components/schemas/B" } } },
    schemas: { A: { type: "string" }, B: { $ref: "#/components/schemas/A" } },
    expect: { request: [], response: [] },
  },
  {
    name: "$defs move to components",
    before: { type: "object", properties: { a: { $ref: "#/components/schemas/A/$defs/X" } } },
    after: { type: "object", properties: { a: { type: "string" } } },
    schemas: { A: { $defs: { X: { type: "string" } }, type: "object" } },
    expect: { request: [], response: [] },
  },
  {
    name: "a $defs schema is narrowed",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    schemas: {
      A: {
        $defs: { X: { type: "string" } },
        type: "object",
        properties: { a: { $ref: "#/components/schemas/A/$defs/X" } },
      },
    },
    schemasAfter: {
      A: {
        $defs: { X: { type: "string", maxLength: 3 } },
        type: "object",
        properties: { a: { $ref: "#/components/schemas/A/$defs/X" } },
      },
    },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "a $defs schema is unused",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    schemas: { A: { $defs: { X: { type: "string" } }, type: "object" } },
    schemasAfter: { A: { $defs: { X: { type: "integer" } }, type: "object" } },
    expect: { request: [], response: [] },
  },
  {
    name: "$anchor names a schema",
    before: { $ref: "#/components/schemas/A" },
    after: { $ref: "#/components/schemas/A" },
    schemas: {
      A: {
        $id: "https://pets.test/a",
        $defs: { X: { $anchor: "x", type: "string" } },
        type: "object",
        properties: { a: { $ref: "#x" } },
      },
    },
    schemasAfter: {
      A: {
        $id: "https://pets.test/a",
        $defs: { X: { $anchor: "x", type: "string", maxLength: 3 } },
        type: "object",
        properties: { a: { $ref: "#x" } },
      },
    },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "$id names a schema",
    before: { type: "object", properties: { a: { $ref: "https://pets.test/name" } } },
    after: { type: "object", properties: { a: { $ref: "https://pets.test/name" } } },
    schemas: { Name: { $id: "https://pets.test/name", type: "string" } },
    schemasAfter: { Name: { $id: "https://pets.test/name", type: "string", maxLength: 3 } },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "$dynamicRef to its own anchor",
    before: { $ref: "#/components/schemas/Tree" },
    after: { $ref: "#/components/schemas/Tree" },
    schemas: {
      Tree: {
        $dynamicAnchor: "node",
        type: "object",
        properties: { v: { type: "string" }, kids: { type: "array", items: { $dynamicRef: "#node" } } },
      },
    },
    schemasAfter: {
      Tree: {
        $dynamicAnchor: "node",
        type: "object",
        properties: { v: { type: "string", maxLength: 3 }, kids: { type: "array", items: { $dynamicRef: "#node" } } },
      },
    },
    expect: {
      request: ["breaking request-property-max-length-set"],
      response: ["safe response-property-max-length-set"],
    },
  },
  {
    name: "a $dynamicRef became a $ref to the same",
    before: { $ref: "#/components/schemas/Tree" },
    after: { $ref: "#/components/schemas/Tree" },
    schemas: {
      Tree: {
        $dynamicAnchor: "node",
        type: "object",
        properties: { v: { type: "string" }, kids: { type: "array", items: { $dynamicRef: "#node" } } },
      },
    },
    schemasAfter: {
      Tree: {
        type: "object",
        properties: { v: { type: "string" }, kids: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
      },
    },
    expect: { request: [], response: [] },
  },
  {
    name: "a component used nowhere is edited",
    before: { type: "string" },
    after: { type: "string" },
    schemas: { A: { type: "string" } },
    schemasAfter: { A: { type: "integer" } },
    expect: { request: [], response: [] },
  },
  {
    name: "a component used nowhere is added",
    before: { type: "string" },
    after: { type: "string" },
    schemas: {},
    schemasAfter: { A: { type: "integer" } },
    expect: { request: [], response: [] },
  },
];
