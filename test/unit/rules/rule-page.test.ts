import { expect, it } from "vitest";
import { rulePageName, rulePageUrl } from "../../../shared/rules/rule-page.ts";

it("names the page of an area in kebab case", () => {
  expect([rulePageName("paths"), rulePageName("requestBody")]).toEqual(["paths.html", "request-body.html"]);
});

it.each(["https://docs.example.com/rules", "https://docs.example.com/rules/", "https://docs.example.com/rules//"])(
  "finds a rule on the page of its area below %s",
  (baseUrl) => {
    expect(rulePageUrl(baseUrl, "request-body-added", { area: "requestBody" })).toBe(
      "https://docs.example.com/rules/request-body.html#request-body-added",
    );
  },
);
