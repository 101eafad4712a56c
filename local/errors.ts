import { AppError } from "../shared/errors.ts";

/** The local cloud cannot start on this machine as it is; the message says what to install or change. */
export class LocalCloudUnavailableError extends AppError {
  override readonly name = "LocalCloudUnavailableError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}

/** A program that the local cloud runs (pip, cdk, the emulator) failed; the message ends with what it printed. */
export class LocalCommandError extends AppError {
  override readonly name = "LocalCommandError";
  readonly kind = "permanent";
  readonly httpStatus = 500;
}
