import type { Cause, Finding, Level } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import { adjustmentTexts, findingsOf, headlineText, placesText, summaryText } from "./phrases.ts";
import { escapeXml } from "./xml.ts";

export type JunitReportOptions = {
  /** Levels that a test fails with. @default breaking alone */
  failingLevels?: readonly Level[] | undefined;
};

/**
 * JUnit's XML: a suite for each cause, a test for each of its findings, which fails when its level is one of
 * `failingLevels`. Where nothing changed there is one test that passed, since readers take an empty report for a mistake.
 */
export function renderJunit(changes: AdjustedChangeSet, options: JunitReportOptions = {}): string {
  const failing = new Set<Level>(options.failingLevels ?? ["breaking"]);
  const suites = changes.causes.map((cause) => suiteOf(changes, cause, failing));
  const tests = Math.max(1, changes.findings.length);
  const failures = changes.findings.filter(({ level }) => failing.has(level)).length;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted(`forewarn: ${headlineText(changes)}`)} tests="${tests}" failures="${failures}" errors="0">`,
    ...(suites.length > 0 ? suites : [emptySuite(changes)]),
    ...adjustmentSuite(changes),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function suiteOf(changes: AdjustedChangeSet, cause: Cause, failing: ReadonlySet<Level>): string {
  const findings = findingsOf(changes, cause);
  const failures = findings.filter(({ level }) => failing.has(level)).length;
  return [
    `  <testsuite name=${quoted(cause.summary)} tests="${findings.length}" failures="${failures}" errors="0">`,
    ...findings.map((finding) => caseOf(changes, finding, failing)),
    "  </testsuite>",
  ].join("\n");
}

function caseOf(changes: AdjustedChangeSet, finding: Finding, failing: ReadonlySet<Level>): string {
  const { ruleId, level, message, pointer, affectedOperations } = finding;
  const operations = affectedOperations.map(({ method, path }) => `${method} ${path}`);
  const details = [`${level}: ${message}`, `at ${pointer}`, placesText(changes, finding), ...operations];
  const text = escapeXml(details.filter((line) => line !== "").join("\n")).replaceAll("&#10;", "\n");
  const body = failing.has(level)
    ? `<failure type=${quoted(ruleId)} message=${quoted(message)}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  const name = [message, pointer].filter((part) => part !== "").join(" at ");
  return `    <testcase classname=${quoted(ruleId)} name=${quoted(name)}>\n      ${body}\n    </testcase>`;
}

function emptySuite(changes: AdjustedChangeSet): string {
  return [
    '  <testsuite name="forewarn" tests="1" failures="0" errors="0">',
    `    <testcase classname="forewarn" name=${quoted(summaryText(changes))}/>`,
    "  </testsuite>",
  ].join("\n");
}

function adjustmentSuite(changes: AdjustedChangeSet): string[] {
  const texts = adjustmentTexts(changes).map(escapeXml);
  if (texts.length === 0) return [];
  return [
    '  <testsuite name="adjustments" tests="0" failures="0" errors="0">',
    `    <system-out>${texts.join("\n")}</system-out>`,
    "  </testsuite>",
  ];
}

function quoted(text: string): string {
  return `"${escapeXml(text)}"`;
}
