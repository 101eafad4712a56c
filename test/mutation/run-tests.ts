/** Loads the tests that judge documents, and runs them on instrumented code. */
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { globSync } from "tinyglobby";
import { type CollectedTest, collectTests } from "./vitest.ts";

/** All of them, but for the slow ones that say less than others: whole real documents, random schemas, and documents of a size. */
const allTests = "test/unit/{diff,rules,judgement-corpus,peer-cases}/**/*.test.ts";
const slowTests =
  "!test/unit/{diff/value-proof,rules/{compare-real-documents,hostile-comparisons,real-documents}}.test.ts";
/** Every mutant of the comparison is tried by these: a few edits say nearly as much as many. */
process.env.FOREWARN_RANDOM_EDITS ??= "6";
/** `FOREWARN_MUTATION_TESTS`: a glob of those that mutants are tried by instead, for a quick look at one file. */
const testFiles = [process.env.FOREWARN_MUTATION_TESTS ?? allTests, slowTests];

/** Where the instrumented code looks for the mutant that is switched on, and counts what it ran. */
export const instrumented: InstrumenterContext = {};
Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: instrumented });

const collector = new URL("vitest.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL !== collector
      ? { url: collector, shortCircuit: true }
      : next(specifier, context),
});

/** The tests below the working directory, loaded with no mutant switched on. */
export function loadTests(): Promise<readonly CollectedTest[]> {
  const files = globSync(testFiles).sort();
  return collectTests(files.map((file) => resolve(file)));
}

/** Runs every test with no mutant, and notes which mutants it reached. */
export async function runUnchanged(tests: readonly CollectedTest[]): Promise<DryRunResult> {
  const results: TestResult[] = [];
  for (const test of tests) {
    instrumented.currentTestId = test.id;
    results.push(await resultOf(test));
  }
  instrumented.currentTestId = undefined;
  const { mutantCoverage } = instrumented;
  return {
    status: DryRunStatus.Complete,
    tests: results,
    ...(mutantCoverage !== undefined && { mutantCoverage }),
  };
}

export type MutantRun = Pick<MutantRunOptions, "hitLimit" | "disableBail"> & { mutantId: string };

/** Runs `tests` with one mutant until one of them fails. */
export async function runMutant(tests: readonly CollectedTest[], run: MutantRun): Promise<MutantRunResult> {
  const { mutantId, hitLimit, disableBail } = run;
  const results: TestResult[] = [];
  instrumented.hitCount = hitLimit === undefined ? undefined : 0;
  instrumented.hitLimit = hitLimit;
  instrumented.activeMutant = mutantId;
  for (const test of tests) {
    const result = await resultOf(test);
    results.push(result);
    if (result.status === TestStatus.Failed && !disableBail) break;
  }
  instrumented.activeMutant = undefined;
  return toMutantRunResult(
    determineHitLimitReached(instrumented.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests: results },
  );
}

async function resultOf({ id, file, run }: CollectedTest): Promise<TestResult> {
  const startedMs = performance.now();
  const about = () => ({ id, name: id, fileName: file, timeSpentMs: performance.now() - startedMs });
  try {
    await run();
    return { ...about(), status: TestStatus.Success };
  } catch (error) {
    return { ...about(), status: TestStatus.Failed, failureMessage: String(error) };
  }
}
