import type { DocumentSummary, Finding, Level, SourcePlace } from "../diff/change-set.ts";
import type { AdjustedChangeSet, Adjustments } from "../rules/adjust-change-set.ts";
import { allRules } from "../rules/registry.ts";
import type { Rule } from "../rules/rule.ts";
import { rulePageUrl } from "../rules/rule-page.ts";
import type { JsonValue } from "../spec/model.ts";
import { sourceOf } from "./phrases.ts";
import { wellFormed } from "./well-formed.ts";

type JsonObject = { [key: string]: JsonValue };

export type SarifReportOptions = {
  /** Of Forewarn, as in its package. */
  version: string;
  /** Where the pages of the rules are (`npm run docs`), for `helpUri`. @default no `helpUri` */
  rulesUrl?: string | undefined;
};

const levels: Record<Level, string> = { breaking: "error", risky: "warning", safe: "note" };

/** A SARIF 2.1.0 log of one run, one result a finding (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). */
export function renderSarif(changes: AdjustedChangeSet, { version, rulesUrl }: SarifReportOptions): string {
  const rules = allRules();
  const all = [...changes.findings, ...(changes.adjustments?.suppressed ?? []).map(({ finding }) => finding)];
  const ruleIds = [...new Set(all.map(({ ruleId }) => ruleId))].sort();
  const indexOf = new Map(ruleIds.map((id, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "Forewarn", version, rules: ruleIds.map((id) => descriptorOf(id, rules.get(id), rulesUrl)) },
        },
        columnKind: "utf16CodeUnits",
        results: [
          ...changes.findings.map((finding) => resultOf(changes, finding, indexOf)),
          ...suppressedResults(changes, indexOf),
        ],
        ...(changes.adjustments !== undefined && { properties: { adjustments: withoutFindings(changes.adjustments) } }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(id: string, rule: Rule | undefined, rulesUrl: string | undefined): JsonObject {
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.message },
    fullDescription: { text: rule.why },
    help: { text: `${rule.why} ${rule.migration}`, markdown: `${rule.why}\n\n**What to do:** ${rule.migration}` },
    ...(rulesUrl !== undefined && { helpUri: rulePageUrl(rulesUrl, id, rule) }),
    defaultConfiguration: { level: levels[rule.level] },
    properties: { area: rule.area, kind: rule.kind, direction: rule.direction, tags: ["openapi", rule.area] },
  };
}

/** What somebody answers for is told as such: a reader of SARIF counts it among what is settled. */
function suppressedResults(changes: AdjustedChangeSet, indexOf: ReadonlyMap<string, number>): JsonObject[] {
  const { suppressed = [], ignored = [] } = changes.adjustments ?? {};
  return suppressed.map(({ entry, finding }) => {
    const { reason, owner, until } = ignored[entry] ?? { reason: "", owner: "", until: "" };
    const justification = wellFormed(`${reason} (${owner}, until ${until})`);
    return {
      ...resultOf(changes, finding, indexOf),
      suppressions: [{ kind: "external", status: "accepted", justification }],
    };
  });
}

/** The suppressed ones are results themselves. */
function withoutFindings({ suppressed: _, ...adjustments }: Adjustments): Omit<Adjustments, "suppressed"> {
  return adjustments;
}

function resultOf(changes: AdjustedChangeSet, finding: Finding, indexOf: ReadonlyMap<string, number>): JsonObject {
  const { ruleId, level, message, before, after } = finding;
  return {
    ruleId,
    ruleIndex: indexOf.get(ruleId) ?? -1,
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
