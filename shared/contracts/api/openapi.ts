import * as z from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { errorEnvelope } from "./envelope.ts";
import type { AnswerSpec, Route } from "./route.ts";
import { routes } from "./routes.ts";

/**
 * The API's own OpenAPI 3.1.1 document, made from the table of routes: what it says is what the router does and the
 * validation accepts.
 *
 * @param serverUrl base of the routes; absent makes them relative to where the document was read
 */
export const createOpenApiDocument = (serverUrl?: string) =>
  createDocument({
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
    servers: [{ url: serverUrl ?? "/" }],
    security: [{ apiKey: [] }],
    tags: [...new Set(Object.values(routes).map((route) => route.tag))].map((name) => ({ name })),
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "A tenant's API key; for tenants the admin key." },
      },
    },
  });

const pathsOf = (table: Readonly<Record<string, Route>>): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  for (const [operationId, route] of Object.entries(table)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(operationId, route) };
  }
  return paths;
};

const operationOf = (operationId: string, route: Route): ZodOpenApiOperationObject => {
  const pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.access === "public" ? { security: [] } : {}),
    "x-forewarn-access": route.access,
    requestParams: {
      ...(pathNames.length === 0
        ? {}
        : { path: z.object(Object.fromEntries(pathNames.map((name) => [name, z.string()]))) }),
      ...(route.query === undefined ? {} : { query: route.query }),
      ...(route.method === "POST" ? { header: idempotencyHeader } : {}),
    },
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: route.body } } } }),
    responses: { ...answersOf(route), ...errorsOf(route) },
  };
};

const idempotencyHeader = z.object({
  "Idempotency-Key": z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({ description: "Chosen by the client, one for each thing it wants done; kept for a day." }),
});

const answersOf = (route: Route): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      { ...contentOf(answer), ...headersOf(route, answer) },
    ]),
  );

const contentOf = ({ description, schema, mediaTypes }: AnswerSpec) => {
  if (schema !== undefined) return { description, content: { "application/json": { schema } } };
  if (mediaTypes === undefined) return { description };
  return { description, content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, {}])) };
};

const headersOf = (route: Route, answer: AnswerSpec) => {
  const headers = {
    ...(answer.location ? { Location: z.string() } : {}),
    ...(route.method === "POST"
      ? {
          "Idempotency-Replayed": z.literal("true").optional().meta({ description: "This is the first one's answer." }),
        }
      : {}),
  };
  return Object.keys(headers).length === 0 ? {} : { headers: z.object(headers) };
};

const errorsOf = (route: Route): ZodOpenApiResponsesObject => {
  const statuses = new Set<number>([500, ...(route.errors ?? [])]);
  if (route.access !== "public") for (const status of [401, 403]) statuses.add(status);
  if (route.access !== "public" && route.method !== "DELETE") statuses.add(400);
  if (route.method === "POST" || route.method === "PATCH") statuses.add(413);
  if (route.method === "POST") statuses.add(409);
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => [
        String(status),
        {
          description: errorDescriptions[status] ?? "Error",
          content: { "application/json": { schema: errorEnvelope } },
        },
      ]),
  );
};

const errorDescriptions: Readonly<Record<number, string>> = {
  400: "The request is not valid; `field` names what is wrong.",
  401: "The API key is missing, unknown or revoked.",
  403: "The key lacks the scope that this route needs.",
  404: "There is no such thing, or it is another tenant's.",
  409: "The thing's state does not allow this, or the idempotency key belongs to another request.",
  413: "The request is too large.",
  500: "Forewarn failed; the request can be sent again.",
};
