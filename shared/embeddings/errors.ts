import { AppError } from "../errors.ts";

/** The model's files are not where they should be, or are not the ones that were chosen. */
export class ModelFilesError extends AppError {
  override readonly name = "ModelFilesError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}

/** The provider did not answer in time; fewer texts at once may pass. */
export class EmbeddingTimeoutError extends AppError {
  override readonly name = "EmbeddingTimeoutError";
  readonly kind = "retryable";
  readonly httpStatus = 504;
  constructor(textCount: number, timeoutMs: number) {
    super(`embedding ${textCount} texts took more than ${timeoutMs / 1000} s`);
  }
}

/** The provider answered with an error, or not what its protocol says. */
export class EmbeddingProviderError extends AppError {
  override readonly name = "EmbeddingProviderError";
  readonly kind = "retryable";
  readonly httpStatus = 502;
}

/** No provider of this deployment has the model. */
export class UnknownEmbeddingModelError extends AppError {
  override readonly name = "UnknownEmbeddingModelError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}

/** An attempt has taken an hour of wall clock: something hangs. */
export class EmbedBoundExceededError extends AppError {
  override readonly name = "EmbedBoundExceededError";
  readonly kind = "retryable";
  readonly httpStatus = 504;
  constructor() {
    super("an attempt to embed took longer than an hour; what it embedded is kept for the next one");
  }
}

/** The embedder left a text out. */
export class MissingVectorError extends AppError {
  override readonly name = "MissingVectorError";
  readonly kind = "retryable";
  readonly httpStatus = 500;
  constructor(vectorId: string) {
    super(`there is no vector for the text ${vectorId}`);
  }
}

/** Other workers changed the tenant's index at every try. */
export class StoreBusyError extends AppError {
  override readonly name = "StoreBusyError";
  readonly kind = "retryable";
  readonly httpStatus = 503;
  constructor(tenantId: string) {
    super(`the search index of ${tenantId} was changed by others at every try`);
  }
}
