import type { Rule, RuleArea } from "./rule.ts";

/**
 * File of an area's page, as `npm run docs` writes it.
 * @example rulePageName("requestBody") // "request-body.html"
 */
export function rulePageName(area: RuleArea): string {
  return `${area.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.html`;
}

/**
 * Where a rule is explained, when the pages of the rules are at `baseUrl`.
 * @example rulePageUrl("https://docs.example.com/rules", "endpoint-added", rule) // "…/rules/paths.html#endpoint-added"
 */
export function rulePageUrl(baseUrl: string, id: string, { area }: Pick<Rule, "area">): string {
  return `${baseUrl.replace(/\/+$/, "")}/${rulePageName(area)}#${id}`;
}
