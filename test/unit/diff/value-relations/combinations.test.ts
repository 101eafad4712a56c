import { relate } from "./relate.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;

relate({
  alternatives: {
    widened: [
      [{ anyOf: [text, integer] }, { anyOf: [text, integer, { type: "boolean" }] }],
      [text, { oneOf: [text, integer] }],
      [{ oneOf: [text, integer] }, { type: ["string", "integer", "null"] }],
      [{ anyOf: [{ ...text, minLength: 2 }, integer] }, { anyOf: [text, integer] }],
      [
        { ...integer, minimum: 5 },
        {
          oneOf: [
            { ...integer, minimum: 3 },
            { ...integer, maximum: 2 },
          ],
        },
      ],
      [
        { ...text, minLength: 3 },
        {
          oneOf: [
            { ...text, minLength: 3 },
            { ...text, maxLength: 1 },
          ],
        },
      ],
      [
        { ...list, minItems: 3 },
        {
          oneOf: [
            { ...list, minItems: 3 },
            { ...list, maxItems: 1 },
          ],
        },
      ],
      [
        { ...object, minProperties: 3 },
        {
          oneOf: [
            { ...object, minProperties: 3 },
            { ...object, maxProperties: 1 },
          ],
        },
      ],
      [
        { ...object, properties: { kind: { const: "a" } }, required: ["kind"] },
        {
          oneOf: [
            { ...object, properties: { kind: { const: "a" } }, required: ["kind"] },
            { ...object, properties: { kind: { const: "b" } }, required: ["kind"] },
          ],
        },
      ],
      [{ const: "a" }, { not: { const: "b" } }],
      [{ not: { type: ["string", "integer"] } }, { not: text }],
      [{ ...integer, minimum: 5 }, { not: { ...integer, maximum: 4 } }],
    ],
    equal: [
      [{ anyOf: [text, integer] }, { type: ["string", "integer"] }],
      [{ oneOf: [text, integer] }, { anyOf: [integer, text] }],
      [
        {
          oneOf: [
            { ...text, minLength: 1 },
            { ...text, maxLength: 4 },
          ],
        },
        {
          oneOf: [
            { ...text, maxLength: 4 },
            { ...text, minLength: 1 },
          ],
        },
      ],
      [{ anyOf: [text, { ...text, minLength: 3 }] }, text],
      [{ allOf: [text, { minLength: 3 }] }, { ...text, minLength: 3 }],
      [{ ...text, not: integer }, text],
      [{ anyOf: [false, text] }, text],
      [{ not: { not: text } }, { not: { not: text } }],
    ],
    unknown: [
      [{ anyOf: [text, integer] }, { anyOf: [text, { type: "boolean" }] }],
      [{ oneOf: [{ minimum: 1 }, { maximum: 3 }] }, { oneOf: [{ minimum: 1 }, { maximum: 4 }] }],
      [text, { oneOf: [text, { minLength: 2 }] }],
      [{ not: text }, { not: integer }],
    ],
  },
  conditions: {
    widened: [
      [
        { ...integer, if: { minimum: 3 }, else: false },
        { ...integer, if: { minimum: 3 }, else: { minimum: 1 } },
      ],
      [
        { ...integer, minimum: 3 },
        { ...integer, if: { maximum: 9 }, else: { minimum: 1 } },
      ],
    ],
    equal: [
      [{ ...integer, if: { minimum: 3 } }, integer],
      [{ ...integer, else: false }, integer],
      [
        { ...integer, if: { ...integer, exclusiveMinimum: 2 }, else: { minimum: 1 } },
        { ...integer, if: { ...integer, minimum: 3 }, else: { minimum: 1 } },
      ],
    ],
    unknown: [
      [
        { ...integer, if: { minimum: 3 }, else: { minimum: 1 } },
        { ...integer, if: { minimum: 4 }, else: { minimum: 2 } },
      ],
    ],
  },
});
