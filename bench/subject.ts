import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A command line to measure. */
export type Subject = { name: string; command: string; args: string[] };

/** One run of it. */
export type Run = { elapsedMs: number; exitCode: number; output: string };

/**
 * Runs `subject` once, from the start of its process to its end.
 * @throws Error when it cannot be started
 */
export function runOnce({ command, args }: Subject, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.resume();
    child.on("error", reject);
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({ elapsedMs: performance.now() - startedMs, exitCode: code ?? -1, output });
    });
  });
}

/**
 * Median elapsed time of each subject in milliseconds. Runs are interleaved, so that what else the machine does meets all
 * of them; one more run of each comes first and does not count.
 */
export async function medianTimes(subjects: readonly Subject[], runs: number): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 0; run <= runs; run++) {
    for (const subject of subjects) {
      const { elapsedMs } = await runOnce(subject);
      if (run > 0) times.get(subject.name)?.push(elapsedMs);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

/** The middle one of `values`, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}

/** Peak memory of a Node process in MB (2^20 bytes), as the operating system counts it, with what it wrote. */
export async function peakMemory(subject: Subject): Promise<Run & { peakMb: number }> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-bench-"));
  try {
    const file = join(folder, "peak.txt");
    const preload = new URL("report-peak.mjs", import.meta.url).href;
    const run = await runOnce(subject, { NODE_OPTIONS: `--import=${preload}`, FOREWARN_BENCH_PEAK_FILE: file });
    return { ...run, peakMb: Number(await readFile(file, "utf8")) / 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
