import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { InvalidRequestError, RequestTooLargeError } from "./errors.ts";

/** An event of an HTTP API (payload 2.0); `authorizer.lambda` is the context of a Lambda authorizer. */
export type ApiEvent = Pick<
  APIGatewayProxyEventV2,
  "rawPath" | "rawQueryString" | "headers" | "body" | "isBase64Encoded"
> & {
  requestContext: {
    stage: string;
    requestId: string;
    http: { method: string };
    authorizer?: { lambda?: unknown };
  };
};

/** Path of the request without the stage that a stage other than `$default` puts before it. */
export const pathOf = (event: ApiEvent): string => {
  const prefix = `/${event.requestContext.stage}/`;
  return event.rawPath.startsWith(prefix) ? event.rawPath.slice(prefix.length - 1) : event.rawPath;
};

/** The header `name` (lower case) of the request. */
export const headerOf = (event: ApiEvent, name: string): string | undefined =>
  event.headers[name] ?? Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** The query's parameters; of one that is repeated the last counts. */
export const queryOf = (event: ApiEvent): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(event.rawQueryString));

/**
 * The request's body as text, base64 undone.
 * @throws RequestTooLargeError above `maxBytes`
 * @throws InvalidRequestError when it is not UTF-8
 */
export const bodyTextOf = (event: ApiEvent, maxBytes: number): string => {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.byteLength > maxBytes) throw new RequestTooLargeError(maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidRequestError("the request body is not UTF-8");
  }
};
