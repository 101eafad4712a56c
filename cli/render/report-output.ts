import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import packageJson from "../../package.json" with { type: "json" };
import { isReportFormat, type ReportFormat, renderReport, reportFormats } from "../../shared/report/render-report.ts";
import type { AdjustedChangeSet, IgnoreEntry } from "../../shared/rules/adjust-change-set.ts";
import { type FailOn, failingLevelsOf, failOnNames, isFailOn, isFailOnMet } from "../../shared/rules/fail-on.ts";
import { UsageError } from "../errors.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Terminal, wantsColours } from "./terminal.ts";

/** What a command that reports changes writes, and how it ends. */
export type ReportOutput = { output: string; notes: string[]; exitCode: ExitCode };

export type ReportFlags = { format: string; failOn: string; rulesUrl?: string | undefined };

export const reportArgs = {
  format: {
    type: "string",
    default: "text",
    valueHint: reportFormats.join("|"),
    description: "How to print the changes",
  },
  "rules-url": {
    type: "string",
    valueHint: "URL",
    description: "Where the pages of the rules are (npm run docs), for the links in SARIF",
  },
} as const;

/**
 * Checks what is wanted before any document is read.
 * @throws UsageError when it is not among what there is
 */
export function requireReportFlags({ format, failOn, rulesUrl }: ReportFlags): {
  format: ReportFormat;
  failOn: FailOn;
} {
  if (rulesUrl !== undefined && !/^https?:\/\/./i.test(rulesUrl)) {
    throw new UsageError(`--rules-url is an http or https URL, not ${rulesUrl}`);
  }
  if (!isReportFormat(format)) throw new UsageError(`--format is one of ${reportFormats.join(", ")}, not ${format}`);
  if (!isFailOn(failOn)) throw new UsageError(`--fail-on is one of ${failOnNames.join(", ")}, not ${failOn}`);
  return { format, failOn };
}

/**
 * The report of `changes`, what else is to be said on stderr, and the exit code.
 * @throws UsageError
 */
export async function reportOf(
  changes: AdjustedChangeSet,
  flags: ReportFlags,
  terminal: Terminal,
): Promise<ReportOutput> {
  const { format, failOn } = requireReportFlags(flags);
  const output = await renderReport(changes, format, {
    version: packageJson.version,
    rulesUrl: flags.rulesUrl,
    width: terminal.columns,
    colors: createColors(wantsColours(terminal)),
    failingLevels: failOn === "none" ? undefined : failingLevelsOf(failOn),
  });
  const notes = (changes.adjustments?.expired ?? []).map(expiryNote);
  return { output, notes, exitCode: isFailOnMet(changes.counts, failOn) ? exitCodes.failOnMet : exitCodes.fine };
}

function expiryNote({ rule, owner, until }: IgnoreEntry): string {
  return `forewarn: the ignore entry for ${rule} of ${owner} expired after ${until} and ignores nothing any more`;
}

/** Writes to the process's streams and leaves the exit code. */
export function writeReport({ output, notes, exitCode }: ReportOutput): void {
  for (const note of notes) process.stderr.write(`${stripVTControlCharacters(note)}\n`);
  process.stdout.write(output);
  process.exitCode = exitCode;
}
