import { createRequire } from "node:module";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { expect, it } from "vitest";

const rules = createRequire(import.meta.url)("../../.dependency-cruiser.cjs");

it("every import follows the arrows of .dependency-cruiser.cjs", async () => {
  const folders = ["cdk", "lambdas", "shared", "cli", "local"];
  const { output } = await cruise(
    folders,
    { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
    undefined,
    { tsConfig: extractTSConfig("tsconfig.json") },
  );
  const { summary } = output as ICruiseResult;
  const violations = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  expect(violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(100);
}, 60_000);
