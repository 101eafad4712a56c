import { AppError } from "../errors.ts";

/** Another worker claimed after this lease, or the job ended: whatever the holder was doing must not be written. */
export class LeaseLostError extends AppError {
  override readonly name = "LeaseLostError";
  readonly kind = "retryable";
  readonly httpStatus = 409;
  constructor(jobId: string, stage: string, term: number) {
    super(`term ${term} of stage ${stage} of job ${jobId} is no longer current`);
  }
}

/** Another worker's lease on the job is still live; it ends by itself. */
export class LeaseHeldError extends AppError {
  override readonly name = "LeaseHeldError";
  readonly kind = "retryable";
  readonly httpStatus = 409;
  constructor(jobId: string, stage: string) {
    super(`stage ${stage} of job ${jobId} is held by another worker whose lease has not ended`);
  }
}

/** The baton (rule 4): progress is saved and the next invocation goes on. Not a failure. */
export class StageYieldedError extends AppError {
  override readonly name = "StageYielded";
  readonly kind = "retryable";
  readonly httpStatus = 503;
  constructor(stage: string) {
    super(`stage ${stage} saved its progress and handed over before its function's time was up`);
  }
}

/** A person asked for a cancel and the worker noticed. */
export class JobCancelledError extends AppError {
  override readonly name = "JobCancelledError";
  readonly kind = "permanent";
  readonly httpStatus = 409;
  constructor(jobId: string) {
    super(`job ${jobId} was cancelled on request`);
  }
}

/** The execution belongs to an attempt, or to a job, that is over: nothing may be written for it. */
export class StaleAttemptError extends AppError {
  override readonly name = "StaleAttemptError";
  readonly kind = "permanent";
  readonly httpStatus = 409;
  constructor(jobId: string, attempt: number) {
    super(`attempt ${attempt} of job ${jobId} is over`);
  }
}

/** A stage's worker died without a word and its lease ran out; sent by whoever reclaims it. */
export class WorkerLostError extends AppError {
  override readonly name = "WorkerLost";
  readonly kind = "retryable";
  readonly httpStatus = 503;
}

/**
 * Not a failure: how the state machine hears of a committed `snapshot` stage that found nothing new, and goes straight to
 * `done`. A `Catch` of the state costs no transition; a choice after it would cost every sync one.
 */
export class DocumentUnchangedError extends AppError {
  override readonly name = "DocumentUnchanged"; // matched by the ASL
  readonly kind = "permanent";
  readonly httpStatus = 409;
  constructor(jobId: string) {
    super(`the document of job ${jobId} means what it meant before: the stages up to done are skipped`);
  }
}

/** An error that no one foresaw; tried again, as most of them are storage or network. */
export class UnexpectedError extends AppError {
  override readonly name = "UnexpectedError";
  readonly kind = "retryable";
  readonly httpStatus = 500;
}

export class NotFoundError extends AppError {
  override readonly name = "NotFoundError";
  readonly kind = "permanent";
  readonly httpStatus = 404;
  override readonly code = "not_found";
  override readonly field: string | undefined;
  /** @param field of the request that named it, where it was not the path */
  constructor(what: string, id: string, field?: string) {
    super(`there is no ${what} ${id}`);
    this.field = field;
  }
}

export class ConflictError extends AppError {
  override readonly name = "ConflictError";
  readonly kind = "permanent";
  readonly httpStatus = 409;
  override readonly code = "conflict";
}

export class InvalidCursorError extends AppError {
  override readonly name = "InvalidCursorError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
  override readonly code = "validation_error";
  override readonly field = "cursor";
  constructor() {
    super("the cursor was not issued by this list: use nextCursor of its previous page, or leave it out");
  }
}
