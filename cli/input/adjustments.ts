import type { OperationRef } from "../../shared/diff/change-set.ts";
import type { AdjustmentRequest } from "../../shared/rules/adjust-change-set.ts";
import type { SpecModel } from "../../shared/spec/model.ts";

/** The flags of `diff` that act after judgement, as written. */
export type AdjustmentFlags = {
  severity?: string | undefined;
  ignoreFile?: string | undefined;
  include?: string | undefined;
  exclude?: string | undefined;
};

/**
 * What the flags ask for; `undefined` when none was given, so that nothing of it is loaded.
 * @throws UsageError
 * @throws UnreadableInputError for the ignore file
 */
export async function readAdjustments(flags: AdjustmentFlags): Promise<AdjustmentRequest | undefined> {
  const { severity, ignoreFile, include, exclude } = flags;
  if ([severity, ignoreFile, include, exclude].every((flag) => flag === undefined)) return undefined;
  const { parseFilters, parseSeverities } = await import("./adjustment-flags.ts");
  return {
    ...(severity !== undefined && { severities: parseSeverities(severity) }),
    ...(include !== undefined && { include: parseFilters("--include", include) }),
    ...(exclude !== undefined && { exclude: parseFilters("--exclude", exclude) }),
    ...(ignoreFile !== undefined && {
      ignores: await (await import("./read-ignore-file.ts")).readIgnoreFile(ignoreFile),
    }),
  };
}

/** The tags of operations, whichever of `models` has them. */
export function tagIndexOf(...models: readonly SpecModel[]): (operation: OperationRef) => readonly string[] {
  const tags = new Map<string, string[]>();
  for (const { operations } of models) {
    for (const { method, path, tags: own } of operations) {
      const key = `${method} ${path}`;
      tags.set(key, [...(tags.get(key) ?? []), ...own]);
    }
  }
  return ({ method, path }) => tags.get(`${method} ${path}`) ?? [];
}
