import { join } from "node:path";
import { functionCodeFolder } from "./cloud-files.ts";
import { listProcesses } from "./processes.ts";

/**
 * The pids of all processes that run function code of the cloud in `folder`, optionally of one function. The
 * emulator starts a worker as `node <code folder>/ministack-lambda-<function>-<8 characters>/_worker.js`, one for each
 * invocation that runs at the same time, and keeps it warm.
 *
 * @example
 * for (const pid of await functionProcessIds(cloud.folder, "Forewarn-local-parse")) process.kill(pid, "SIGKILL");
 */
export async function functionProcessIds(folder: string, functionName?: string): Promise<number[]> {
  const prefix = join(functionCodeFolder(folder), "ministack-lambda-");
  return (await listProcesses()).flatMap(({ pid, commandLine }) => {
    const start = commandLine.indexOf(prefix);
    if (start < 0) return [];
    const name = /^(.*)-[a-z0-9_]{8}\/_worker/.exec(commandLine.slice(start + prefix.length))?.[1];
    return name !== undefined && (functionName === undefined || name === functionName) ? [pid] : [];
  });
}
