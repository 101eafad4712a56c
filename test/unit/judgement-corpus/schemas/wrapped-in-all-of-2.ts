import type { SchemaCase } from "./cases.ts";

export const wrappedInAllOfCases2: readonly SchemaCase[] = [
  {
    name: "a text loses null, which it does not allow beside its reference",
    before: { properties: { a: { allOf: [{ $ref: "#/components/schemas/A" }], type: ["string", "null"] } } },
    after: { properties: { a: { $ref: "#/components/schemas/A" } } },
    schemas: { A: { type: "string", minLength: 1, maxLength: 9 } },
    expect: { request: [], response: [] },
  },
];
