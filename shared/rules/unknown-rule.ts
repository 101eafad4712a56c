import { nearestNames } from "./nearest-names.ts";
import { allRules } from "./registry.ts";

/** Ids that an unknown one is answered with. */
const maxSuggestions = 3;

/** What to say of an id that no rule has: the likeliest ones; `undefined` when there is such a rule. */
export function unknownRuleText(id: string): string | undefined {
  const rules = allRules();
  if (rules.has(id)) return undefined;
  const nearest = nearestNames(id, rules.keys(), maxSuggestions);
  const advice = nearest.length > 0 ? `did you mean ${nearest.join(" or ")}?` : "see forewarn rules";
  return `there is no rule ${id}; ${advice}`;
}
