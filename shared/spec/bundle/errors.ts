import { AppError } from "../../errors.ts";

/**
 * A reference to another file leads nowhere: the file is not there, is refused or unreadable, or has nothing at that place.
 * The message names the file, the line and the reference.
 */
export class BrokenReferenceError extends AppError {
  override readonly name = "BrokenReferenceError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
  /** The reference as written. */
  readonly reference: string;

  constructor(reference: string, place: string, reason: string, options?: ErrorOptions) {
    super(`${place}: the reference ${reference} cannot be followed: ${reason}`, options);
    this.reference = reference;
  }
}

/** The parts of a document are beyond a limit of `PartLimits`. */
export class TooManyPartsError extends AppError {
  override readonly name = "TooManyPartsError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
}
