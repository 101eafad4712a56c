import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);

it("every import follows the arrows of .dependency-cruiser.cjs", async () => {
  const cruiser = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  const folders = ["cdk", "lambdas", "shared", "cli", "local"];
  const arguments_ = [cruiser, ...folders, "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const { stdout } = await run(process.execPath, arguments_, { maxBuffer: 64 * 2 ** 20 }).catch((failed) => failed);
  const { summary } = JSON.parse(stdout);
  const violations = summary.violations.map(
    (violation: { rule: { name: string }; from: string; to: string }) =>
      `${violation.rule.name}: ${violation.from} → ${violation.to}`,
  );
  expect(violations).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(100);
}, 60_000);
