import { AppError } from "../errors.ts";

/** Nobody is known by the credential that came, or none came. */
export class UnauthorizedError extends AppError {
  override readonly name = "Unauthorized";
  readonly kind = "permanent";
  readonly httpStatus = 401;
  override readonly code = "unauthorized";
}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {
  override readonly name = "Forbidden";
  readonly kind = "permanent";
  readonly httpStatus = 403;
  override readonly code = "forbidden";
}
