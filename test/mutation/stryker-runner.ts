/**
 * A test runner for Stryker that loads the tests once and runs them in its own process. Vitest's own runner starts a worker and
 * loads some 300 modules for each of 13,000 mutants, a second each; this one takes the milliseconds that the tests take.
 * That is sound because a mutant that is switched off leaves nothing behind: the comparison keeps no state between two calls.
 */
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { globSync } from "tinyglobby";
import { type CollectedTest, collectTests } from "./vitest.ts";

/** What judges documents, but for the tests that compare whole real documents: seconds each, and they touch everything. */
const testFiles = [
  "test/unit/{diff,rules,peer-cases,judgement-corpus}/**/*.test.ts",
  "!test/unit/rules/{compare,real}-documents.test.ts",
];

/** Where the instrumented code looks for the mutant that is switched on, and counts what it ran. */
const instrumented: InstrumenterContext = {};
Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: instrumented });

const collector = new URL("vitest.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL !== collector
      ? { url: collector, shortCircuit: true }
      : next(specifier, context),
});

class InProcessTestRunner implements TestRunner {
  #tests: readonly CollectedTest[] = [];
  /** How long each test took with no mutant. */
  readonly #lastedMs = new Map<string, number>();
  /** For each file the tests that killed a mutant of it. */
  readonly #killers = new Map<string, Set<string>>();

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    const files = globSync(testFiles).sort();
    this.#tests = await collectTests(files.map((file) => resolve(file)));
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const test of this.#tests) {
      instrumented.currentTestId = test.id;
      const result = await resultOf(test);
      this.#lastedMs.set(test.id, result.timeSpentMs);
      tests.push(result);
    }
    instrumented.currentTestId = undefined;
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(instrumented.mutantCoverage !== undefined && { mutantCoverage: instrumented.mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, hitLimit, activeMutant, disableBail, sandboxFileName } = options;
    const tests: TestResult[] = [];
    instrumented.hitCount = hitLimit === undefined ? undefined : 0;
    instrumented.hitLimit = hitLimit;
    instrumented.activeMutant = activeMutant.id;
    for (const test of this.#inOrder(sandboxFileName, testFilter)) {
      const result = await resultOf(test);
      tests.push(result);
      if (result.status !== TestStatus.Failed) continue;
      this.#killersOf(sandboxFileName).add(test.id);
      if (!disableBail) break;
    }
    instrumented.activeMutant = undefined;
    return toMutantRunResult(
      determineHitLimitReached(instrumented.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
    );
  }

  /** What killed another mutant of the file goes first, then the quickest: one failure is enough. */
  #inOrder(file: string, testFilter: string[] | undefined): CollectedTest[] {
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const killers = this.#killersOf(file);
    const rank = ({ id }: CollectedTest) => (killers.has(id) ? -1 : (this.#lastedMs.get(id) ?? 0));
    return this.#tests.filter(({ id }) => wanted?.has(id) ?? true).sort((left, right) => rank(left) - rank(right));
  }

  #killersOf(file: string): Set<string> {
    const known = this.#killers.get(file) ?? new Set();
    this.#killers.set(file, known);
    return known;
  }
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

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessTestRunner)];
