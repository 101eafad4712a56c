import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { functionCodeFolder } from "../../../local/cloud-files.ts";
import { functionProcessIds } from "../../../local/function-processes.ts";
import { endProcesses, isAlive } from "../../../local/processes.ts";

let folder: string;
const children: ChildProcess[] = [];

/** A process like the emulator's workers: it runs `_worker.js` in a folder named for the function. */
async function startWorker(cloudFolder: string, functionName: string): Promise<number> {
  const code = join(functionCodeFolder(cloudFolder), `ministack-lambda-${functionName}-a1b2c3_4`);
  await mkdir(code, { recursive: true });
  const script = join(code, "_worker.js");
  await writeFile(script, "console.log('ready'); setInterval(() => {}, 1000);");
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child.pid ?? 0;
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "forewarn-processes-")));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

describe("functionProcessIds", () => {
  it("finds the processes of one function, not those of a function whose name only begins alike or of another cloud", async () => {
    const parse = await startWorker(folder, "forewarn-local-parse");
    const other = await startWorker(folder, "forewarn-local-parse-more");
    await startWorker(join(folder, "another"), "forewarn-local-parse");
    expect(await functionProcessIds(folder, "forewarn-local-parse")).toEqual([parse]);
    expect((await functionProcessIds(folder)).toSorted()).toEqual([parse, other].toSorted());
  });
});

describe("endProcesses", () => {
  it("ends what ends when asked, and kills what does not", async () => {
    const willing = await startWorker(folder, "willing");
    const stubborn = spawn(process.execPath, [
      "-e",
      "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1000)",
    ]);
    children.push(stubborn);
    await new Promise((resolve) => stubborn.stdout.once("data", resolve));
    const pids = [willing, stubborn.pid ?? 0];
    await endProcesses(pids, 300);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });
});
