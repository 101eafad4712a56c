import { AppError } from "../shared/errors.ts";

/**
 * Runs a script of package.json. What a user can act on is printed as its message alone, anything else with its stack;
 * both set exit code 1.
 */
export async function runScript(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exitCode = 1;
  }
}
