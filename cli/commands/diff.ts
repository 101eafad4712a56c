import { defineCommand } from "citty";
import type { ChangeSet } from "../../shared/diff/change-set.ts";
import type { AdjustedChangeSet, AdjustmentRequest } from "../../shared/rules/adjust-change-set.ts";
import { compareDocuments } from "../../shared/rules/compare-documents.ts";
import { tagIndexOf } from "../../shared/rules/operation-tags.ts";
import type { SpecModel } from "../../shared/spec/model.ts";
import { UsageError } from "../errors.ts";
import { type AdjustmentFlags, adjustmentArgs, readAdjustments } from "../input/adjustments.ts";
import type { PartPermissions } from "../input/part-source.ts";
import { readDocument } from "../input/read-document.ts";
import { withSource } from "../input/with-parts.ts";
import { type Progress, startProgress } from "../render/progress.ts";
import { type ReportOutput, reportArgs, reportOf, requireReportFlags, writeReport } from "../render/report-output.ts";
import { standardOutput, type Terminal } from "../render/terminal.ts";

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
    rulesUrl?: string | undefined;
  };

const silence: Progress = { step: () => undefined, end: () => undefined };
/**
 * Compares two documents and renders what changed.
 * @throws UsageError when the arguments are not among those allowed
 * @throws UnreadableInputError when a document or the ignore file cannot be read
 */
export async function runDiff(
  { before, after, format, failOn, rulesUrl, allowRemoteRefs, refRoot, ...flags }: DiffArguments,
  { stdin, columns, env, today, progress = silence }: DiffSurroundings,
): Promise<ReportOutput> {
  requireReportFlags({ format, failOn, rulesUrl });
  if (before === "-" && after === "-") throw new UsageError("only one of the two documents can be standard input");
  progress.step("reading both documents");
  const request = await readAdjustments(flags);
  const permissions = { allowRemoteRefs, refRoot };
  const [old, fresh] = await Promise.all([
    readDocument(before, stdin, permissions),
    readDocument(after, stdin, permissions),
  ]);
  progress.step("comparing them");
  const { changes: judged, models } = compareDocuments(old, fresh, {
    locateBefore: old.locate,
    locateAfter: fresh.locate,
    sourceBefore: old.source,
    sourceAfter: fresh.source,
    ...(old.files !== undefined && { filesBefore: old.files }),
    ...(fresh.files !== undefined && { filesAfter: fresh.files }),
    today,
    refuse: (side, error) => withSource(side === "before" ? before : after, error),
  });
  const changes: AdjustedChangeSet = request === undefined ? judged : await adjust(judged, request, today, models);
  progress.step(`writing ${changes.counts.total} changes`);
  return reportOf(changes, { format, failOn, rulesUrl }, { columns, env });
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
    ...reportArgs,
    "fail-on": {
      type: "string",
      default: "none",
      valueHint: "breaking|risky|safe|none",
      description: "Exit with 1 when a change is at least this bad",
    },
    ...adjustmentArgs,
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
    const report = await runDiff(
      {
        before: args.old,
        after: args.new,
        format: args.format,
        failOn: args["fail-on"],
        rulesUrl: args["rules-url"],
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
    writeReport(report);
  },
});
