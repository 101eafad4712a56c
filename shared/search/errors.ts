import { AppError } from "../errors.ts";

/** A stored index cannot be read by this release: it is built anew by the next embed job. */
export class UnreadableIndexError extends AppError {
  override readonly name = "UnreadableIndexError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}
