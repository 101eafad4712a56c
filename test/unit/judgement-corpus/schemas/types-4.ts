import type { SchemaCase } from "./cases.ts";

export const typesCases4: readonly SchemaCase[] = [
  {
    name: "whole numbers become numbers under another limit",
    before: { type: "integer", maximum: 5 },
    after: { type: "number", maximum: 9 },
    causes: 2,
    expect: {
      request: ["safe request-body-max-increased", "safe request-body-type-generalized"],
      response: ["breaking response-body-max-increased", "breaking response-body-type-generalized"],
    },
  },
];
