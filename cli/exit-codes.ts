/** What the process ends with. */
export const exitCodes = {
  fine: 0,
  /** `--fail-on` was asked for and a change of that level was found. */
  failOnMet: 1,
  wrongUsage: 2,
  /** A document could not be read, or the deployment did not answer as it should. */
  unreadableInput: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
