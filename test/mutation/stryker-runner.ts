/**
 * A test runner for Stryker that loads the tests once and runs them in its own process. Vitest's own runner starts a worker and
 * loads some 300 modules for each of 14,000 mutants, a second each; this one takes the milliseconds that the tests take.
 * That is sound where a mutant that is switched off leaves nothing behind, so a file that remembers is tried in threads.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
} from "@stryker-mutator/api/test-runner";
import type { LoneRun } from "./run-alone.ts";
import { loadTests, runMutant, runUnchanged } from "./run-tests.ts";
import type { CollectedTest } from "./vitest.ts";

/** Files that make what is remembered beyond one comparison: what a mutant answered once would be the answer ever after. */
const remembering = /\/diff\/(pattern-cover|value-fit|json)\.ts$/;

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
    this.#tests = await loadTests();
  }

  async dryRun(): Promise<DryRunResult> {
    const result = await runUnchanged(this.#tests);
    const tests = result.status === DryRunStatus.Complete ? result.tests : [];
    for (const { id, timeSpentMs } of tests) this.#lastedMs.set(id, timeSpentMs);
    return result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { hitLimit, activeMutant, disableBail, sandboxFileName } = options;
    const run = { mutantId: activeMutant.id, hitLimit, disableBail };
    const tests = this.#inOrder(options);
    if (tests.length < (options.testFilter?.length ?? 0)) {
      return { status: MutantRunStatus.Error, errorMessage: "The tests are others than when the run began" };
    }
    const result = remembering.test(sandboxFileName) ? await runAlone(tests, run) : await runMutant(tests, run);
    if (result.status === MutantRunStatus.Killed) {
      for (const id of result.killedBy) this.#killersOf(sandboxFileName).add(id);
    }
    return result;
  }

  /** What killed another mutant of the file goes first, then the quickest: one failure is enough. */
  #inOrder({ testFilter, sandboxFileName }: MutantRunOptions): CollectedTest[] {
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const killers = this.#killersOf(sandboxFileName);
    const rank = ({ id }: CollectedTest) => (killers.has(id) ? -1 : (this.#lastedMs.get(id) ?? 0));
    return this.#tests.filter(({ id }) => wanted?.has(id) ?? true).sort((left, right) => rank(left) - rank(right));
  }

  #killersOf(file: string): Set<string> {
    const known = this.#killers.get(file) ?? new Set();
    this.#killers.set(file, known);
    return known;
  }
}

async function runAlone(tests: readonly CollectedTest[], run: Omit<LoneRun, "testIds">): Promise<MutantRunResult> {
  const workerData: LoneRun = { ...run, testIds: tests.map(({ id }) => id) };
  const worker = new Worker(new URL("run-alone.ts", import.meta.url), { workerData });
  const [result]: MutantRunResult[] = await once(worker, "message");
  return result ?? { status: MutantRunStatus.Error, errorMessage: "The thread said nothing" };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessTestRunner)];
