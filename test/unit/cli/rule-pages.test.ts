import { Window } from "happy-dom";
import { describe, expect, it } from "vitest";
import { rulePages } from "../../../cli/rule-pages/rule-pages.ts";
import { allRules } from "../../../shared/rules/registry.ts";
import { rulePageUrl } from "../../../shared/rules/rule-page.ts";

const rules = allRules();
const pages = rulePages(rules);

describe("the pages of the rules", () => {
  it("explain every rule where its address says", () => {
    const missing = [...rules].filter(([id, rule]) => {
      const [name = "", anchor = ""] = rulePageUrl("", id, rule).slice(1).split("#");
      return anchor !== id || pages.get(name)?.split(`<article id="${id}"`).length !== 2;
    });
    expect(missing.map(([id]) => id)).toEqual([]);
  });

  it("say all that a rule says, with its example as a change", () => {
    const window = new Window();
    window.document.write(pages.get("paths.html") ?? "");
    const article = window.document.querySelector("#sunset-deleted");
    expect(article?.textContent.trim()).toMatchInlineSnapshot(`
      "sunset-deleted
      risky · lifecycle · remove

      Saystook back the sunset {sunset} while {place} stays deprecated
      WhyClients planned by a date that does not hold any more; the removal may come earlier.
      What to doAsk the owner which date holds.

        openapi: 3.1.0
        info:
          title: Pets
          version: '1'
        paths:
          /pets:
            post:
              responses:
                '204':
                  description: Done
              deprecated: true
      -       x-sunset: '2999-01-01'"
    `);
    expect(article?.querySelector("del")?.textContent).toBe("-       x-sunset: '2999-01-01'");
  });

  it("count the rules of each area and level", () => {
    const [, total] = /<tr><td><b>all<\/b><\/td>(.*?)<\/tr>/.exec(pages.get("index.html") ?? "") ?? [];
    const count = (level: string) => [...rules.values()].filter((rule) => rule.level === level).length;
    const counts = [count("breaking"), count("risky"), count("safe"), rules.size];
    expect(total).toBe(counts.map((number) => `<td>${number}</td>`).join(""));
  });

  it("link only to pages that there are, and bring in nothing from elsewhere", () => {
    const targets = [...pages.values()].flatMap((page) => [...page.matchAll(/href="([^"#]+)"/g)].map(([, to]) => to));
    expect([...new Set(targets)].sort()).toEqual([...pages.keys()].sort());
    expect([...pages.values()].filter((page) => /<(script|link|img)|url\(/.test(page))).toEqual([]);
  });
});
