import { setTimeout as sleep } from "node:timers/promises";
import { createColors } from "picocolors";
import { UsageError } from "../errors.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { readApiSettings } from "./settings.ts";

export type Format = "text" | "json";

/** What a command that talks to a deployment has at hand. */
export type ApiSession = {
  client: ApiClient;
  format: Format;
  /** Of the terminal that output goes to; `undefined` when it does not go to one. */
  columns: number | undefined;
  colors: ReturnType<typeof createColors>;
  write(text: string): void;
  writeError(text: string): void;
  sleep(durationMs: number): Promise<void>;
};

/** The argument that every command of a deployment takes. */
export const formatArg = {
  format: { type: "string", default: "text", valueHint: "text|json", description: "How to print the answer" },
} as const;

const isFormat = (text: string): text is Format => text === "text" || text === "json";

/**
 * Runs a command against the deployment that the environment names, and leaves its exit code in `process.exitCode`.
 * @throws UsageError for a format or an environment that is not usable
 */
export const withApi = async (
  { format }: { format: string },
  run: (session: ApiSession) => Promise<void> | Promise<ExitCode | undefined>,
): Promise<void> => {
  if (!isFormat(format)) throw new UsageError(`--format is text or json, not ${format}`);
  const { isTTY, columns } = process.stdout;
  const wantsColours = isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const exitCode = await run({
    client: createApiClient(readApiSettings(process.env)),
    format,
    columns: isTTY ? columns : undefined,
    colors: createColors(wantsColours),
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    sleep: async (durationMs) => {
      await sleep(durationMs);
    },
  });
  process.exitCode = typeof exitCode === "number" ? exitCode : exitCodes.fine;
};
