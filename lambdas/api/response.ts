import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { ErrorCode } from "../../shared/errors.ts";

/** Answer of an HTTP API (payload 2.0). */
export type ApiResponse = Required<Pick<APIGatewayProxyStructuredResultV2, "statusCode">> & {
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
};

/** The API serves no page: nothing in an answer, a watched document included, may run or be framed. */
const securityHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
} as const;

export const textResponse = (
  statusCode: number,
  mediaType: string,
  body: string,
  headers: Record<string, string> = {},
): ApiResponse => ({
  statusCode,
  headers: { "content-type": mediaType, ...securityHeaders, ...headers },
  body,
  isBase64Encoded: false,
});

export const jsonResponse = (statusCode: number, body: unknown, headers?: Record<string, string>): ApiResponse =>
  textResponse(statusCode, "application/json; charset=utf-8", JSON.stringify(body), headers);

export const emptyResponse = (statusCode: number, headers: Record<string, string> = {}): ApiResponse => ({
  statusCode,
  headers: { ...securityHeaders, ...headers },
  body: "",
  isBase64Encoded: false,
});

/** Base64, because a Lambda's answer is JSON: escaping text could grow it without a bound that is known beforehand. */
export const fileResponse = (
  statusCode: number,
  mediaType: string,
  bytes: Uint8Array,
  headers?: Record<string, string>,
): ApiResponse => ({
  ...textResponse(statusCode, mediaType, Buffer.from(bytes).toString("base64"), headers),
  isBase64Encoded: true,
});

export const errorResponse = (
  statusCode: number,
  error: { code: ErrorCode; message: string; field?: string },
  headers?: Record<string, string>,
): ApiResponse => jsonResponse(statusCode, { error }, headers);
