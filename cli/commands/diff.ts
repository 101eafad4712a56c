import { stripVTControlCharacters } from "node:util";
import { defineCommand } from "citty";
import { createColors } from "picocolors";
import packageJson from "../../package.json" with { type: "json" };
import type { ChangeSet, Level } from "../../shared/diff/change-set.ts";
import { isReportFormat, renderReport, reportFormats } from "../../shared/report/render-report.ts";
import type { AdjustedChangeSet, AdjustmentRequest, IgnoreEntry } from "../../shared/rules/adjust-change-set.ts";
import { compareModels } from "../../shared/rules/compare-models.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { UsageError } from "../errors.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type AdjustmentFlags, readAdjustments, tagIndexOf } from "../input/adjustments.ts";
import type { PartPermissions } from "../input/part-source.ts";
import { readDocument } from "../input/read-document.ts";
import { type Progress, startProgress } from "../render/progress.ts";
import { standardOutput, type Terminal, wantsColours } from "../render/terminal.ts";

/** What `diff` touches of the world around it. */
export type DiffSurroundings = Terminal & {
  stdin: AsyncIterable<Uint8Array>;
  /** RFC 3339 date. */
  today: string;
  /** @default silence */
  progress?: Progress;
};

export type DiffArguments = AdjustmentFlags &
  PartPermissions & {
    before: string;
    after: string;
    format: string;
    failOn: string;
  };

const silence: Progress = { step: () => undefined, end: () => undefined };
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
 * @throws UnreadableInputError when a document or the ignore file cannot be read
 */
export async function runDiff(
  { before, after, format, failOn, allowRemoteRefs, refRoot, ...flags }: DiffArguments,
  { stdin, columns, env, today, progress = silence }: DiffSurroundings,
): Promise<{ output: string; notes: string[]; exitCode: ExitCode }> {
  const failing = Object.hasOwn(failingLevels, failOn) ? failingLevels[failOn] : undefined;
  if (!isReportFormat(format)) throw new UsageError(`--format is one of ${reportFormats.join(", ")}, not ${format}`);
  if (failing === undefined) {
    throw new UsageError(`--fail-on is one of ${Object.keys(failingLevels).join(", ")}, not ${failOn}`);
  }
  if (before === "-" && after === "-") throw new UsageError("only one of the two documents can be standard input");
  progress.step("reading both documents");
  const request = await readAdjustments(flags);
  const permissions = { allowRemoteRefs, refRoot };
  const [old, fresh] = await Promise.all([
    readDocument(before, stdin, permissions),
    readDocument(after, stdin, permissions),
  ]);
  progress.step(`comparing ${old.model.operations.length} operations with ${fresh.model.operations.length}`);
  const judged = compareModels(old.model, fresh.model, {
    locateBefore: old.locate,
    locateAfter: fresh.locate,
    sourceBefore: old.source,
    sourceAfter: fresh.source,
    ...(old.files !== undefined && { filesBefore: old.files }),
    ...(fresh.files !== undefined && { filesAfter: fresh.files }),
    today,
  });
  const changes: AdjustedChangeSet =
    request === undefined ? judged : await adjust(judged, request, today, [old.model, fresh.model]);
  progress.step(`writing ${changes.counts.total} changes`);
  const output = await renderReport(changes, format, {
    version: packageJson.version,
    width: columns,
    colors: createColors(wantsColours({ columns, env })),
    failingLevels: failing.length > 0 ? failing : undefined,
  });
  const notes = (changes.adjustments?.expired ?? []).map(expiryNote);
  return { output, notes, exitCode: isMet(changes, failing) ? exitCodes.failOnMet : exitCodes.fine };
}

async function adjust(
  changes: ChangeSet,
  request: AdjustmentRequest,
  today: string,
  models: readonly SpecModel[],
): Promise<AdjustedChangeSet> {
  const { adjustChangeSet } = await import("../../shared/rules/adjust-change-set.ts");
  return adjustChangeSet(changes, request, { today, tagsOf: tagIndexOf(...models) });
}

function expiryNote({ rule, owner, until }: IgnoreEntry): string {
  return `forewarn: the ignore entry for ${rule} of ${owner} expired after ${until} and ignores nothing any more`;
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
      description: "The old document: a file, http(s) URL, REVISION:FILE of git, or -; a folder or 'glob' of documents",
    },
    new: {
      type: "positional",
      required: true,
      description: "The new document: the same",
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
    severity: {
      type: "string",
      valueHint: "RULE=LEVEL,…",
      description: "Judge these rules breaking, risky or safe, whatever they say",
    },
    "ignore-file": {
      type: "string",
      valueHint: "FILE",
      description: "YAML or JSON list of {rule, operation?, pointer?, reason, owner, until}: changes to leave out",
    },
    include: {
      type: "string",
      valueHint: "path:/v1/*,method:GET,tag:Pets",
      description: "Only operations that match one of each kind; * is any text",
    },
    exclude: {
      type: "string",
      valueHint: "path:/v1/*,method:GET,tag:Pets",
      description: "No operations that match one of these",
    },
    "allow-remote-refs": {
      type: "boolean",
      description: "Let documents refer ($ref) to http(s) URLs of servers other than their own",
    },
    "ref-root": {
      type: "string",
      valueHint: "FOLDER",
      description: "Let documents refer ($ref) to any file below this folder, not only below their own",
    },
  },
  async run({ args }) {
    const progress = startProgress({
      write: (text) => process.stderr.write(text),
      isTerminal: process.stderr.isTTY === true,
      nowMs: () => performance.now(),
    });
    const { output, notes, exitCode } = await runDiff(
      {
        before: args.old,
        after: args.new,
        format: args.format,
        failOn: args["fail-on"],
        severity: args.severity,
        ignoreFile: args["ignore-file"],
        include: args.include,
        exclude: args.exclude,
        allowRemoteRefs: args["allow-remote-refs"],
        refRoot: args["ref-root"],
      },
      {
        stdin: process.stdin,
        ...standardOutput(),
        today: new Date().toISOString().slice(0, 10),
        progress,
      },
    ).finally(() => progress.end());
    for (const note of notes) process.stderr.write(`${stripVTControlCharacters(note)}\n`);
    process.stdout.write(output);
    process.exitCode = exitCode;
  },
});
