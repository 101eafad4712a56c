import { defineCommand } from "citty";
import type { AdjustmentRequest } from "../../shared/rules/adjust-change-set.ts";
import { type ApiClient, createApiClient } from "../client/api-client.ts";
import { ApiRefusedError } from "../client/errors.ts";
import { findDependency } from "../client/find-dependency.ts";
import { readApiSettings } from "../client/settings.ts";
import { UnreadableInputError } from "../errors.ts";
import { type AdjustmentFlags, adjustmentArgs, readAdjustments } from "../input/adjustments.ts";
import { readSource } from "../input/read-source.ts";
import { type ReportOutput, reportArgs, reportOf, requireReportFlags, writeReport } from "../render/report-output.ts";
import { standardOutput, type Terminal } from "../render/terminal.ts";

export type CheckArguments = AdjustmentFlags & {
  document: string;
  dependency: string;
  format: string;
  failOn: string;
  rulesUrl?: string | undefined;
};

export type CheckSurroundings = Terminal & { client: ApiClient; stdin: AsyncIterable<Uint8Array> };

/**
 * Compares the current snapshot of a dependency with a document at hand: the deployment compares, this machine reports.
 * @throws UsageError for arguments that are not allowed, or a dependency that there is not
 * @throws UnreadableInputError when the document or the ignore file cannot be read
 */
export async function runCheck(
  { document: source, dependency, format, failOn: wantedFailOn, rulesUrl, ...flags }: CheckArguments,
  { client, stdin, columns, env }: CheckSurroundings,
): Promise<ReportOutput> {
  const { failOn } = requireReportFlags({ format, failOn: wantedFailOn, rulesUrl });
  const request = await readAdjustments(flags);
  const document = textOf(source, (await readSource(source, stdin)).bytes);
  const { id: dependencyId } = await findDependency(client, dependency);
  const { data } = await client
    .call("diff", {
      body: {
        before: { dependencyId },
        after: { document, ...(source === "-" ? {} : { name: source.slice(0, maxNameLength) }) },
        failOn,
        ...bodyOf(request),
      },
    })
    .catch((error: unknown) => {
      throw isOfDocument(error) ? new UnreadableInputError(source, error.reason, { cause: error }) : error;
    });
  return reportOf(data.changes, { format, failOn, rulesUrl }, { columns, env });
}

function isOfDocument(error: unknown): error is ApiRefusedError {
  return error instanceof ApiRefusedError && error.field === "after.document";
}

/** Of a name in the API's contract. */
const maxNameLength = 200;

/** The API takes text, and JSON holds no other encoding than UTF-8. */
function textOf(source: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UnreadableInputError(source, "it is not UTF-8", { cause: error });
  }
}

function bodyOf({ severities, ignores, include, exclude }: AdjustmentRequest = {}) {
  const textsOf = (filters: AdjustmentRequest["include"] = []) => filters.map(({ by, pattern }) => `${by}:${pattern}`);
  return {
    severities: Object.fromEntries(severities ?? []),
    ignores: [...(ignores ?? [])],
    include: textsOf(include),
    exclude: textsOf(exclude),
  };
}

export const check = defineCommand({
  meta: { name: "check", description: "Hold a document against a dependency's current snapshot, as a gate in CI" },
  args: {
    document: {
      type: "positional",
      required: true,
      description: "The document: a file, an http(s) URL, REVISION:FILE of git, or - for stdin",
    },
    dependency: { type: "string", required: true, valueHint: "NAME|ID", description: "What it is held against" },
    ...reportArgs,
    "fail-on": {
      type: "string",
      default: "breaking",
      valueHint: "breaking|risky|safe|none",
      description: "Exit with 1 when a change is at least this bad",
    },
    ...adjustmentArgs,
  },
  async run({ args }) {
    const { document, dependency, format, severity, include, exclude } = args;
    writeReport(
      await runCheck(
        {
          document,
          dependency,
          format,
          failOn: args["fail-on"],
          rulesUrl: args["rules-url"],
          severity,
          ignoreFile: args["ignore-file"],
          include,
          exclude,
        },
        { client: createApiClient(readApiSettings(process.env)), stdin: process.stdin, ...standardOutput() },
      ),
    );
  },
});
