/** One mutant in a thread of its own, which remembers nothing of other mutants, and of which nothing is remembered. */
import { parentPort, workerData } from "node:worker_threads";
import { loadTests, type MutantRun, runMutant } from "./run-tests.ts";

export type LoneRun = MutantRun & { testIds: readonly string[] };

const run: LoneRun = workerData;
const tests = new Map((await loadTests()).map((test) => [test.id, test]));
const wanted = run.testIds.flatMap((id) => tests.get(id) ?? []);
parentPort?.postMessage(await runMutant(wanted, run));
