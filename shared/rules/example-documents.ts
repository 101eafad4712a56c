import type { SchemaSite } from "../diff/facts.ts";
import type { JsonValue } from "../spec/model.ts";
import type { RuleExample } from "./rule.ts";

type JsonObject = { [key: string]: JsonValue };

const answers: JsonObject = { "204": { description: "Done" } };

/** A document around `parts`: what an example needs and no more. */
export function documentWith(parts: JsonObject): JsonObject {
  return { openapi: "3.1.0", info: { title: "Pets", version: "1" }, paths: {}, ...parts };
}

/** A document with one operation, `POST /pets`. */
export function operationWith(operation: JsonObject): JsonObject {
  return documentWith({ paths: { "/pets": { post: { responses: answers, ...operation } } } });
}

/** A document whose one operation has these parameters. */
export function parametersWith(...parameters: JsonObject[]): JsonObject {
  return operationWith({ parameters });
}

/** A document whose one operation takes `schema` as JSON. */
export function requestWith(schema: JsonValue): JsonObject {
  return operationWith({ requestBody: { required: true, content: { "application/json": { schema } } } });
}

/** A document whose one operation answers `schema` as JSON. */
export function responseWith(schema: JsonValue): JsonObject {
  return operationWith({ responses: { "200": { description: "A pet", content: { "application/json": { schema } } } } });
}

/** A document that has `schema` at `site` and nowhere else. */
export function schemaAt(site: SchemaSite, schema: JsonValue): JsonObject {
  const inside = { type: "object", properties: { value: schema } };
  switch (site) {
    case "request-body":
      return requestWith(schema);
    case "request-property":
      return requestWith(inside);
    case "request-parameter":
      return parametersWith({ name: "value", in: "query", schema });
    case "request-parameter-property":
      return parametersWith({ name: "filter", in: "query", style: "deepObject", explode: true, schema: inside });
    case "response-body":
      return responseWith(schema);
    case "response-property":
      return responseWith(inside);
    case "response-header":
      return operationWith({ responses: { "200": { description: "A pet", headers: { "x-value": { schema } } } } });
  }
}

/** An example pair made by putting two fragments into the same document. */
export function exampleOf<Part>(wrap: (part: Part) => JsonValue, before: Part, after: Part): RuleExample {
  return { before: wrap(before), after: wrap(after) };
}
