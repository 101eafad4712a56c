import { join } from "node:path";
import { functionCodeFolder } from "./cloud-files.ts";
import { listProcesses } from "./processes.ts";

/** A process that runs function code. */
export type FunctionProcess = { pid: number; functionName: string };

/**
 * All processes that run function code of the cloud in `folder`. The emulator starts a worker as
 * `node <code folder>/ministack-lambda-<function>-<8 characters>/_worker.js`, one for each invocation that runs at the same
 * time, and keeps it warm.
 */
export async function functionProcesses(folder: string): Promise<FunctionProcess[]> {
  const prefix = join(functionCodeFolder(folder), "ministack-lambda-");
  return (await listProcesses()).flatMap(({ pid, commandLine }) => {
    const start = commandLine.indexOf(prefix);
    if (start < 0) return [];
    const functionName = /^(.*)-[a-z0-9_]{8}\/_worker/.exec(commandLine.slice(start + prefix.length))?.[1];
    return functionName === undefined ? [] : [{ pid, functionName }];
  });
}

/**
 * Their pids, optionally of one function.
 *
 * @example
 * for (const pid of await functionProcessIds(cloud.folder, "Forewarn-local-parse")) process.kill(pid, "SIGKILL");
 */
export async function functionProcessIds(folder: string, functionName?: string): Promise<number[]> {
  const all = await functionProcesses(folder);
  return all.filter((one) => functionName === undefined || one.functionName === functionName).map(({ pid }) => pid);
}
