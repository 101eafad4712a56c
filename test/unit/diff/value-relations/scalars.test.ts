import { relate } from "./relate.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;

relate({
  types: {
    widened: [
      [text, { type: ["string", "null"] }],
      [integer, { type: "number" }],
      [text, {}],
      [{ type: "boolean" }, { type: ["boolean", "integer"] }],
      [{ enum: [1, 2] }, integer],
      [{ const: "a" }, text],
      [false, text],
      [{ type: "null" }, { enum: [null, 1] }],
      [{ type: "number", multipleOf: 2 }, integer],
      [{ allOf: [{ type: ["string", "integer"] }, { type: ["integer", "boolean"] }] }, { type: ["integer", "null"] }],
    ],
    equal: [
      [{ type: "boolean" }, { enum: [true, false] }],
      [{ type: "null" }, { const: null }],
      [
        { type: "number", multipleOf: 2 },
        { type: "integer", multipleOf: 2 },
      ],
      [{}, true],
      [{ type: ["string", "null"], enum: ["a"] }, { enum: ["a", null] }],
      [{ allOf: [text, integer] }, false],
      [{ allOf: [{ type: "number" }, integer] }, integer],
      [{ allOf: [integer, { type: "number" }] }, integer],
      [{ ...text, title: "A", description: "b", readOnly: true, default: "x" }, text],
    ],
    unknown: [
      [text, integer],
      [{ type: ["string", "null"] }, { type: ["string", "integer"] }],
      [{ enum: [1, 1.5] }, integer],
    ],
  },
  "listed values": {
    widened: [
      [{ enum: ["a"] }, { enum: ["a", "b"] }],
      [{ const: "a" }, { enum: ["a", "b"] }],
      [{ enum: ["a", "b"] }, { anyOf: [{ const: "a" }, { const: "b" }, { const: "c" }] }],
      [{ enum: ["ab", "abc"] }, { ...text, minLength: 2 }],
      [{ enum: ["ab", "cd"] }, { ...text, pattern: "^[a-d]+$" }],
      [{ enum: [1, 2] }, { ...integer, minimum: 1 }],
      [{ enum: ["a", "b", 3], type: "string" }, { enum: ["a", "b", "c"] }],
      [{ enum: [{ a: 1 }] }, { ...object, properties: { a: integer } }],
      [{ enum: [[1], [1, 2]] }, { ...list, items: integer }],
    ],
    equal: [
      [{ enum: ["a", "b"] }, { enum: ["b", "a"] }],
      [{ type: ["string", "null"], enum: ["a"] }, { anyOf: [{ const: "a" }, { type: "null" }] }],
      [{ type: ["boolean", "null"] }, { enum: [null, false, true] }],
      [{ enum: ["a", "b", "c"], allOf: [{ minLength: 1 }, { not: { const: "c" } }] }, { enum: ["a", "b"] }],
      [{ enum: ["a"] }, { const: "a" }],
      [{ enum: [1, 2, 3], minimum: 2 }, { enum: [2, 3] }],
      [{ oneOf: [{ const: "a" }, { const: "b" }] }, { enum: ["a", "b"] }],
      [{ enum: ["a", "b"], not: { const: "b" } }, { const: "a" }],
      [{ enum: ["a"], type: "integer" }, false],
    ],
    unknown: [
      [{ enum: ["a", "b"] }, { enum: ["b", "c"] }],
      [{ enum: ["a"] }, { ...text, format: "date" }],
      [{ enum: ["a", 1] }, text],
    ],
  },
  "limits of numbers": {
    widened: [
      [
        { ...integer, minimum: 2 },
        { ...integer, minimum: 1 },
      ],
      [
        { ...integer, minimum: 2, maximum: 4 },
        { ...integer, minimum: 2, maximum: 5 },
      ],
      [
        { type: "number", exclusiveMinimum: 2 },
        { type: "number", minimum: 2 },
      ],
      [
        { type: "number", exclusiveMaximum: 2 },
        { type: "number", maximum: 2 },
      ],
      [
        { type: "number", minimum: 3 },
        { type: "number", exclusiveMinimum: 2 },
      ],
      [
        { type: "number", maximum: 1 },
        { type: "number", exclusiveMaximum: 2 },
      ],
      [
        { ...integer, format: "int32" },
        { ...integer, maximum: 2147483648 },
      ],
      [
        { ...integer, format: "int32" },
        { ...integer, exclusiveMinimum: -2147483649 },
      ],
      [
        { ...integer, multipleOf: 10 },
        { ...integer, multipleOf: 5 },
      ],
      [
        { type: "number", multipleOf: 0.3 },
        { type: "number", multipleOf: 0.1 },
      ],
      [integer, { type: "number", multipleOf: 0.5 }],
      [{ allOf: [{ ...integer, minimum: 5 }, { minimum: 1 }] }, { ...integer, minimum: 4 }],
      [{ allOf: [{ ...integer, maximum: 5 }, { maximum: 9 }] }, { ...integer, maximum: 6 }],
      [{ allOf: [{ type: "number", exclusiveMinimum: 5 }, { minimum: 5 }] }, { type: "number", minimum: 5 }],
      [
        { ...integer, format: "int32" },
        { ...integer, minimum: -2147483649, maximum: 2147483648 },
      ],
      [{ allOf: [{ minimum: 1 }, { ...integer, maximum: 5 }] }, { ...integer, minimum: 0, maximum: 5 }],
      [
        { ...integer, minimum: 1 },
        { type: ["integer", "string"], minimum: 1, minLength: 3 },
      ],
    ],
    equal: [
      [
        { ...integer, exclusiveMinimum: 2 },
        { ...integer, minimum: 3 },
      ],
      [
        { ...integer, exclusiveMaximum: 2 },
        { ...integer, maximum: 1 },
      ],
      [
        { ...integer, minimum: 1.5, maximum: 3.5 },
        { ...integer, minimum: 2, maximum: 3 },
      ],
      [
        { ...integer, exclusiveMinimum: 1.5, exclusiveMaximum: 3.5 },
        { ...integer, minimum: 2, maximum: 3 },
      ],
      [
        { type: "number", minimum: 2, exclusiveMinimum: 2 },
        { type: "number", exclusiveMinimum: 2 },
      ],
      [
        { type: "number", maximum: 2, exclusiveMaximum: 2 },
        { type: "number", exclusiveMaximum: 2 },
      ],
      [
        { type: "number", minimum: 2, exclusiveMinimum: 1 },
        { type: "number", minimum: 2 },
      ],
      [
        { type: "number", maximum: 2, exclusiveMaximum: 3 },
        { type: "number", maximum: 2 },
      ],
      [{ ...integer, multipleOf: 1 }, integer],
      [{ ...integer, minLength: 3, maxItems: 2, required: ["a"] }, integer],
      [
        { ...integer, format: "int32" },
        { ...integer, format: "int32", minimum: -2147483648, maximum: 2147483647 },
      ],
      [{ ...text, format: "int32" }, text],
    ],
    unknown: [
      [
        { ...integer, minimum: 2 },
        { ...integer, maximum: 2 },
      ],
      [
        { ...integer, multipleOf: 4 },
        { ...integer, multipleOf: 6 },
      ],
      [
        { ...integer, format: "int64" },
        { ...integer, minimum: 0 },
      ],
    ],
  },
  "limits of texts": {
    widened: [
      [
        { ...text, minLength: 2 },
        { ...text, minLength: 1 },
      ],
      [
        { ...text, maxLength: 2 },
        { ...text, maxLength: 3 },
      ],
      [
        { ...text, minLength: 2, maxLength: 3 },
        { ...text, maxLength: 3 },
      ],
      [
        { ...text, pattern: "^a+$" },
        { ...text, pattern: "a" },
      ],
      [
        { ...text, pattern: "^[a-z]{2,4}$" },
        { ...text, minLength: 2 },
      ],
      [
        { ...text, pattern: "^[a-z]{2,4}$" },
        { ...text, maxLength: 4 },
      ],
      [
        { ...text, minLength: 3 },
        { ...text, pattern: "^.{2,}$" },
      ],
      [
        { ...text, maxLength: 300 },
        { ...text, pattern: "^.{0,300}$|^1" },
      ],
      [{ ...text, format: "date" }, text],
      [{ ...text, contentEncoding: "base64" }, text],
      [
        { ...text, contentMediaType: "application/json", contentSchema: integer },
        { ...text, contentMediaType: "application/json", contentSchema: { type: "number" } },
      ],
    ],
    equal: [
      [{ ...text, minLength: 0 }, text],
      [
        { ...text, minLength: 1 },
        { ...text, pattern: "^.+$" },
      ],
      [
        { ...text, minLength: 2, maxLength: 4 },
        { ...text, pattern: "^.{2,4}$" },
      ],
      [
        { ...text, pattern: "^\\d+$" },
        { ...text, pattern: "^[0-9]+$" },
      ],
      [{ ...text, minimum: 3, maxItems: 1, maxProperties: 1 }, text],
      [{ ...text, contentEncoding: "base64" }, { allOf: [text, { contentEncoding: "base64" }] }],
    ],
    unknown: [
      [
        { ...text, minLength: 2 },
        { ...text, maxLength: 2 },
      ],
      [
        { ...text, format: "date" },
        { ...text, format: "email" },
      ],
      [
        { ...text, contentEncoding: "base64" },
        { ...text, contentEncoding: "base32" },
      ],
      [
        { ...text, pattern: "^a" },
        { ...text, pattern: "b$" },
      ],
      [
        { ...text, pattern: "(a+)b\\1" },
        { ...text, pattern: "a" },
      ],
      [
        { ...text, pattern: "^[a-z]{2,4}$" },
        { ...text, maxLength: 3 },
      ],
    ],
  },
});
