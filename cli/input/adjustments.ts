import type { AdjustmentRequest } from "../../shared/rules/adjust-change-set.ts";

/** The flags of `diff` and `check` that act after judgement, as written. */
export type AdjustmentFlags = {
  severity?: string | undefined;
  ignoreFile?: string | undefined;
  include?: string | undefined;
  exclude?: string | undefined;
};

/** The arguments that act after judgement. */
export const adjustmentArgs = {
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
} as const;

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
