import { gunzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { UploadedFile } from "../../shared/contracts/api/route.ts";
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
 * The file in the field `field` of a form, with all of its bytes.
 * @param maxBytes of the whole form
 * @throws RequestTooLargeError above `maxBytes`
 * @throws InvalidRequestError when it is no form, or has no file in this field
 */
export const uploadOf = async (event: ApiEvent, field: string, maxBytes: number): Promise<UploadedFile> => {
  const sent = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (sent.byteLength > maxBytes) throw new RequestTooLargeError(maxBytes);
  const contentType = headerOf(event, "content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new InvalidRequestError("must be multipart/form-data", "Content-Type");
  }
  const form = await new Response(sent, { headers: { "content-type": contentType } }).formData().catch(() => {
    throw new InvalidRequestError("the request body is not the form that its Content-Type says");
  });
  const file = form.get(field);
  if (file === null || typeof file === "string") throw new InvalidRequestError("is missing: send it as a file", field);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.byteLength === 0) throw new InvalidRequestError("is empty", field);
  return { fileName: file.name, contentType: file.type, bytes };
};

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
