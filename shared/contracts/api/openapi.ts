import * as z from "zod";
import { errorEnvelope } from "./envelope.ts";
import { type AnswerSpec, type Method, type Route, takesBody } from "./route.ts";
import { routes } from "./routes.ts";
import { createSchemaBook, type JsonSchema, type SchemaBook } from "./schema-book.ts";

type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: JsonSchema };
type Content = Record<string, { schema?: JsonSchema }>;
type Response = {
  description: string;
  headers?: Record<string, { description?: string; schema: JsonSchema }>;
  content?: Content;
};

export type OpenApiOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: [];
  "x-forewarn-access": string;
  parameters?: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, Response>;
};

/** Operations by method, and the bases of a path that is served under several. */
export type PathItem = { servers?: { url: string }[] } & { [Method in LowerMethod]?: OpenApiOperation };
type LowerMethod = Lowercase<Method>;

export type OpenApiDocument = {
  openapi: "3.1.1";
  info: object;
  servers: { url: string }[];
  security: Record<string, []>[];
  tags: { name: string }[];
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, object> };
};

/**
 * The API's own OpenAPI 3.1.1 document, made from the table of routes: what it says is what the router does and the
 * validation accepts. From zod's own JSON Schemas rather than with zod-openapi, which would add 18 KB to the API's bundle.
 *
 * @param serverUrl base of the routes; absent makes them relative to where the document was read
 */
export const createOpenApiDocument = (serverUrl = "/"): OpenApiDocument => {
  const book = createSchemaBook();
  const paths: OpenApiDocument["paths"] = {};
  for (const [operationId, route] of Object.entries<Route>(routes)) {
    const bases = route.alsoUnder === undefined ? [] : ["", route.alsoUnder];
    paths[route.path] = {
      ...(bases.length === 0 ? {} : { servers: bases.map((base) => ({ url: under(serverUrl, base) })) }),
      ...paths[route.path],
      [route.method.toLowerCase()]: operationOf(operationId, route, book),
    };
  }
  return book.settle({
    openapi: "3.1.1",
    info: {
      title: "Forewarn",
      version: "0.1.0",
      summary: "Know before the APIs you depend on break you.",
      description: [
        "Answers are `{data, nextCursor?}`, errors `{error: {code, message, field?}}`. Lists are newest first unless",
        "they say otherwise. Another tenant's things answer 404, as things that do not exist do. A POST with an",
        "`Idempotency-Key` that came before, within a day, gets the first one's answer.",
      ].join(" "),
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    tags: [...new Set(Object.values(routes).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: {},
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "A tenant's API key; for tenants the admin key." },
      },
    },
  });
};

/** @example under("/", "/api/v1") → "/api/v1" */
const under = (serverUrl: string, base: string): string => `${serverUrl.replace(/\/$/, "")}${base}` || "/";

/** Every operation of the document. */
export const operationsOf = (
  document: OpenApiDocument,
): { path: string; method: LowerMethod; operation: OpenApiOperation }[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    lowerMethods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );

const lowerMethods = ["get", "head", "post", "put", "patch", "delete"] as const satisfies readonly LowerMethod[];

const operationOf = (operationId: string, route: Route, book: SchemaBook): OpenApiOperation => {
  const parameters = parametersOf(route, book);
  const { description, body } = route;
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(description === undefined ? {} : { description }),
    ...(route.access === "public" ? { security: [] } : {}),
    "x-forewarn-access": route.access,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: book.input(body) } } } }),
    ...(route.upload === undefined ? {} : { requestBody: { required: true, content: formOf(route.upload.field) } }),
    responses: { ...answersOf(route, book), ...errorsOf(route, book) },
  };
};

const formOf = (field: string): Content => ({
  "multipart/form-data": {
    schema: {
      type: "object",
      properties: { [field]: { type: "string", contentMediaType: "application/octet-stream" } },
      required: [field],
    },
  },
});

const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .meta({ description: "Chosen by the client, one for each thing it wants done; kept for a day." });

const parametersOf = (route: Route, book: SchemaBook): Parameter[] => [
  ...[...route.path.matchAll(/\{(\w+)\}/g)].map(
    ([, name = ""]): Parameter => ({ name, in: "path", required: true, schema: { type: "string" } }),
  ),
  ...Object.entries<z.ZodType>(route.query?.shape ?? {}).map(
    ([name, schema]): Parameter => ({ name, in: "query", required: false, schema: book.input(schema) }),
  ),
  ...Object.entries<z.ZodType>(route.headers?.shape ?? {}).map(
    ([name, schema]): Parameter => ({
      name,
      in: "header",
      required: !schema.safeParse(undefined).success,
      schema: book.input(schema),
    }),
  ),
  ...(isKept(route)
    ? [{ name: "Idempotency-Key", in: "header" as const, required: false, schema: book.input(idempotencyKey) }]
    : []),
];

/** Whether an `Idempotency-Key` has its answer kept. */
const isKept = (route: Route): boolean => route.method === "POST" && !route.changesNothing;

const answersOf = (route: Route, book: SchemaBook): Record<string, Response> =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => {
      const headers = {
        ...(answer.location ? { Location: { schema: { type: "string" } } } : {}),
        ...Object.fromEntries(
          Object.entries(answer.headers ?? {}).map(([name, description]) => [
            name,
            { description, schema: { type: "string" } },
          ]),
        ),
        ...(isKept(route) ? { "Idempotency-Replayed": { schema: { const: "true" } } } : {}),
      };
      const isBare = Object.keys(headers).length === 0;
      return [status, { description: answer.description, ...(isBare ? {} : { headers }), ...contentOf(answer, book) }];
    }),
  );

const contentOf = ({ schema, mediaTypes }: AnswerSpec, book: SchemaBook): { content?: Content } => {
  if (schema === undefined && mediaTypes === undefined) return {};
  return {
    content: {
      ...(schema === undefined ? {} : { "application/json": { schema: book.output(schema) } }),
      ...Object.fromEntries((mediaTypes ?? []).map((mediaType) => [mediaType, {}])),
    },
  };
};

const errorsOf = (route: Route, book: SchemaBook): Record<string, Response> => {
  const statuses = new Set<number>([route.outageStatus ?? 500, ...(route.errors ?? [])]);
  if (route.access !== "public") for (const status of [401, 403]) statuses.add(status);
  if (route.access !== "public" && route.method !== "DELETE") statuses.add(route.invalidStatus ?? 400);
  if (takesBody(route.method)) statuses.add(413);
  if (isKept(route)) statuses.add(409);
  return Object.fromEntries(
    [...statuses].map((status) => [
      String(status),
      {
        description: errorDescriptions[status] ?? "Error",
        content: { "application/json": { schema: book.output(errorEnvelope) } },
      },
    ]),
  );
};

const errorDescriptions: Readonly<Record<number, string>> = {
  400: "The request is not valid; `field` names what is wrong.",
  401: "The API key is missing, unknown or revoked.",
  403: "The key lacks the scope that this route needs.",
  404: "There is no such thing, or it is another tenant's.",
  406: "None of the media types that are accepted.",
  409: "The thing's state does not allow this, or the idempotency key belongs to another request.",
  413: "The request is too large.",
  422: "The request is not valid, a document cannot be read, or the answer is larger than an answer can be.",
  500: "Forewarn failed; the request can be sent again.",
  503: "Forewarn's table cannot be reached; the request can be sent again.",
};
