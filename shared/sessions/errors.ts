import { AppError } from "../errors.ts";

/** What a job saved cannot be read by this release. */
export class UnreadableProgressError extends AppError {
  override readonly name = "UnreadableProgressError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
  constructor(jobType: string) {
    super(`a job of ${jobType} was begun by another release and cannot be read by this one: start it again`);
  }
}

/** A job type asks for the output of a type that it does not say it reads: reuse would then be wrong. */
export class UndeclaredReadError extends AppError {
  override readonly name = "UndeclaredReadError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
  constructor(jobType: string, read: string) {
    super(`${jobType} reads the output of ${read} without naming it in its reads`);
  }
}

/** There is no such session, its time is over, or it is another tenant's. */
export class SessionNotFoundError extends AppError {
  override readonly name = "SessionNotFoundError";
  readonly kind = "permanent";
  readonly httpStatus = 404;
  override readonly code = "not_found";
  constructor(sessionId: string) {
    super(`there is no session ${sessionId.slice(0, 128)}: it was deleted, has expired, or never was`);
  }
}

/** More jobs of one type wait than a queue holds. */
export class LaneFullError extends AppError {
  override readonly name = "LaneFullError";
  readonly kind = "retryable";
  readonly httpStatus = 429;
  override readonly code = "rate_limit_exceeded";
  constructor(type: string) {
    super(`too many jobs of ${type} wait already: try again when some of them have ended`);
  }
}

/** Others wrote the same records again and again. */
export class SessionContendedError extends AppError {
  override readonly name = "SessionContendedError";
  readonly kind = "retryable";
  readonly httpStatus = 503;
  constructor(what: string) {
    super(`${what} is written by too many at once: try again`);
  }
}

/** JSON of a job above the limit. */
export class PayloadTooLargeError extends AppError {
  override readonly name = "PayloadTooLargeError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  constructor(what: string, bytes: number, maxBytes: number) {
    super(`the ${what} has ${bytes} bytes of JSON, more than the ${maxBytes} that a job may have`);
  }
}

/** No file of this release defines the type. */
export class JobTypeUnknownError extends AppError {
  override readonly name = "JobTypeUnknownError";
  readonly kind = "permanent";
  readonly httpStatus = 404;
  override readonly code = "not_found";
  constructor(jobType: string) {
    super(`this release has no job type ${jobType.slice(0, 128)}`);
  }
}
