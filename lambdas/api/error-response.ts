import type { Route } from "../../shared/contracts/api/route.ts";
import { AppError, type ErrorCode } from "../../shared/errors.ts";
import {
  IdempotencyInProgressError,
  InvalidRequestError,
  MethodNotAllowedError,
  OutageError,
  UnprocessableRequestError,
} from "./errors.ts";
import { type ApiResponse, errorResponse } from "./response.ts";

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  429: "rate_limit_exceeded",
};

/**
 * The envelope of an error. What went wrong on our side is told to the log alone; the caller gets the request's id to ask
 * about it.
 */
export const responseOf = (error: unknown, requestId: string): ApiResponse => {
  if (!(error instanceof AppError) || error.httpStatus >= 500) {
    const message = `Forewarn failed to answer; it can be tried again. Request ${requestId}`;
    return errorResponse(error instanceof OutageError ? error.httpStatus : 500, { code: "internal_error", message });
  }
  const code = error.code ?? codeByStatus[error.httpStatus] ?? "validation_error";
  return errorResponse(
    error.httpStatus,
    { code, message: error.message, ...(error.field === undefined ? {} : { field: error.field }) },
    headersOf(error),
  );
};

/** The error under the status that the route's contract has for its kind. */
export const inWordsOf = ({ invalidStatus, outageStatus }: Route, error: unknown): unknown => {
  if (invalidStatus !== undefined && error instanceof InvalidRequestError)
    return new UnprocessableRequestError(error.message, error.field);
  const isOurs = !(error instanceof AppError) || error.httpStatus >= 500;
  return outageStatus !== undefined && isOurs ? new OutageError(error) : error;
};

const headersOf = (error: AppError): Record<string, string> => {
  if (error instanceof MethodNotAllowedError) return { allow: error.allow };
  if (error instanceof IdempotencyInProgressError) return { "retry-after": String(error.retryAfterSeconds) };
  return error.httpStatus === 401 ? { "www-authenticate": "Bearer" } : {};
};
