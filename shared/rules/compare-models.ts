import type { Cause, ChangeSet, Counts, DocumentSummary, Finding, SourcePlace } from "../diff/change-set.ts";
import { diffModels } from "../diff/diff-models.ts";
import type { Fact } from "../diff/facts.ts";
import { canonicalText } from "../diff/json.ts";
import { parentPointer } from "../diff/pointer.ts";
import type { SpecModel } from "../spec/model.ts";
import { causeKeyOf, groupByCause, levelOrder } from "./causes.ts";
import { judge } from "./judge.ts";
import { messageOf } from "./message.ts";
import type { Reported } from "./rule.ts";
import { tellApart } from "./tell-apart.ts";
import { leniencyFor } from "./unstable-operations.ts";

/**
 * Finds the line and column (1-based) of an RFC 6901 pointer in a document's text; in a document of several files also the
 * file and the pointer in there.
 */
export type Locate = (
  pointer: string,
) => { line: number; column: number; source?: string; pointer?: string } | undefined;

export type CompareOptions = {
  /** Source lines of the old document. @default no lines */
  locateBefore?: Locate;
  /** Source lines of the new document. @default no lines */
  locateAfter?: Locate;
  /** RFC 3339 date that sunsets are measured against. @default the current day, in UTC */
  today?: string;
  /** File name, URL or `-`, for the summaries. */
  sourceBefore?: string;
  sourceAfter?: string;
  /** Documents that the old model was composed of, for the summary. */
  filesBefore?: string[];
  filesAfter?: string[];
};

/**
 * Compares two models: facts, then rules, then causes. The order of findings and causes depends on nothing but the two
 * models: worst first, then by place.
 */
export function compareModels(before: SpecModel, after: SpecModel, options: CompareOptions = {}): ChangeSet {
  const summaries = {
    before: { ...summaryOf(before, options.sourceBefore, options.filesBefore), rootHash: before.rootHash },
    after: { ...summaryOf(after, options.sourceAfter, options.filesAfter), rootHash: after.rootHash },
  };
  return changeSetOf(diffModels(before, after), before, summaries, options);
}

/**
 * Judges `facts` and groups what comes of them.
 * @param before the old model, with at least the operations that the facts name
 */
export function changeSetOf(
  facts: readonly Fact[],
  before: SpecModel,
  summaries: Pick<ChangeSet, "before" | "after">,
  options: CompareOptions,
): ChangeSet {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const leniency = leniencyFor(before);
  const scopes = new Map<string, Cause["scope"]>();
  const judged = judge(facts, { today })
    .map((reported) => findingOf(reported, options, scopes))
    .map((finding) => ({ ...finding, level: leniency(finding.ruleId, finding.level, finding.affectedOperations) }));
  const findings = tellApart(judged.sort(compareFindings));
  const causes = groupByCause(findings, scopes);
  return {
    schemaVersion: 1,
    ...summaries,
    findings,
    causes,
    counts: countsOf(findings, causes),
  };
}

function findingOf(
  { ruleId, rule, fact, args }: Reported,
  options: CompareOptions,
  scopes: Map<string, Cause["scope"]>,
): Finding {
  const { location, usedBy } = fact;
  const causeKey = causeKeyOf(fact);
  scopes.set(causeKey, location.scope);
  const [only] = usedBy;
  return {
    ruleId,
    kind: rule.action,
    level: rule.level,
    direction: rule.direction,
    operation: usedBy.length === 1 && only !== undefined ? only : null,
    affectedOperations: usedBy,
    pointer: location.after ?? location.before ?? "",
    before: placeOf(location.before, options.locateBefore),
    after: placeOf(location.after, options.locateAfter),
    message: messageOf(rule.message, fact, args),
    args: { ...placeArgs(fact), ...args },
    causeKey,
  };
}

/**
 * What a program needs to know of the place beside the pointer. A component stands at many places at once, so what
 * holds for one of them is left out.
 */
function placeArgs({ location }: Fact): Finding["args"] {
  const { parameter, status, mediaType } = location;
  const isShared = "schema" in location && location.schema !== null;
  return {
    ...("schema" in location && isShared && { schema: location.schema }),
    ...(parameter !== undefined && !isShared && { parameter: parameter.name, in: parameter.in }),
    ...(status !== undefined && !isShared && { status }),
    ...(mediaType !== undefined && !isShared && { mediaType }),
    ...("property" in location && location.property !== "" && { property: location.property }),
  };
}

/** The place with its line: that of the nearest part which the text has, since defaults are not written out in it. */
function placeOf(pointer: string | null, locate: Locate | undefined): SourcePlace | null {
  if (pointer === null) return null;
  if (locate === undefined) return { pointer };
  for (let known: string | undefined = pointer; known !== undefined; known = parentPointer(known)) {
    const position = locate(known);
    if (position === undefined) continue;
    const { line, column, source, pointer: inSource = known } = position;
    return {
      ...(source !== undefined && { source }),
      pointer: inSource + pointer.slice(known.length),
      line,
      column,
    };
  }
  return { pointer };
}

/** Orders findings: worst first, then by place. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    levelOrder.indexOf(left.level) - levelOrder.indexOf(right.level) ||
    compareText(left.pointer, right.pointer) ||
    compareText(left.ruleId, right.ruleId) ||
    compareText(left.message, right.message) ||
    compareText(canonicalText(left.args), canonicalText(right.args)) ||
    compareText(canonicalText(left.affectedOperations), canonicalText(right.affectedOperations))
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What a change set says of the document that `model` was made of; `source` is where it came from. */
export function summaryOf(model: SpecModel, source: string | undefined, files: string[] | undefined): DocumentSummary {
  return {
    title: model.info.title,
    version: model.info.version,
    dialect: model.dialect,
    operations: model.operations.length,
    ...(source !== undefined && { source }),
    ...(files !== undefined && { files }),
  };
}

/** Counts findings by level. */
export function countsOf(findings: readonly Finding[], causes: readonly Cause[]): Counts {
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  return {
    breaking: count("breaking"),
    risky: count("risky"),
    safe: count("safe"),
    total: findings.length,
    causes: causes.length,
  };
}
