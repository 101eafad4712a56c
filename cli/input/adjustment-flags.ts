import type { Level } from "../../shared/diff/change-set.ts";
import type { OperationFilter } from "../../shared/rules/adjust-change-set.ts";
import { UsageError } from "../errors.ts";
import { requireRule } from "../require-rule.ts";

const levels: readonly Level[] = ["breaking", "risky", "safe"];
const filterKinds: readonly OperationFilter["by"][] = ["path", "method", "tag"];

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
    const colon = part.indexOf(":");
    const by = filterKinds.find((kind) => kind === part.slice(0, Math.max(0, colon)));
    const pattern = part.slice(colon + 1).trim();
    if (by === undefined || pattern === "") {
      throw new UsageError(`${flag} takes path:PATTERN, method:NAME or tag:NAME, not ${part}`);
    }
    return { by, pattern };
  });
}

function partsOf(text: string): string[] {
  return text.split(",").flatMap((part) => part.trim() || []);
}
