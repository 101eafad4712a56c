/**
 * What a failure means for the work that met it.
 * - `retryable`: the same attempt may pass later (timeouts, throttles, 5xx): backoff with jitter, capped attempts.
 * - `rateLimited`: the other side told us to wait; not a failure.
 * - `permanent`: trying again cannot help; the message tells a person what to do.
 */
export type FailureKind = "retryable" | "rateLimited" | "permanent";

/** The error codes of the API's envelope, from `seeds/0` and `1-product.md`. */
export type ErrorCode =
  | "validation_error"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limit_exceeded"
  | "internal_error";

/**
 * Base of every error that Forewarn raises on purpose. Subclasses set a literal `override readonly name`, because the
 * state machine matches on it and minifiers rename classes.
 */
export abstract class AppError extends Error {
  abstract override readonly name: string;
  abstract readonly kind: FailureKind;
  /** HTTP status when this error reaches the API. */
  abstract readonly httpStatus: number;
  /** Code of the API's error envelope. @default follows from `httpStatus` at the API's edge. */
  readonly code?: ErrorCode;
  /** The request field that is wrong, where there is one. */
  readonly field?: string;
}
