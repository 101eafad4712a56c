/** Prints `N passed, N failed, N skipped` of a run that vitest's JSON reporter wrote; nothing ran: one failed. */
import { existsSync, readFileSync } from "node:fs";

const file = process.argv[2] ?? "";
const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
const { numPassedTests = 0, numFailedTests = 1, numPendingTests = 0, numTodoTests = 0 } = results ?? {};
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`);
