import type { JsonValue } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const pet = { type: "object", properties: { name: { type: "string" } } };
const withSchemas = (schemas: { [name: string]: JsonValue }) => documentWith({ components: { schemas } });
const none: { [name: string]: JsonValue } = {};

const rule = { direction: "none", area: "components", kind: "existence", level: "safe" } as const;

export const componentCheck = defineCheck({
  rules: {
    "api-schema-removed": {
      ...rule,
      action: "remove",
      message: "removed {place}",
      why: "Names of components are not sent; what operations take and give is judged where it is used.",
      migration: "A regenerated client loses the type of that name.",
      example: exampleOf(withSchemas, { Pet: pet }, none),
    },
  },
  run(facts, report) {
    for (const fact of facts.component) report(`api-schema-${fact.action}`, fact, {});
  },
});
