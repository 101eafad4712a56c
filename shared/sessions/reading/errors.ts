import { AppError } from "../../errors.ts";

/** A file that was handed over cannot be read as documentation. */
export class UnreadableFileError extends AppError {
  override readonly name = "UnreadableFileError";
  readonly kind = "permanent";
  readonly httpStatus = 422;

  constructor(name: string, reason: string, cause?: unknown) {
    super(`${name} ${reason}`, { cause });
  }
}
