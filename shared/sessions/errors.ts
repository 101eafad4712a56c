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
