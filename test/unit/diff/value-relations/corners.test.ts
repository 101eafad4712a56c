import { relate } from "./relate.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const number = { type: "number" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;
const named = (...names: string[]) => Object.fromEntries(names.map((name) => [name, text]));
/** The schema as a whole, from inside it. */
const itself = { $ref: "#/paths/~1pets/post/requestBody/content/application~1json/schema" };
const tree = (value: { [key: string]: string | number }) => ({
  ...object,
  properties: { next: itself, value },
});

relate({
  "members of an allOf": {
    widened: [
      [{ allOf: [{ ...text, pattern: "^a+$" }, { maxLength: 3 }] }, { ...text, pattern: "a" }],
      [{ allOf: [{ ...text, pattern: "^[a-z]{2,4}$" }, { format: "date" }] }, { ...text, minLength: 2 }],
      [{ allOf: [{ ...integer, multipleOf: 10 }, { minimum: 0 }] }, { ...integer, multipleOf: 5 }],
      [{ allOf: [{ ...number, multipleOf: 2 }, { minimum: 0 }] }, integer],
      [{ allOf: [{ ...integer, minimum: 1 }, number] }, integer],
      [{ allOf: [{ ...number, exclusiveMinimum: 2 }, { minimum: 2 }] }, { exclusiveMinimum: 2 }],
      [{ allOf: [{ ...number, exclusiveMaximum: 2 }, { maximum: 2 }] }, { exclusiveMaximum: 2 }],
      [{ allOf: [{ ...list, contains: integer }, { maxItems: 5 }] }, { ...list, contains: number }],
      [{ allOf: [{ ...list, uniqueItems: true }, { maxItems: 5 }] }, { ...list, uniqueItems: true, maxItems: 6 }],
      [{ allOf: [{ not: text }, { minimum: 3 }] }, { not: text }],
      [
        { allOf: [{ ...object, properties: named("a"), additionalProperties: false }, { minProperties: 1 }] },
        { ...object, properties: named("a"), additionalProperties: integer },
      ],
      [
        { allOf: [{ ...object, patternProperties: { "^x-": integer } }, { minProperties: 1 }] },
        { ...object, patternProperties: { "^x-": number } },
      ],
      [
        { allOf: [{ ...integer, minimum: 0 }, { anyOf: [{ maximum: 3 }, { maximum: 5 }] }] },
        { ...integer, minimum: 0, maximum: 6 },
      ],
      [
        {
          allOf: [
            {
              oneOf: [
                { ...integer, minimum: 1 },
                { ...integer, maximum: 3 },
              ],
            },
            { minimum: -5 },
          ],
        },
        {
          oneOf: [
            { ...integer, maximum: 3 },
            { ...integer, exclusiveMinimum: 0 },
          ],
        },
      ],
    ],
    unknown: [
      [{ allOf: [{ ...integer, minimum: 1 }, number] }, text],
      [{ allOf: [number, { ...integer, minimum: 1 }] }, text],
    ],
  },
  numbers: {
    widened: [
      [{ ...integer, minimum: -2147483648 }, integer],
      [{ ...integer, maximum: 2147483647 }, integer],
      [
        { ...number, exclusiveMinimum: 2, maximum: 5 },
        { ...number, exclusiveMinimum: 2 },
      ],
      [
        { ...number, exclusiveMaximum: 2, minimum: 0 },
        { ...number, exclusiveMaximum: 2 },
      ],
      [{ type: ["number", "string"], multipleOf: 2 }, { type: ["integer", "string"] }],
    ],
    unknown: [
      [{ type: ["number", "string"], multipleOf: 2 }, { type: ["integer", "boolean"] }],
      [
        { ...number, format: "float" },
        { ...number, minimum: 0 },
      ],
      [
        { ...number, format: "float" },
        { ...number, format: "double" },
      ],
      [
        { type: ["string", "integer"], format: "date" },
        { type: ["string", "integer"], format: "int64" },
      ],
    ],
  },
  texts: {
    widened: [
      [
        { ...text, pattern: "^a{300}$" },
        { ...text, minLength: 300 },
      ],
      [
        { ...text, pattern: "^a{300}$" },
        { ...text, maxLength: 300 },
      ],
      [
        { ...text, minLength: 300 },
        { ...text, pattern: "^.{299,}$" },
      ],
      [{ ...text, contentSchema: integer, contentMediaType: "application/json" }, text],
    ],
    unknown: [
      [
        { ...text, pattern: "^a{301}$" },
        { ...text, minLength: 301 },
      ],
      [
        { ...text, pattern: "^a{301}$" },
        { ...text, maxLength: 301 },
      ],
    ],
  },
  lists: {
    widened: [
      [
        { ...list, minItems: 2, maxItems: 3 },
        { ...list, minItems: 2, maxItems: 4 },
      ],
      [
        { ...list, minItems: 3, uniqueItems: true },
        { ...list, minItems: 2, uniqueItems: true },
      ],
      [
        { ...list, prefixItems: [integer, integer], items: text, maxItems: 2 },
        { ...list, items: number },
      ],
      [
        { ...list, prefixItems: [integer, integer], items: text, maxItems: 2 },
        { ...list, prefixItems: [number], items: number },
      ],
      [
        { ...list, contains: integer, maxContains: 2, minItems: 1 },
        { ...list, contains: integer, maxContains: 2 },
      ],
      [{ ...list, contains: integer }, list],
    ],
    equal: [
      [
        { ...list, items: text, unevaluatedItems: false },
        { ...list, items: text },
      ],
    ],
    unknown: [
      [
        { ...list, allOf: [{ prefixItems: [text] }], unevaluatedItems: false },
        { ...list, maxItems: 0 },
      ],
      [
        { ...list, contains: integer, unevaluatedItems: false },
        { ...list, maxItems: 0 },
      ],
    ],
  },
  objects: {
    widened: [
      [{ ...object, patternProperties: { "^x-": integer } }, object],
      [
        { ...object, properties: named("a", "b"), additionalProperties: false },
        { ...object, properties: named("a"), additionalProperties: text },
      ],
      [
        { ...object, properties: { a: integer }, additionalProperties: integer },
        { ...object, patternProperties: { "^a": number } },
      ],
    ],
    unknown: [
      [
        { ...object, properties: named("a", "b") },
        { ...object, properties: named("a") },
      ],
      [
        { ...object, dependentRequired: { a: ["b"] } },
        { ...object, dependentRequired: { c: ["d"] } },
      ],
      [
        { ...object, properties: named("a"), additionalProperties: integer },
        { ...object, patternProperties: { "^a": number } },
      ],
      [
        { ...object, patternProperties: { "^x": text }, additionalProperties: integer },
        { ...object, properties: { x1: number } },
      ],
    ],
  },
  alternatives: {
    widened: [
      [{ ...integer, minimum: 5 }, { oneOf: [{ ...integer, minimum: 3 }, { ...integer, maximum: 2 }, text] }],
      [{ anyOf: [integer, { type: "boolean" }] }, { not: text }],
      [{ oneOf: [integer, { type: "boolean" }] }, { not: text }],
      [
        { allOf: [{ ...integer, minimum: 5 }, { anyOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }] },
        { not: { ...integer, maximum: 4 } },
      ],
      [{ ...integer, maximum: 3 }, { not: { ...integer, minimum: 5 } }],
      [{ ...number, minimum: 5.5 }, { not: { ...number, maximum: 5 } }],
      [{ ...text, maxLength: 1 }, { not: { ...text, minLength: 2 } }],
      [{ ...text, minLength: 3 }, { not: { ...text, maxLength: 1 } }],
      [
        { ...object, required: ["kind"], properties: { kind: { const: "a" } } },
        { not: { ...object, required: ["kind"], properties: { kind: { const: "b" } } } },
      ],
    ],
    equal: [
      [
        {
          oneOf: [
            { ...integer, minimum: 1 },
            { ...integer, maximum: 3 },
          ],
        },
        {
          oneOf: [
            { ...integer, maximum: 3 },
            { ...integer, exclusiveMinimum: 0 },
          ],
        },
      ],
      [{ allOf: [text, integer] }, false],
    ],
    unknown: [
      [{ ...integer, minimum: 5 }, { oneOf: [{ ...integer, minimum: 3 }, text, { ...integer, maximum: 9 }] }],
      [{ anyOf: [integer, text] }, { not: text }],
      [
        {
          oneOf: [
            { ...integer, minimum: 1 },
            { ...integer, exclusiveMinimum: 0 },
          ],
        },
        {
          oneOf: [
            { ...integer, minimum: 1 },
            { ...integer, maximum: 3 },
          ],
        },
      ],
      [
        {
          oneOf: [
            { ...integer, minimum: 1 },
            { ...integer, maximum: 3 },
          ],
        },
        {
          oneOf: [
            { ...integer, minimum: 1 },
            { ...integer, maximum: 3 },
            { ...integer, maximum: 5 },
          ],
        },
      ],
    ],
  },
  conditions: {
    widened: [
      [
        { ...integer, minimum: 0, if: { minimum: 3 }, else: { maximum: 1 } },
        { ...integer, if: { minimum: 3 }, else: { maximum: 1 } },
      ],
      [
        { allOf: [{ ...integer, if: { minimum: 3 }, else: { maximum: 1 } }, { minimum: 0 }] },
        { if: { minimum: 3 }, else: { maximum: 1 } },
      ],
    ],
    unknown: [
      [
        { ...integer, maximum: 100 },
        { ...integer, if: { minimum: 3 }, else: { minimum: 1 } },
      ],
    ],
  },
  "schemas within themselves": {
    widened: [
      [tree({ type: "string", minLength: 2 }), tree({ type: "string", minLength: 1 })],
      [
        { ...list, items: itself, maxItems: 2 },
        { ...list, items: itself, maxItems: 3 },
      ],
    ],
    equal: [[tree({ type: "integer", minimum: 1 }), tree({ type: "integer", exclusiveMinimum: 0 })]],
    unknown: [
      [tree({ type: "string" }), tree({ type: "integer" })],
      [
        { ...list, items: itself, maxItems: 2 },
        { ...list, items: itself, minItems: 1 },
      ],
    ],
  },
});
