import { AppError } from "../../shared/errors.ts";
import { UsageError } from "../errors.ts";

/**
 * The deployment refused the request: what was asked for is not there, not allowed or not possible. Ends the process as
 * wrong usage does, so it keeps that name.
 */
export class ApiRefusedError extends UsageError {
  readonly status: number;
  /** What the deployment said, without the field. */
  readonly reason: string;
  override readonly field: string | undefined;

  constructor(status: number, message: string, field?: string) {
    super(field === undefined ? message : `${field}: ${message}`);
    this.status = status;
    this.reason = message;
    this.field = field;
  }
}

/** The deployment cannot be reached, failed, or answers with something that is not this API. */
export class ApiUnavailableError extends AppError {
  override readonly name = "ApiUnavailable";
  readonly kind = "retryable";
  readonly httpStatus = 503;
}
