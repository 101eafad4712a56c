import { describe, expect, it } from "vitest";
import type { AlertPreference } from "../../../../shared/alerts/preferences/alert-preference.ts";
import { levelInScope } from "../../../../shared/alerts/preferences/scope-levels.ts";
import type { Finding, OperationRef } from "../../../../shared/diff/change-set.ts";
import { changeSetFixture } from "../../pipeline/change-sets.ts";

const changeSet = changeSetFixture(["breaking"], 2); // GET /things/1 and GET /things/2
const [cause] = changeSet.causes;
const [first, second] = changeSet.findings;
if (cause === undefined || first === undefined || second === undefined) throw new Error("the fixture is empty");
const findings: Finding[] = [first, { ...second, level: "safe" }];
const context = {
  dependency: { id: "dep_1", name: "Stripe API" },
  domainsOf: ({ path }: OperationRef) => (path === "/things/1" ? ["billing", "things"] : ["things"]),
};
const levelOf = (scope: AlertPreference["scope"], scopeValue: string, given: readonly Finding[] = findings) =>
  levelInScope({ scope, scopeValue }, cause, given, context);

describe("the level of a cause in a scope", () => {
  it.each([
    ["*", "breaking"],
    ["dep_1", "breaking"],
    ["Stripe*", "breaking"],
    ["Stripe", undefined],
    ["dep_2", undefined],
  ])("of the API %s is %s", (value, level) => {
    expect(levelOf("api", value)).toBe(level);
  });

  it.each([
    ["GET /things/1", "breaking"],
    ["GET /things/2", "safe"],
    ["* /things/*", "breaking"],
    ["POST *", undefined],
  ])("of the operations %s is %s", (value, level) => {
    expect(levelOf("endpoint", value)).toBe(level);
  });

  it.each([
    ["billing", "breaking"],
    ["things", "breaking"],
    ["bill*", "breaking"],
    ["users", undefined],
  ])("of the domain %s is %s", (value, level) => {
    expect(levelOf("domain", value)).toBe(level);
  });

  it("is that of a change of the whole document everywhere", () => {
    const ofDocument = findings.map((finding) => ({ ...finding, affectedOperations: [], operation: null }));
    expect([levelOf("domain", "users", ofDocument), levelOf("endpoint", "POST *", ofDocument)]).toEqual([
      "breaking",
      "breaking",
    ]);
  });
});
