import { AppError } from "../errors.ts";

/** A 429 on every try; each wait was as long as the host asked for. */
export class StillRateLimitedError extends AppError {
  override readonly name = "StillRateLimitedError";
  readonly kind = "permanent";
  readonly httpStatus = 429;
  override readonly code = "rate_limit_exceeded";
  constructor(url: string, waits: number) {
    super(`${url} still answers 429 after ${waits} waits: lower the cadence, or ask its owner for a higher allowance`);
  }
}

/** Something that an earlier stage wrote is not where its checkpoint says. */
export class MissingBodyError extends AppError {
  override readonly name = "MissingBodyError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
  constructor(key: string) {
    super(`nothing is stored under ${key}: was it deleted from the bucket? A new sync fetches the document again`);
  }
}

/** A checkpoint is not what its stage writes: the job was begun by another release. */
export class UnreadableCheckpointError extends AppError {
  override readonly name = "UnreadableCheckpointError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
  constructor(stage: string) {
    super(`the checkpoint of stage ${stage} cannot be read by this release: start a new sync`);
  }
}

/** The secret that a dependency's `auth` names cannot be read. */
export class SecretUnavailableError extends AppError {
  override readonly name = "SecretUnavailableError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  constructor(secretName: string) {
    super(`the secret ${secretName} does not exist or cannot be read: create it, or correct auth.secretName`);
  }
}
