import type { JsonValue } from "../../../../shared/spec/model.ts";

/** Where the schema of a case stands: one operation, `POST /pets`, or what it calls. */
export type Place = "request" | "response" | "query" | "header" | "webhook" | "callback";

/** One edit of one schema, and all that has to be said of it at each place: `level rule-id`, worst first. */
export type SchemaCase = {
  name: string;
  before: JsonValue;
  after: JsonValue;
  /** @default "3.1.0" */
  openapi?: string;
  /** The components of both documents, or of the old one where `schemasAfter` is given. */
  schemas?: { [name: string]: JsonValue };
  schemasAfter?: { [name: string]: JsonValue };
  /** How many edits the change is. @default one, where anything is said */
  causes?: number;
  expect: { [At in Place]?: readonly string[] };
};

const roots: Record<Place, string> = {
  request: "/paths/~1pets/post/requestBody/content/application~1json/schema",
  response: "/paths/~1pets/post/responses/200/content/application~1json/schema",
  query: "/paths/~1pets/post/parameters/0/schema",
  header: "/paths/~1pets/post/responses/200/headers/x-value/schema",
  webhook: "/webhooks/petAdded/post/requestBody/content/application~1json/schema",
  callback: "/paths/~1pets/post/callbacks/onPet/{$request.query.url}/post/requestBody/content/application~1json/schema",
};

/** Pointer of the schema of a case in the document that `documentOf` makes. */
export function rootOf(place: Place): string {
  return roots[place];
}

const done = { "204": { description: "Done" } };

/** The document of `one` on a side of its edit, with its schema at `place` and nowhere else. */
export function documentOf(place: Place, one: SchemaCase, side: "before" | "after"): JsonValue {
  const schemas = side === "before" ? one.schemas : (one.schemasAfter ?? one.schemas);
  const content = { "application/json": { schema: one[side] } };
  const called = { post: { requestBody: { required: true, content }, responses: done } };
  const answers = (answer: { [key: string]: JsonValue }) => ({ "200": { description: "A pet", ...answer } });
  const operations: Record<Place, { [key: string]: JsonValue }> = {
    request: { requestBody: { required: true, content }, responses: done },
    response: { responses: answers({ content }) },
    query: { parameters: [{ name: "value", in: "query", schema: one[side] }], responses: done },
    header: { responses: answers({ headers: { "x-value": { schema: one[side] } } }) },
    callback: { responses: done, callbacks: { onPet: { "{$request.query.url}": called } } },
    webhook: {},
  };
  return {
    openapi: one.openapi ?? "3.1.0",
    info: { title: "Pets", version: "1" },
    paths: place === "webhook" ? {} : { "/pets": { post: operations[place] } },
    ...(place === "webhook" && { webhooks: { petAdded: called } }),
    ...(schemas !== undefined && { components: { schemas } }),
  };
}
