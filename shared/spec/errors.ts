import { AppError } from "../errors.ts";

/** A place in the text of a document; both 1-based, the column in UTF-16 code units. */
export type TextPosition = { line: number; column: number };

/**
 * The bytes are not a readable API description: broken encoding, broken JSON or YAML, or a required part is missing.
 * The message says what is wrong and where, so that a person can open the document at that place.
 */
export class InvalidDocumentError extends AppError {
  override readonly name = "InvalidDocumentError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
  /** What is wrong, without the place. */
  readonly reason: string;
  readonly line: number | undefined;
  readonly column: number | undefined;

  /** @param what "not valid JSON", "not valid YAML", or the whole complaint when `reason` says nothing more */
  constructor(what: string, reason: string, position?: TextPosition) {
    const place = position === undefined ? "" : ` at line ${position.line}, column ${position.column}`;
    super(reason === "" ? `${what}${place}` : `${what}${place}: ${reason}`);
    this.reason = reason === "" ? what : reason;
    this.line = position?.line;
    this.column = position?.column;
  }
}

/** A well-formed document of a kind that Forewarn does not read: AsyncAPI, Swagger 1.2, an error object, a web page. */
export class UnsupportedDocumentError extends AppError {
  override readonly name = "UnsupportedDocumentError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
}

/** The document is beyond a limit of `ParseLimits`; nothing was read from it. */
export class DocumentTooComplexError extends AppError {
  override readonly name = "DocumentTooComplexError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
}

/** Two of the documents that make one API have the same operation: none of the two can be told to be the right one. */
export class DuplicateOperationError extends AppError {
  override readonly name = "DuplicateOperationError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  override readonly code = "validation_error";
}

/** Stored bytes are not a model of this release: written by another `modelVersion`, or damaged. */
export class StoredModelError extends AppError {
  override readonly name = "StoredModelError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}
