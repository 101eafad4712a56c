import { describe, expect, it } from "vitest";
import { fits, typeOfValue } from "../../../shared/diff/value-fit.ts";
import type { JsonType, JsonValue } from "../../../shared/spec/model.ts";
import { schemaIn } from "./models.ts";

const nested = (depth: number, innermost: JsonValue): JsonValue =>
  depth === 0 ? innermost : { type: "array", items: nested(depth - 1, innermost) };
const wrapped = (depth: number, innermost: JsonValue): JsonValue =>
  depth === 0 ? innermost : [wrapped(depth - 1, innermost)];

type Cases = readonly (readonly [schema: JsonValue, valid: JsonValue[], invalid: JsonValue[], open?: JsonValue[]])[];

const keywords: Record<string, Cases> = {
  "a type": [
    [{ type: "integer" }, [1, -3, 0], [1.5, "1", null, true, [1], {}]],
    [{ type: "number" }, [1, 1.5], ["1", null, false]],
    [{ type: ["string", "null"] }, ["", null], [0, [], {}]],
    [{ type: "boolean" }, [true, false], [0, "true", null]],
    [{ type: "array" }, [[], [1]], [{}, "[]"]],
    [{ type: "object" }, [{}, { a: 1 }], [[], null]],
    [{}, [null, 1, "a", [], {}], []],
  ],
  "a list of values": [
    [{ enum: ["cat", 1, { a: [1] }] }, ["cat", 1, { a: [1] }], ["dog", "1", 2, null, { a: [2] }]],
    [{ const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }, 1]],
    [{ type: ["string", "null"], enum: ["cat"] }, ["cat", null], ["dog"]],
    [{ type: ["string", "null"], const: "cat" }, ["cat"], ["dog"]],
  ],
  "limits of a number": [
    [{ minimum: 2, maximum: 4 }, [2, 3.5, 4, "1", null], [1, 1.9, 4.1, 5]],
    [{ exclusiveMinimum: 2, exclusiveMaximum: 4 }, [2.1, 3], [2, 4, 1, 5]],
    [{ multipleOf: 2, maximum: 9 }, ["a"], [10], [4, 3]],
    [{ type: "integer", format: "int32" }, [], ["a"], [4]],
  ],
  "limits of a text": [
    [{ minLength: 2, maxLength: 3 }, ["ab", "abc", "😀😀", 1], ["a", "abcd", "😀"]],
    [{ pattern: "^a+$" }, ["aa", 3], ["ab", ""]],
    [{ pattern: "(?<!b)a" }, [1], [], ["aa"]],
    [{ type: "string", format: "date" }, [], [1], ["2020-01-01"]],
    [{ contentEncoding: "base64" }, [1], [], ["YQ=="]],
    [{ contentMediaType: "application/json" }, [1], [], ["{}"]],
    [{ contentMediaType: "application/json", contentSchema: { type: "object" }, minLength: 2 }, [1], ["a"], ["{}"]],
  ],
  "limits of a list": [
    [{ minItems: 1, maxItems: 2 }, [[1], [1, 2], "abc"], [[], [1, 2, 3]]],
    [{ items: { type: "string" } }, [[], ["a"], "a"], [[1], ["a", 1]]],
    [{ items: { format: "date" } }, [[]], [], [["a"], [1]]],
    [{ uniqueItems: true, maxItems: 1 }, [{}], [[1, 1]], [[1]]],
    [{ prefixItems: [{ type: "string" }] }, [{}], [], [[1]]],
    [{ contains: { type: "string" } }, ["a"], [], [[1]]],
    [{ items: { type: "string" }, minItems: 1, contains: { const: "a" } }, [1], [[]], [["a"]]],
  ],
  "limits of an object": [
    [{ minProperties: 1, maxProperties: 2 }, [{ a: 1 }, { a: 1, b: 2 }, []], [{}, { a: 1, b: 2, c: 3 }]],
    [{ required: ["a", "b"] }, [{ a: 1, b: 1 }, 1], [{ a: 1 }, { b: 1 }, {}]],
    [{ properties: { a: { type: "string" } } }, [{}, { a: "x" }, { b: 1 }], [{ a: 1 }]],
    [
      { properties: { a: { type: "string" } }, additionalProperties: false },
      [{}, { a: "x" }],
      [{ b: 1 }, { a: "x", b: 1 }],
    ],
    [{ additionalProperties: { type: "integer" } }, [{ a: 1 }], [{ a: "x" }]],
    [{ properties: { toString: { type: "string" } } }, [{}, { valueOf: 1 }], [{ toString: 1 }]],
    [{ patternProperties: { "^a": { type: "string" } }, maxProperties: 1 }, [1], [{ a: 1, b: 1 }], [{ b: 1 }]],
    [{ propertyNames: { maxLength: 1 } }, [1], [], [{ ab: 1 }]],
    [{ dependentRequired: { a: ["b"] } }, [1], [], [{ a: 1 }]],
    [{ dependentSchemas: { a: { required: ["b"] } } }, [1], [], [{ a: 1 }]],
    [{ properties: { a: {} }, unevaluatedProperties: { type: "string" } }, [1], [], [{ b: 1 }]],
  ],
  "a combination": [
    [{ allOf: [{ minimum: 1 }, { maximum: 3 }] }, [1, 3], [0, 4]],
    [{ allOf: [{ minimum: 1 }, { multipleOf: 2 }] }, [], [0], [2]],
    [{ anyOf: [{ type: "string" }, { minimum: 3 }] }, ["a", 3], [2]],
    [{ anyOf: [{ type: "string" }, { type: "integer", multipleOf: 2 }] }, ["a"], [true], [2]],
    [{ oneOf: [{ minimum: 1 }, { maximum: 3 }] }, [0, 4], [2]],
    [{ oneOf: [{ type: "string" }, { type: "boolean" }] }, ["a"], [1]],
    [{ oneOf: [{ minimum: 1 }, { maximum: 3 }, { type: "integer", multipleOf: 2 }] }, [], [2], [0]],
    [{ not: { type: "string" } }, [1], ["a"]],
    [{ not: { multipleOf: 2 } }, [], ["a"], [1]],
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
    [{ type: "integer", if: { minimum: 1 }, then: { maximum: 3 } }, [], ["a"], [2]],
    [{ type: "integer", if: { minimum: 1 }, else: { maximum: 3 } }, [], ["a"], [2]],
    [{ type: "integer", if: { minimum: 1 } }, [2], ["a"]],
  ],
  "what allows nothing": [[false, [], [1, null, {}]]],
  "values far inside": [
    [nested(6, { type: "string" }), [wrapped(6, "a")], [wrapped(6, 1)]],
    [nested(7, { type: "string" }), [wrapped(7, "a")], [wrapped(7, 1)]],
    [nested(8, { type: "string" }), [], [], [wrapped(8, "a"), wrapped(8, 1)]],
  ],
};

const judged = Object.entries(keywords).flatMap(([keyword, cases]) =>
  cases.flatMap(([schema, valid, invalid, open = []]) =>
    (
      [
        [valid, true],
        [invalid, false],
        [open, undefined],
      ] as const
    ).flatMap(([values, answer]) =>
      values.map((value) => [keyword, JSON.stringify(value), JSON.stringify(schema), value, schema, answer] as const),
    ),
  ),
);

describe("whether a value fits", () => {
  it.each(judged)("%s: %s in %s", (_, __, ___, value, schema, answer) => {
    const { side, id } = schemaIn("before", schema);
    expect(fits(side, id, value)).toBe(answer);
  });
});

describe("the type of a value", () => {
  it.each<[JsonValue, JsonType]>([
    [null, "null"],
    [true, "boolean"],
    [3, "integer"],
    [3.5, "number"],
    ["3", "string"],
    [[3], "array"],
    [{ a: 3 }, "object"],
  ])("of %s is %s", (value, type) => {
    expect(typeOfValue(value)).toBe(type);
  });
});
