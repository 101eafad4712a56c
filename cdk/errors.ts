import { AppError } from "../shared/errors.ts";

/** The configuration cannot be deployed; the message names each variable and what it takes. */
export class ConfigurationError extends AppError {
  override readonly name = "ConfigurationError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}
