import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { describeFailure, shrink } from "./shrink.ts";
import { simulate } from "./simulate.ts";

/** `npm run simulate -- --schedules 1000000 --seed 1 --workers 2`: schedules from a seed on; ends with 1 at a broken promise. */

/** Schedules that a worker runs between two reports. */
const chunk = 50;

type Report = { ran: number; failedSeed?: number };

const runWorker = async (from: number, until: number, step: number): Promise<void> => {
  let ran = 0;
  for (let seed = from; seed < until; seed += step) {
    const { broken } = await simulate({ seed });
    ran += 1;
    if (broken !== undefined) return parentPort?.postMessage({ ran, failedSeed: seed } satisfies Report);
    if (ran < chunk) continue;
    parentPort?.postMessage({ ran } satisfies Report);
    ran = 0;
  }
  parentPort?.postMessage({ ran } satisfies Report);
};

const runAll = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      schedules: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(availableParallelism()) },
    },
  });
  const [schedules, seed, workers] = [Number(values.schedules), Number(values.seed), Number(values.workers)];
  if (![schedules, seed, workers].every((value) => Number.isSafeInteger(value) && value > 0))
    throw new Error("--schedules, --seed and --workers are whole numbers above 0");
  const startedMs = performance.now();
  let ran = 0;
  let failedSeed: number | undefined;
  const speed = () => `${(ran / ((performance.now() - startedMs) / 1000)).toFixed(1)} schedules a second`;
  const running = Array.from({ length: Math.min(workers, schedules) }, (_, index) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { from: seed + index, until: seed + schedules, step: workers },
    });
    return new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("exit", () => resolve());
      worker.on("message", (report: Report) => {
        ran += report.ran;
        failedSeed ??= report.failedSeed;
        process.stdout.write(`${ran} of ${schedules}, ${speed()}\n`);
        if (failedSeed !== undefined) void worker.terminate();
      });
    });
  });
  await Promise.all(running);
  if (failedSeed === undefined) return void process.stdout.write(`no promise broken in ${ran} schedules, ${speed()}\n`);
  process.stdout.write(`${describeFailure(await shrink({ seed: failedSeed }))}\n`);
  process.exitCode = 1;
};

if (isMainThread) await runAll();
else await runWorker(workerData.from, workerData.until, workerData.step);
