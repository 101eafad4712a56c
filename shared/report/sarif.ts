import type { DocumentSummary, Finding, Level, SourcePlace } from "../diff/change-set.ts";
import type { AdjustedChangeSet } from "../rules/adjust-change-set.ts";
import { allRules } from "../rules/registry.ts";
import type { Rule } from "../rules/rule.ts";
import type { JsonValue } from "../spec/model.ts";
import { sourceOf } from "./phrases.ts";
import { wellFormed } from "./well-formed.ts";

type JsonObject = { [key: string]: JsonValue };

export type SarifReportOptions = {
  /** Of Forewarn, as in its package. */
  version: string;
};

const levels: Record<Level, string> = { breaking: "error", risky: "warning", safe: "note" };

/** A SARIF 2.1.0 log of one run, one result a finding (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). */
export function renderSarif(changes: AdjustedChangeSet, { version }: SarifReportOptions): string {
  const rules = allRules();
  const ruleIds = [...new Set(changes.findings.map(({ ruleId }) => ruleId))].sort();
  const indexOf = new Map(ruleIds.map((id, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "Forewarn", version, rules: ruleIds.map((id) => descriptorOf(id, rules.get(id))) },
        },
        columnKind: "utf16CodeUnits",
        results: changes.findings.map((finding) => resultOf(changes, finding, indexOf.get(finding.ruleId) ?? -1)),
        ...(changes.adjustments !== undefined && { properties: { adjustments: changes.adjustments } }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(id: string, rule: Rule | undefined): JsonObject {
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.message },
    fullDescription: { text: rule.why },
    help: { text: rule.migration },
    defaultConfiguration: { level: levels[rule.level] },
    properties: { area: rule.area, kind: rule.kind, direction: rule.direction, tags: ["openapi", rule.area] },
  };
}

function resultOf(changes: AdjustedChangeSet, finding: Finding, ruleIndex: number): JsonObject {
  const { ruleId, level, message, before, after } = finding;
  return {
    ruleId,
    ruleIndex,
    level: levels[level],
    message: { text: wellFormed(message) },
    locations: [locationOf(changes.after, after, finding.pointer)],
    ...(before !== null && { relatedLocations: [relatedLocationOf(changes.before, before)] }),
    partialFingerprints: { "forewarnFinding/v1": `${finding.causeKey}:${ruleId}` },
    properties: {
      forewarnLevel: level,
      affectedOperations: finding.affectedOperations.map(({ method, path }) => `${method} ${path}`),
      args: finding.args,
    },
  };
}

/** What was removed is shown at the head of the new document: code scanning drops a result that has no line. */
function locationOf(document: DocumentSummary, place: SourcePlace | null, pointer: string): JsonObject {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(sourceOf(document, place), "new") },
      region: regionOf(place) ?? { startLine: 1 },
    },
    logicalLocations: [{ fullyQualifiedName: pointer, kind: "element" }],
  };
}

function relatedLocationOf(document: DocumentSummary, place: SourcePlace): JsonObject {
  const region = regionOf(place);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(sourceOf(document, place), "old") },
      ...(region !== undefined && { region }),
    },
    message: { text: wellFormed(`Before, at ${place.pointer === "" ? "the root" : place.pointer}`) },
  };
}

function regionOf(place: SourcePlace | null): JsonObject | undefined {
  if (place?.line === undefined) return undefined;
  return { startLine: place.line, ...(place.column !== undefined && { startColumn: place.column }) };
}

/** A URI reference for a file path, a URL or standard input. */
function uriOf(source: string | undefined, side: "old" | "new"): string {
  if (source === undefined) return side;
  if (source === "-") return "stdin";
  if (/^https?:\/\//i.test(source) && URL.canParse(source)) return new URL(source).href;
  const path = wellFormed(source).replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return `file://${path}`;
  return /^[a-z]%3A\//i.test(path) ? `file:///${path.replace("%3A", ":")}` : path;
}
