import { relate } from "./relate.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;
const closed = { ...object, additionalProperties: false } as const;
const named = (...names: string[]) => Object.fromEntries(names.map((name) => [name, text]));
const has = (...required: string[]) => ({ ...object, properties: named("a", "b", "c"), required });

relate({
  lists: {
    widened: [
      [
        { ...list, minItems: 2 },
        { ...list, minItems: 1 },
      ],
      [
        { ...list, maxItems: 2 },
        { ...list, maxItems: 3 },
      ],
      [{ ...list, uniqueItems: true }, list],
      [
        { ...list, items: integer },
        { ...list, items: { type: "number" } },
      ],
      [
        { ...list, prefixItems: [integer], items: false },
        { ...list, items: integer },
      ],
      [
        { ...list, prefixItems: [integer, text], items: false },
        { ...list, maxItems: 2 },
      ],
      [
        { ...list, prefixItems: [integer], items: text },
        { ...list, prefixItems: [{ type: "number" }], items: text },
      ],
      [
        { ...list, items: integer },
        { ...list, prefixItems: [{ type: "number" }], items: { type: "number" } },
      ],
      [
        { ...list, contains: integer },
        { ...list, contains: { type: "number" } },
      ],
      [
        { ...list, contains: integer, minContains: 2 },
        { ...list, contains: integer },
      ],
      [
        { ...list, contains: integer, maxContains: 2 },
        { ...list, contains: integer, maxContains: 3 },
      ],
      [
        { ...list, contains: integer, maxContains: 2 },
        { ...list, contains: integer },
      ],
      [
        { ...list, maxItems: 0 },
        { ...list, items: integer },
      ],
      [
        { ...list, maxItems: 1 },
        { ...list, prefixItems: [{}], items: text },
      ],
      [
        { ...list, prefixItems: [text], unevaluatedItems: false },
        { ...list, maxItems: 1 },
      ],
      [
        { ...list, items: integer },
        { ...list, unevaluatedItems: { type: "number" } },
      ],
    ],
    equal: [
      [{ ...list, minItems: 0 }, list],
      [
        { ...list, maxItems: 1 },
        { ...list, maxItems: 1, uniqueItems: true },
      ],
      [{ ...list, items: {} }, list],
      [
        { ...list, items: false },
        { ...list, maxItems: 0 },
      ],
      [
        { ...list, prefixItems: [text], items: text },
        { ...list, items: text },
      ],
      [
        { ...list, prefixItems: [text], items: false },
        { ...list, items: text, maxItems: 1 },
      ],
      [{ ...list, contains: integer, minContains: 0 }, list],
      [{ ...list, minContains: 3 }, list],
      [
        { ...list, items: text },
        { ...list, unevaluatedItems: text },
      ],
      [{ ...list, minLength: 3, minimum: 3, minProperties: 3 }, list],
    ],
    unknown: [
      [
        { ...list, minItems: 2 },
        { ...list, maxItems: 2 },
      ],
      [
        { ...list, items: integer },
        { ...list, items: text },
      ],
      [
        { ...list, contains: integer, maxContains: 2 },
        { ...list, contains: { type: "number" }, maxContains: 2 },
      ],
      [
        { ...list, contains: integer, minContains: 2 },
        { ...list, contains: { type: "number" }, minContains: 3 },
      ],
      [
        { ...list, prefixItems: [text], minItems: 1 },
        { ...list, items: text },
      ],
      [
        { ...list, prefixItems: [integer, text] },
        { ...list, prefixItems: [{ type: "number" }, { ...text, minLength: 1 }] },
      ],
      [
        { ...list, prefixItems: [integer, text], items: integer },
        { ...list, items: { type: "number" } },
      ],
      [
        { ...list, uniqueItems: true },
        { ...list, maxItems: 2 },
      ],
      [
        { ...list, anyOf: [{ prefixItems: [text] }, { minItems: 3 }], unevaluatedItems: false },
        { ...list, maxItems: 0 },
      ],
      [
        { ...list, oneOf: [{ prefixItems: [text] }, { prefixItems: [integer] }], unevaluatedItems: false },
        { ...list, items: false },
      ],
      [
        { ...list, if: { prefixItems: [text] }, unevaluatedItems: false },
        { ...list, maxItems: 0 },
      ],
    ],
  },
  objects: {
    widened: [
      [has("a", "b"), has("a")],
      [
        { ...object, minProperties: 2 },
        { ...object, minProperties: 1 },
      ],
      [
        { ...object, maxProperties: 2 },
        { ...object, maxProperties: 3 },
      ],
      [{ ...has("a", "b"), minProperties: 3 }, { ...has("a", "b") }],
      [has("a", "b"), { ...has(), minProperties: 2 }],
      [
        { ...closed, properties: named("a", "b") },
        { ...object, properties: named("a", "b"), maxProperties: 2 },
      ],
      [
        { ...closed, properties: named("a") },
        { ...object, properties: named("a") },
      ],
      [
        { ...object, properties: { a: integer } },
        { ...object, properties: { a: { type: "number" } } },
      ],
      [
        { ...object, additionalProperties: integer },
        { ...object, additionalProperties: { type: "number" } },
      ],
      [
        { ...object, additionalProperties: integer },
        { ...object, properties: { a: { type: "number" } } },
      ],
      [
        { ...closed, properties: { a: integer } },
        { ...object, additionalProperties: integer },
      ],
      [
        { ...closed, properties: { a: integer } },
        { ...closed, properties: { a: integer, b: text } },
      ],
      [
        { ...closed, patternProperties: { "^x-": integer } },
        { ...object, additionalProperties: integer },
      ],
      [
        { ...object, patternProperties: { "^x-": integer } },
        { ...object, patternProperties: { "^x-": { type: "number" } } },
      ],
      [
        { ...object, additionalProperties: integer },
        { ...object, patternProperties: { "^x-": { type: "number" } } },
      ],
      [
        { ...object, propertyNames: { maxLength: 2 } },
        { ...object, propertyNames: { maxLength: 3 } },
      ],
      [
        { ...object, dependentRequired: { a: ["b", "c"] } },
        { ...object, dependentRequired: { a: ["b"] } },
      ],
      [
        { ...object, required: ["b"] },
        { ...object, dependentRequired: { a: ["b"] } },
      ],
      [
        { ...object, dependentSchemas: { a: { required: ["b", "c"] } } },
        { ...object, dependentSchemas: { a: { required: ["b"] } } },
      ],
      [
        { ...object, properties: named("a"), unevaluatedProperties: false },
        { ...object, properties: named("a") },
      ],
      [{ allOf: [{ ...object, required: ["a"] }, { required: ["b"] }] }, { ...object, required: ["b"] }],
    ],
    equal: [
      [{ ...object, properties: { a: {} } }, object],
      [{ ...object, additionalProperties: true }, object],
      [{ ...has("a"), minProperties: 1 }, has("a")],
      [
        { ...closed, properties: named("a"), maxProperties: 1 },
        { ...closed, properties: named("a") },
      ],
      [
        { ...closed, properties: named("a") },
        { ...object, properties: named("a"), unevaluatedProperties: false },
      ],
      [{ ...object, propertyNames: { type: "string" } }, object],
      [
        { ...object, patternProperties: { ".*": integer } },
        { ...object, additionalProperties: integer },
      ],
      [{ ...object, patternProperties: { "^x-": {} } }, object],
      [
        { ...object, required: ["a", "b"], dependentRequired: { a: ["b"] } },
        { ...object, required: ["a", "b"] },
      ],
      [
        { allOf: [{ ...object, properties: named("a") }, { properties: named("b") }] },
        { ...object, properties: named("a", "b") },
      ],
      [{ ...object, minLength: 1, minItems: 3 }, object],
    ],
    unknown: [
      [has("a"), has("b")],
      [
        { ...object, properties: { a: integer, b: text } },
        { ...object, properties: { a: { type: "number" }, b: { ...text, minLength: 1 } } },
      ],
      [
        { ...object, dependentRequired: { a: ["b"], c: ["d"] } },
        { ...object, dependentRequired: { a: ["b"], c: ["e"] } },
      ],
      [
        { ...object, dependentRequired: { a: ["b", "c"] } },
        { ...object, dependentRequired: { a: ["b", "d"] } },
      ],
      [
        { ...object, patternProperties: { "^x-": integer, "^y-": text } },
        { ...object, patternProperties: { "^x-": { type: "number" }, "^y-": { ...text, minLength: 1 } } },
      ],
      [
        { ...object, dependentSchemas: { a: { required: ["b"] }, c: { required: ["d"] } } },
        { ...object, dependentSchemas: { a: { required: ["b"] }, c: { required: ["e"] } } },
      ],
      [
        { ...object, properties: named("a", "b") },
        { ...object, properties: { a: text, c: text } },
      ],
      [
        { ...object, additionalProperties: integer, properties: named("a") },
        { ...object, additionalProperties: { type: "number" } },
      ],
      [
        { ...object, patternProperties: { "^x-": text }, additionalProperties: integer },
        { ...object, additionalProperties: { type: "number" } },
      ],
      [
        { ...object, anyOf: [{ properties: named("a") }, { properties: named("b") }], unevaluatedProperties: false },
        { ...object, additionalProperties: integer },
      ],
      [
        { ...object, properties: named("a"), anyOf: [{ additionalProperties: text }], unevaluatedProperties: false },
        { ...object, maxProperties: 1 },
      ],
      [
        { ...object, properties: { a: integer } },
        { ...object, properties: { a: text } },
      ],
      [
        { ...object, properties: named("a") },
        { ...object, properties: named("b") },
      ],
      [
        { ...object, additionalProperties: text },
        { ...object, additionalProperties: integer },
      ],
      [
        { ...object, dependentRequired: { a: ["b"] } },
        { ...object, dependentRequired: { a: ["c"] } },
      ],
      [
        { ...object, propertyNames: { maxLength: 2 } },
        { ...object, propertyNames: { minLength: 2 } },
      ],
    ],
  },
});
