import { AppError } from "../../shared/errors.ts";

/** `FOREWARN_API_URL` or `FOREWARN_API_KEY` is not there or not usable. */
export class MissingSettingError extends AppError {
  override readonly name = "MissingSetting";
  readonly kind = "permanent";
  readonly httpStatus = 400;
}

/** The deployment refused the request: what was asked for is not possible or not allowed. */
export class ApiRefusedError extends AppError {
  override readonly name = "ApiRefused";
  readonly kind = "permanent";
  readonly httpStatus: number;
  override readonly field: string | undefined;

  constructor(status: number, message: string, field?: string) {
    super(field === undefined ? message : `${field}: ${message}`);
    this.httpStatus = status;
    this.field = field;
  }
}

/** The deployment cannot be reached, failed, or answers with something that is not this API. */
export class ApiUnavailableError extends AppError {
  override readonly name = "ApiUnavailable";
  readonly kind = "retryable";
  readonly httpStatus = 503;
}
