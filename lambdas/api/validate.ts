import * as z from "zod";
import { idPattern } from "../../shared/contracts/api/envelope.ts";
import type { RouteBody } from "../../shared/contracts/api/route.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { InvalidRequestError } from "./errors.ts";

const noBody = z.strictObject({});

/**
 * The request's body as its schema reads it. A route without a schema takes no body, or `{}`.
 * @throws InvalidRequestError
 */
export const readBody = (schema: RouteBody | undefined, text: string): Record<string, unknown> => {
  if (text.trim() === "") {
    if (schema === undefined) return {};
    throw new InvalidRequestError("the request body is missing: send a JSON object");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidRequestError(
      `the request body is not valid JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  return check(schema ?? noBody, value);
};

/** @throws InvalidRequestError */
export const readQuery = (schema: z.ZodObject | undefined, query: Record<string, string>): Record<string, unknown> =>
  check(schema ?? noBody, query);

/**
 * The headers that the route names; others are the client's own matter.
 * @param headerNamed the request's header by its name in lower case
 * @throws InvalidRequestError
 */
export const readHeaders = (
  schema: z.ZodObject | undefined,
  headerNamed: (name: string) => string | undefined,
): Record<string, unknown> => {
  if (schema === undefined) return {};
  const sent = Object.keys(schema.shape).flatMap((name) => {
    const value = headerNamed(name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
  return check(schema, Object.fromEntries(sent));
};

/** Of a path parameter that is no id; `Route.freeParams` says so. */
const maxFreeLength = 200;

/**
 * Path parameters have the form of an id, but for `free` ones. One that has another form is not the id of anything.
 * @throws NotFoundError
 */
export const checkParams = (params: Record<string, string>, free: readonly string[] = []): Record<string, string> => {
  for (const [name, value] of Object.entries(params)) {
    const isFine = free.includes(name) ? value.length <= maxFreeLength : idPattern.test(value);
    if (!isFine) throw new NotFoundError(thingOf(name), value.slice(0, 128));
  }
  return params;
};

/** @example thingOf("syncJobId") → "sync job" */
const thingOf = (paramName: string): string =>
  paramName.replace(/Id$/, "").replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const check = (schema: RouteBody, value: unknown): Record<string, unknown> => {
  const parsed = schema.safeParse(value, { error: messageOf });
  if (parsed.success) return parsed.data as Record<string, unknown>; // every schema of a body is of objects
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new InvalidRequestError("the request is not valid");
  const path = issue.path.map(String);
  const field = issue.code === "unrecognized_keys" ? [...path, ...issue.keys.slice(0, 1)] : path;
  throw new InvalidRequestError(issue.message, field.length === 0 ? undefined : field.join("."));
};

/** Words for the mistakes that people make most; zod's own for the others. */
const messageOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_type" && issue.input === undefined) return "is missing";
  if (issue.code === "invalid_type") return `must be ${articled(issue.expected)}, not ${nameOf(issue.input)}`;
  if (issue.code === "unrecognized_keys")
    return `${issue.keys.join(", ").slice(0, 200)} is not a field that this route knows`;
  return undefined;
};

const articled = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

const nameOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return articled(typeof value);
};
