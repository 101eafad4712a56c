import { AppError } from "../errors.ts";

/** An item changed under every try of a read-and-write. */
export class StoreContendedError extends AppError {
  override readonly name = "StoreContendedError";
  readonly kind = "retryable";
  readonly httpStatus = 503;
  constructor(what: string, cause: unknown) {
    super(`${what} was changed by others at every try: try again in a moment`, { cause });
  }
}

/** An item is not what this release writes. */
export class UnreadableItemError extends AppError {
  override readonly name = "UnreadableItemError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
  constructor(entity: string, key: string, cause: unknown) {
    super(`the stored ${entity} ${key} cannot be read by this release: was it written by a newer one, or by hand?`, {
      cause,
    });
  }
}
