import type { Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import type { ReportColors } from "./text.ts";

/** The formats of a report and the media type that each is served with. */
export const reportMediaTypes = {
  text: "text/plain; charset=utf-8",
  json: "application/json",
  markdown: "text/markdown; charset=utf-8",
  html: "text/html; charset=utf-8",
  github: "text/plain; charset=utf-8",
  sarif: "application/sarif+json",
  junit: "application/xml",
} as const;

export type ReportFormat = keyof typeof reportMediaTypes;

export const reportFormats = Object.keys(reportMediaTypes) as readonly ReportFormat[];

export type ReportOptions = {
  /** Of Forewarn, as in its package; SARIF names it. */
  version: string;
  /** Where the pages of the rules are, for SARIF's `helpUri`. @default none */
  rulesUrl?: string | undefined;
  /** Characters in a line of text. @default 100 */
  width?: number | undefined;
  /** Colours of the text. @default none */
  colors?: ReportColors | undefined;
  /** Levels that JUnit's tests fail with. @default breaking alone */
  failingLevels?: readonly Level[] | undefined;
};

/** Whether `name` is one of the formats. */
export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(reportMediaTypes, name);
}

/** The change set in `format`, ending with a line end. Only that format's code is loaded. */
export async function renderReport(
  changes: AdjustedChangeSet,
  format: ReportFormat,
  options: ReportOptions,
): Promise<string> {
  switch (format) {
    case "text":
      return (await import("./text.ts")).renderText(changes, options);
    case "json":
      return (await import("./json.ts")).renderJson(changes);
    case "markdown":
      return (await import("./markdown.ts")).renderMarkdown(changes);
    case "html":
      return (await import("./html.ts")).renderHtml(changes);
    case "github":
      return (await import("./github.ts")).renderGithub(changes);
    case "sarif":
      return (await import("./sarif.ts")).renderSarif(changes, options);
    case "junit":
      return (await import("./junit.ts")).renderJunit(changes, options);
  }
}
