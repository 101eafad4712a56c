import type { Level } from "../diff/change-set.ts";
import type { AdjustmentRequest, IgnoreEntry } from "../rules/adjust-change-set.ts";

/** A finding of this dependency that somebody answers for until a day. */
export type IgnoreRule = IgnoreEntry & {
  /** ULID. */
  id: string;
  createdAt: string;
};

export type SeverityOverride = { rule: string; level: Level };

/** What a dependency's changes are adjusted by, after they are judged. */
export type DependencyRules = {
  tenantId: string;
  dependencyId: string;
  ignoreRules: IgnoreRule[];
  severityOverrides: SeverityOverride[];
};

/** They are read with every sync that finds a change, and stay far below the size of an item. */
export const maxIgnoreRules = 100;

export const noRules = (tenantId: string, dependencyId: string): DependencyRules => ({
  tenantId,
  dependencyId,
  ignoreRules: [],
  severityOverrides: [],
});

/** The adjustment that the rules ask for; `undefined` when they ask for nothing. */
export const adjustmentOf = (rules: DependencyRules | undefined): AdjustmentRequest | undefined => {
  if (rules === undefined || rules.ignoreRules.length + rules.severityOverrides.length === 0) return undefined;
  return {
    ignores: rules.ignoreRules,
    severities: new Map(rules.severityOverrides.map(({ rule, level }) => [rule, level])),
  };
};
