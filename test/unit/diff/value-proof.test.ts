import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createValueProof } from "../../../shared/diff/schema-cover.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { schemaIn } from "./models.ts";

type Schema = { [key: string]: JsonValue };

/** Small numbers, texts and names, so that schemas and values meet often. */
const small = fc.integer({ min: 0, max: 3 });
const text = fc.constantFrom("", "a", "ab", "abc", "1", "12");
const name = fc.constantFrom("a", "b", "c");
const scalar = fc.oneof(fc.constantFrom<JsonValue>(null, true, false, 0, 1, 1.5, 2, 3, 4), text);

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const one = <Key extends string>(key: Key, of: fc.Arbitrary<JsonValue>) =>
  of.map((found): Schema => ({ [key]: found }));

const plain: fc.Arbitrary<Schema> = fc.oneof(
  one(
    "type",
    fc.constantFrom<JsonValue>("string", "number", "integer", "object", "array", "boolean", ["string", "integer"]),
  ),
  one("enum", fc.uniqueArray(scalar, { minLength: 1, maxLength: 3, selector: JSON.stringify })),
  one("const", scalar),
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].map((key) => one(key, small)),
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"].map((key) => one(key, small)),
  one("multipleOf", fc.constantFrom(1, 2, 0.5)),
  one("pattern", fc.constantFrom("^a", "^[a-z]+$", "^.*$", "b", "^[0-9]{1,2}$")),
  one("required", fc.uniqueArray(name, { maxLength: 2 })),
  one("uniqueItems", fc.constant(true)),
);

const { schema } = fc.letrec<{ schema: Schema; inner: Schema }>((tie) => {
  const list = fc.array(tie("inner"), { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(name, tie("inner"), { maxKeys: 2, noNullPrototype: true });
  const nested: fc.Arbitrary<Schema> = fc.oneof(
    ...["items", "additionalProperties", "not", "contains", "propertyNames"].map((key) => one(key, tie("inner"))),
    ...["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => one(key, list)),
    ...["properties", "dependentSchemas"].map((key) => one(key, map)),
    fc.tuple(map, fc.boolean()).map(([properties]): Schema => ({ properties, additionalProperties: false })),
    fc.tuple(tie("inner"), tie("inner"), tie("inner")).map(
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
      ([condition, demand, other]): Schema => ({ if: condition, then: demand, else: other }),
    ),
    one(
      "patternProperties",
      fc.dictionary(fc.constantFrom("^a", "b"), tie("inner"), { maxKeys: 2, noNullPrototype: true }),
    ),
  );
  const merged = (parts: Schema[]): Schema => Object.assign({}, ...parts);
  return {
    inner: fc.oneof({ maxDepth: 2 }, plain, tie("schema")),
    schema: fc.array(fc.oneof(plain, plain, nested), { minLength: 1, maxLength: 3 }).map(merged),
  };
});

/** A schema and a version of it that differs a little, or another one. */
const pair = fc.oneof(
  fc.tuple(schema, schema),
  fc.tuple(schema, plain).map(([left, more]): [Schema, Schema] => [left, { ...left, ...more }]),
  fc.tuple(schema, schema).map(([left, more]): [Schema, Schema] => [left, { anyOf: [left, more] }]),
  fc.tuple(schema, schema).map(([left, more]): [Schema, Schema] => [left, { allOf: [left, more] }]),
);

function proofOf(left: Schema, right: Schema): { rightCovers: boolean; leftCovers: boolean } {
  const [before, after] = [schemaIn("before", left), schemaIn("after", right)];
  const proof = createValueProof(before.side, after.side);
  return {
    rightCovers: proof.covers(after.side, after.id, before.side, before.id),
    leftCovers: proof.covers(before.side, before.id, after.side, after.id),
  };
}

/** Whether a value is valid; `undefined` where the validator itself fails (it does for `if` beside `patternProperties`). */
function validatorOf(ajv: Ajv2020, of: Schema): (value: JsonValue) => boolean | undefined {
  const validate = ajv.compile(of);
  return (each) => {
    try {
      return validate(each);
    } catch {
      return undefined;
    }
  };
}

describe("what is proven of the values of two schemas", () => {
  it("holds for a validator, whatever the schemas and the values", () => {
    const runs = 150;
    let proven = 0;
    fc.assert(
      fc.property(pair, fc.array(value, { minLength: 30, maxLength: 40 }), ([left, right], values) => {
        const { rightCovers, leftCovers } = proofOf(left, right);
        if (!rightCovers && !leftCovers) return;
        proven += 1;
        const ajv = new Ajv2020({ strict: false, validateFormats: false });
        const [fitsLeft, fitsRight] = [left, right].map((each) => validatorOf(ajv, each));
        const lost = rightCovers
          ? values.filter((each) => fitsLeft?.(each) === true && fitsRight?.(each) === false)
          : [];
        const won = leftCovers ? values.filter((each) => fitsRight?.(each) === true && fitsLeft?.(each) === false) : [];
        expect({ lost, won }).toEqual({ lost: [], won: [] });
      }),
      { numRuns: runs, seed: 7 },
    );
    expect(proven).toBeGreaterThan(runs / 5);
  }, 120_000);
});
