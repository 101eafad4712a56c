import type { JsonValue } from "../../../../shared/spec/model.ts";
import { relate } from "./relate.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array" } as const;
const object = { type: "object" } as const;
const kindIs = (kind: { [key: string]: JsonValue } | boolean, ...required: string[]) => ({
  ...object,
  properties: { kind },
  required,
});

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
      [{ oneOf: [{ type: "boolean" }, { const: true }] }, { type: "boolean" }],
      [kindIs({ const: "a" }, "kind"), { oneOf: [kindIs({ const: "a" }, "kind"), kindIs(false)] }],
      [
        kindIs(integer, "kind"),
        { oneOf: [kindIs(integer, "kind"), { anyOf: [kindIs(text, "kind"), kindIs({ type: "boolean" }, "kind")] }] },
      ],
      [
        kindIs({ enum: ["a", "b"] }, "kind"),
        { oneOf: [kindIs({ enum: ["a", "b"] }, "kind"), kindIs({ ...text, minLength: 2 }, "kind")] },
      ],
      [{ ...text, minLength: 2 }, { not: { anyOf: [integer, { const: "a" }] } }],
      [{ ...text, minLength: 2 }, { not: { oneOf: [integer, { ...text, maxLength: 1 }] } }],
      [integer, { not: { enum: ["a", 1.5] } }],
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
      [
        { ...integer, minimum: 5 },
        {
          oneOf: [
            { ...integer, minimum: 3 },
            { ...integer, maximum: 5 },
          ],
        },
      ],
      [
        { ...integer, maximum: 5 },
        {
          oneOf: [
            { ...integer, maximum: 7 },
            { ...integer, minimum: 5 },
          ],
        },
      ],
      [
        { ...text, minLength: 3 },
        {
          oneOf: [
            { ...text, minLength: 3 },
            { ...text, maxLength: 3 },
          ],
        },
      ],
      [
        { ...text, maxLength: 3 },
        {
          oneOf: [
            { ...text, maxLength: 4 },
            { ...text, minLength: 3 },
          ],
        },
      ],
      [
        { ...list, minItems: 3 },
        {
          oneOf: [
            { ...list, minItems: 3 },
            { ...list, maxItems: 3 },
          ],
        },
      ],
      [
        { ...object, minProperties: 3 },
        {
          oneOf: [
            { ...object, minProperties: 3 },
            { ...object, maxProperties: 3 },
          ],
        },
      ],
      [{ ...integer, minimum: 3 }, { oneOf: [{ ...integer, minimum: 2 }, { type: ["number", "string"] }] }],
      [kindIs({ const: "a" }), { oneOf: [kindIs({ const: "a" }), kindIs({ const: "b" })] }],
      [
        kindIs({ const: "a" }, "kind"),
        { oneOf: [kindIs({ const: "a" }, "kind"), kindIs({ enum: ["a", "b"] }, "kind")] },
      ],
      [kindIs({ const: "a" }, "kind"), { oneOf: [kindIs({ const: "a" }, "kind"), { ...object, required: ["other"] }] }],
      [
        kindIs(integer, "kind"),
        { oneOf: [kindIs(integer, "kind"), { anyOf: [kindIs(text, "kind"), kindIs({ type: "number" }, "kind")] }] },
      ],
      [{ ...integer, minimum: 5 }, { not: { ...integer, maximum: 5 } }],
      [{ ...text, minLength: 2 }, { not: { anyOf: [integer, { const: "ab" }] } }],
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
