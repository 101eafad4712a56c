import type { ChangeSet, Finding, Level, OperationRef } from "../diff/change-set.ts";
import { groupByCause } from "./causes.ts";
import { compareFindings, countsOf } from "./compare-models.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Names operations; in `pattern`, `*` stands for any characters. */
export type OperationFilter = { by: "path" | "method" | "tag"; pattern: string };

/** A finding that somebody answers for until a day. */
export type IgnoreEntry = {
  /** Id of the rule. */
  rule: string;
  /** `GET /v1/*`. @default every operation, and none */
  operation?: string | undefined;
  /** Of the finding, in either document; with `*`. @default every place */
  pointer?: string | undefined;
  reason: string;
  owner: string;
  /** RFC 3339 date, the last day on which the entry holds. */
  until: string;
};

/** What a reader wants to see of a change set, and how. */
export type AdjustmentRequest = {
  /** Levels by rule id, instead of the rules' own. */
  severities?: ReadonlyMap<string, Level>;
  ignores?: readonly IgnoreEntry[];
  /** Operations to keep: all of one kind are alternatives, and every kind must agree. */
  include?: readonly OperationFilter[];
  /** Operations to leave out: one that matches is enough. */
  exclude?: readonly OperationFilter[];
};

/** What was done to a change set after judgement. `findings` counts those that an adjustment took away or changed. */
export type Adjustments = {
  severities: { rule: string; level: Level; findings: number }[];
  ignored: (IgnoreEntry & { findings: number })[];
  /** What was ignored, or the part of it that was; `entry` is an index into `ignored`. */
  suppressed: { entry: number; finding: Finding }[];
  /** Entries whose day has passed: they ignore nothing. */
  expired: IgnoreEntry[];
  filters: { include: string[]; exclude: string[]; findings: number };
};

/** A change set that says what was done to it after judgement; without `adjustments`, nothing was. */
export type AdjustedChangeSet = ChangeSet & { adjustments?: Adjustments };

export type AdjustmentContext = {
  /** RFC 3339 date that entries expire against. */
  today: string;
  /** Tags of an operation, in either document. */
  tagsOf(operation: OperationRef): readonly string[];
};

/**
 * Applies filters, then ignore entries, then levels. A finding of several operations keeps those that are left, and goes
 * when none is; one of no operation concerns the whole document, so filters let it pass.
 */
export function adjustChangeSet(
  changes: ChangeSet,
  { severities = new Map(), ignores = [], include = [], exclude = [] }: AdjustmentRequest,
  { today, tagsOf }: AdjustmentContext,
): AdjustedChangeSet {
  const isWanted = (operation: OperationRef) => {
    const matches = (filter: OperationFilter) => matchesFilter(filter, operation, tagsOf);
    return !exclude.some(matches) && includesAll(include, matches);
  };
  const kept = changes.findings.flatMap((finding) => withOperations(finding, isWanted));

  const active = ignores.filter(({ until }) => today.slice(0, 10) <= until);
  const suppressed: Adjustments["suppressed"] = [];
  const open = kept.flatMap((finding) => {
    let left: Finding | undefined = finding;
    for (const [index, entry] of active.entries()) {
      if (left === undefined || !concerns(entry, left)) continue;
      const [ignored] = withOperations(left, isNamedBy(entry));
      if (ignored === undefined || (entry.operation !== undefined && left.affectedOperations.length === 0)) continue;
      suppressed.push({ entry: index, finding: ignored });
      const before: Finding = left;
      const isLeft = (operation: OperationRef) => !isNamedBy(entry)(operation);
      [left] = ignored === before ? [] : withOperations(before, isLeft).map((rest) => countingIgnored(rest, before));
    }
    return left ?? [];
  });

  const levelled = open.map((finding): Finding => {
    const { level: judgedLevel } = finding;
    const level = severities.get(finding.ruleId) ?? judgedLevel;
    return level === judgedLevel ? finding : { ...finding, level, judgedLevel };
  });
  const findings = levelled.sort(compareFindings);
  const causes = groupByCause(findings, new Map(changes.causes.map(({ key, scope }) => [key, scope])));
  return {
    ...changes,
    findings,
    causes,
    counts: countsOf(findings, causes),
    adjustments: {
      severities: [...severities].map(([rule, level]) => {
        return { rule, level, findings: open.filter((one) => one.ruleId === rule && one.level !== level).length };
      }),
      ignored: active.map((entry, index) => ({
        ...entry,
        findings: suppressed.filter((one) => one.entry === index).length,
      })),
      suppressed,
      expired: ignores.filter((entry) => !active.includes(entry)),
      filters: {
        include: include.map(filterText),
        exclude: exclude.map(filterText),
        findings: changes.findings.length - kept.length,
      },
    },
  };
}

/** As it is written on the command line: `path:/v1/*`. */
function filterText({ by, pattern }: OperationFilter): string {
  return `${by}:${pattern}`;
}

function includesAll(filters: readonly OperationFilter[], matches: (filter: OperationFilter) => boolean): boolean {
  const kinds = new Set(filters.map(({ by }) => by));
  return [...kinds].every((kind) => filters.some((filter) => filter.by === kind && matches(filter)));
}

function matchesFilter(
  { by, pattern }: OperationFilter,
  operation: OperationRef,
  tagsOf: AdjustmentContext["tagsOf"],
): boolean {
  if (by === "path") return matchesWildcard(pattern, operation.path);
  if (by === "method") return matchesWildcard(pattern.toUpperCase(), operation.method.toUpperCase());
  return tagsOf(operation).some((tag) => matchesWildcard(pattern, tag));
}

/** `finding` with those of its operations that are wanted; nothing when none of them is. */
function withOperations(finding: Finding, isWanted: (operation: OperationRef) => boolean): Finding[] {
  const { affectedOperations } = finding;
  if (affectedOperations.length === 0) return [finding];
  const wanted = affectedOperations.filter(isWanted);
  if (wanted.length === affectedOperations.length) return [finding];
  const [only] = wanted;
  if (only === undefined) return [];
  return [{ ...finding, affectedOperations: wanted, operation: wanted.length === 1 ? only : null }];
}

function concerns({ rule, pointer }: IgnoreEntry, finding: Finding): boolean {
  if (rule !== finding.ruleId) return false;
  const pointers = [finding.pointer, finding.before?.pointer, finding.after?.pointer];
  return pointer === undefined || pointers.some((one) => one !== undefined && matchesWildcard(pointer, one));
}

/** Whether an operation is one of those that an entry names; without a name it is. */
function isNamedBy({ operation: pattern }: IgnoreEntry): (operation: OperationRef) => boolean {
  return ({ method, path }) => pattern === undefined || matchesWildcard(pattern, `${method} ${path}`);
}

/** `rest` with the number of operations that were taken away from `before`. */
function countingIgnored(rest: Finding, before: Finding): Finding {
  const ignored = before.affectedOperations.length - rest.affectedOperations.length;
  return ignored === 0 ? rest : { ...rest, ignoredOperations: (before.ignoredOperations ?? 0) + ignored };
}
