import { AppError } from "../../shared/errors.ts";

/** The request is not one that this route takes. */
export class InvalidRequestError extends AppError {
  override readonly name = "InvalidRequest";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  override readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}

/** The same on routes whose contract says 422. */
export class UnprocessableRequestError extends AppError {
  override readonly name = "UnprocessableRequest";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
  override readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}

/** What a route stands on cannot be reached, on routes whose contract says 503. */
export class OutageError extends AppError {
  override readonly name = "Outage";
  readonly kind = "retryable";
  readonly httpStatus = 503;
  constructor(cause: unknown) {
    super("the table cannot be reached", { cause });
  }
}

export class RouteNotFoundError extends AppError {
  override readonly name = "RouteNotFound";
  readonly kind = "permanent";
  readonly httpStatus = 404;
  override readonly code = "not_found";
  constructor(path: string) {
    super(`there is no ${path.slice(0, 200)}: /api/openapi.json lists what there is`);
  }
}

export class MethodNotAllowedError extends AppError {
  override readonly name = "MethodNotAllowed";
  readonly kind = "permanent";
  readonly httpStatus = 405;
  override readonly code = "validation_error";
  readonly allow: string;
  constructor(method: string, allowed: readonly string[]) {
    super(`this route takes ${allowed.join(", ")}, not ${method.slice(0, 20)}`);
    this.allow = allowed.join(", ");
  }
}

export class RequestTooLargeError extends AppError {
  override readonly name = "RequestTooLarge";
  readonly kind = "permanent";
  readonly httpStatus = 413;
  override readonly code = "validation_error";
  constructor(maxBytes: number) {
    super(`the request body is larger than ${maxBytes / (1024 * 1024)} MiB, the most that this route takes`);
  }
}

export class IdempotencyConflictError extends AppError {
  override readonly name = "IdempotencyConflict";
  readonly kind = "permanent";
  readonly httpStatus = 409;
  override readonly code = "conflict";
}

/** The same request runs at this moment, or died a moment ago; the answer says when to ask again. */
export class IdempotencyInProgressError extends AppError {
  override readonly name = "IdempotencyInProgress";
  readonly kind = "retryable";
  readonly httpStatus = 409;
  override readonly code = "conflict";
  readonly retryAfterSeconds = 2;
}

/** Lambda hands over 6 MB at most. */
export class AnswerTooLargeError extends AppError {
  override readonly name = "AnswerTooLarge";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
  constructor(bytes: number, isCompressed: boolean) {
    const advice = isCompressed ? "" : "send Accept-Encoding: gzip, ";
    super(
      `the answer would have ${(bytes / 1e6).toFixed(1)} MB, and an answer has 6 at most: ${advice}ask for a shorter format (markdown), or narrow it with include and exclude`,
    );
  }
}

/** None of the media types that the caller accepts is one of the route's. */
export class NotAcceptableError extends AppError {
  override readonly name = "NotAcceptable";
  readonly kind = "permanent";
  readonly httpStatus = 406;
  override readonly code = "validation_error";
  override readonly field = "Accept";
}

/** One of the documents of a comparison cannot be had or read; `field` tells which. */
export class DocumentRefusedError extends AppError {
  override readonly name = "DocumentRefused";
  readonly kind = "permanent";
  override readonly code = "validation_error";
  readonly httpStatus: number;
  override readonly field: string;

  constructor(field: string, message: string, httpStatus: 400 | 422, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
    this.httpStatus = httpStatus;
  }
}

/** The authorizer could not look the key up; its own log says why. */
export class AuthenticationFailedError extends AppError {
  override readonly name = "AuthenticationFailed";
  readonly kind = "retryable";
  readonly httpStatus = 500;
  constructor() {
    super("the authorizer could not reach the key store");
  }
}
