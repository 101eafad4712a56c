import type { Level } from "../../shared/diff/change-set.ts";
import type { OperationFilter } from "../../shared/rules/adjust-change-set.ts";
import { parseFilter } from "../../shared/rules/parse-filter.ts";
import { UsageError } from "../errors.ts";
import { requireRule } from "../require-rule.ts";
import { partsOf } from "./parts-of.ts";

const levels: readonly Level[] = ["breaking", "risky", "safe"];

/**
 * Reads `--severity`: `RULE=LEVEL,…`. The last one counts where a rule is named twice.
 * @throws UsageError
 */
export function parseSeverities(text: string): Map<string, Level> {
  return new Map(
    partsOf(text).map((part): [string, Level] => {
      const [rule = "", word = ""] = part.split("=", 2).map((side) => side.trim());
      const level = levels.find((one) => one === word);
      if (level === undefined) {
        throw new UsageError(`--severity takes RULE=LEVEL with the level ${levels.join(", ")}, not ${part}`);
      }
      requireRule(rule);
      return [rule, level];
    }),
  );
}

/**
 * Reads `--include` or `--exclude`: `path:/v1/*,method:GET,tag:Pets`.
 * @throws UsageError
 */
export function parseFilters(flag: "--include" | "--exclude", text: string): OperationFilter[] {
  return partsOf(text).map((part) => {
    const filter = parseFilter(part);
    if (filter === undefined) throw new UsageError(`${flag} takes path:PATTERN, method:NAME or tag:NAME, not ${part}`);
    return filter;
  });
}
