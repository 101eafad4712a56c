import { defineCommand } from "citty";
import { createColors } from "picocolors";
import packageJson from "../../package.json" with { type: "json" };
import type { ChangeSet, Level } from "../../shared/diff/change-set.ts";
import { isReportFormat, renderReport, reportFormats } from "../../shared/report/render-report.ts";
import { compareModels } from "../../shared/rules/compare-models.ts";
import { UsageError } from "../errors.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readDocument } from "../input/read-document.ts";
import { standardOutput, type Terminal, wantsColours } from "../render/terminal.ts";

/** What `diff` touches of the world around it. */
export type DiffSurroundings = Terminal & {
  stdin: AsyncIterable<Uint8Array>;
  /** RFC 3339 date. */
  today: string;
};

export type DiffArguments = {
  before: string;
  after: string;
  format: string;
  failOn: string;
};

/** Levels that meet `--fail-on`. */
const failingLevels: Record<string, readonly Level[]> = {
  breaking: ["breaking"],
  risky: ["breaking", "risky"],
  safe: ["breaking", "risky", "safe"],
  none: [],
};

/**
 * Compares two documents and renders what changed.
 * @throws UsageError when the arguments are not among those allowed
 * @throws UnreadableInputError when a document cannot be read
 */
export async function runDiff(
  { before, after, format, failOn }: DiffArguments,
  { stdin, columns, env, today }: DiffSurroundings,
): Promise<{ output: string; exitCode: ExitCode }> {
  const failing = Object.hasOwn(failingLevels, failOn) ? failingLevels[failOn] : undefined;
  if (!isReportFormat(format)) throw new UsageError(`--format is one of ${reportFormats.join(", ")}, not ${format}`);
  if (failing === undefined) {
    throw new UsageError(`--fail-on is one of ${Object.keys(failingLevels).join(", ")}, not ${failOn}`);
  }
  if (before === "-" && after === "-") throw new UsageError("only one of the two documents can be standard input");
  const [old, fresh] = await Promise.all([readDocument(before, stdin), readDocument(after, stdin)]);
  const changes = compareModels(old.model, fresh.model, {
    locateBefore: old.locate,
    locateAfter: fresh.locate,
    sourceBefore: old.source,
    sourceAfter: fresh.source,
    today,
  });
  const output = await renderReport(changes, format, {
    version: packageJson.version,
    width: columns,
    colors: createColors(wantsColours({ columns, env })),
    failingLevels: failing.length > 0 ? failing : undefined,
  });
  return { output, exitCode: isMet(changes, failing) ? exitCodes.failOnMet : exitCodes.fine };
}

function isMet({ counts }: ChangeSet, failing: readonly Level[]): boolean {
  return failing.some((level) => counts[level] > 0);
}

export const diff = defineCommand({
  meta: { name: "diff", description: "Say what changed between two API descriptions, and whom it breaks" },
  args: {
    old: {
      type: "positional",
      required: true,
      description: "The old document: a file, an http(s) URL, or - for stdin",
    },
    new: {
      type: "positional",
      required: true,
      description: "The new document: a file, an http(s) URL, or - for stdin",
    },
    format: {
      type: "string",
      default: "text",
      valueHint: reportFormats.join("|"),
      description: "How to print the changes",
    },
    "fail-on": {
      type: "string",
      default: "none",
      valueHint: "breaking|risky|safe|none",
      description: "Exit with 1 when a change is at least this bad",
    },
  },
  async run({ args }) {
    const { output, exitCode } = await runDiff(
      { before: args.old, after: args.new, format: args.format, failOn: args["fail-on"] },
      {
        stdin: process.stdin,
        ...standardOutput(),
        today: new Date().toISOString().slice(0, 10),
      },
    );
    process.stdout.write(output);
    process.exitCode = exitCode;
  },
});
