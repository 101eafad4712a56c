import { gunzipSync } from "node:zlib";
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
 * The request's body as text, base64 and gzip undone.
 * @param maxBytes of the text, however small its compressed form is
 * @throws RequestTooLargeError above `maxBytes`
 * @throws InvalidRequestError when it is not UTF-8, or not the gzip that it says it is
 */
export const bodyTextOf = (event: ApiEvent, maxBytes: number): string => {
  const sent = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const bytes = isCompressed(event) ? inflated(sent, maxBytes) : sent;
  if (bytes.byteLength > maxBytes) throw new RequestTooLargeError(maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidRequestError("the request body is not UTF-8");
  }
};

const isCompressed = (event: ApiEvent): boolean => {
  const encoding = headerOf(event, "content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "gzip" && encoding !== "identity") {
    throw new InvalidRequestError(`must be gzip, not ${encoding.slice(0, 40)}`, "Content-Encoding");
  }
  return encoding === "gzip";
};

const inflated = (bytes: Uint8Array, maxBytes: number): Uint8Array => {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    if (isTooLarge) throw new RequestTooLargeError(maxBytes);
    throw new InvalidRequestError("the request body is not gzip, which its Content-Encoding says");
  }
};
