import { stripVTControlCharacters } from "node:util";
import { AppError } from "../shared/errors.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

/** The command line is wrong: an unknown flag, a missing argument, a value that is not one of those allowed. */
export class UsageError extends AppError {
  override readonly name = "UsageError";
  readonly kind = "permanent";
  readonly httpStatus = 400;
}

/** A document named on the command line could not be fetched, opened or understood. */
export class UnreadableInputError extends AppError {
  override readonly name = "UnreadableInputError";
  readonly kind = "permanent";
  readonly httpStatus = 422;
  /** Why, without the name of the document. */
  readonly reason: string;

  constructor(source: string, reason: string, options?: ErrorOptions) {
    super(`cannot read ${source === "-" ? "standard input" : source}: ${reason}`, options);
    this.reason = reason;
  }
}

/** Names, because citty does not export its class and the client commands bring their own. */
const usageErrorNames = new Set(["UsageError", "CLIError", "MissingSetting"]);

/** The exit code that an error ends the process with. */
export function exitCodeOf(error: unknown): ExitCode {
  const isUsage = error instanceof Error && usageErrorNames.has(error.name);
  return isUsage ? exitCodes.wrongUsage : exitCodes.unreadableInput;
}

/** The one line for stderr that says what is wrong. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ""] = stripVTControlCharacters(message).split("\n");
  return `forewarn: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
