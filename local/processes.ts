import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

export type RunningProcess = { pid: number; commandLine: string };

/** Whether a process with this pid runs (also when it belongs to another user); a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** In a container without an init process nobody collects the orphans that have ended. */
function isZombie(pid: number): boolean {
  try {
    return / Z \d/.test(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/s, ""));
  } catch {
    return false;
  }
}

/**
 * Processor time that a process has had, in ticks of the kernel's account (usually 10 ms); `undefined` where the system does not
 * tell, or the process has ended.
 */
export async function processorTicks(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = stat?.replace(/^.*\) /s, "").split(" "); // the name may hold blanks
  return fields === undefined ? undefined : Number(fields[11]) + Number(fields[12]);
}

/**
 * Every process of this machine with its command line, arguments joined by one blank. Read from /proc where there is
 * one (small container images have no `ps`). Zombies have an empty command line and are left out.
 */
export async function listProcesses(): Promise<RunningProcess[]> {
  if (!existsSync("/proc/self/cmdline")) {
    const { stdout } = await execFileAsync("ps", ["-axww", "-o", "pid=,args="], { maxBuffer: 16_777_216 });
    return stdout.split("\n").flatMap((line) => {
      const [, pid, commandLine] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid && commandLine ? [{ pid: Number(pid), commandLine }] : [];
    });
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid: Number(pid), commandLine: raw.replaceAll("\0", " ").trim() };
    }),
  );
  return all.filter((one) => one.commandLine !== "");
}

/** Asks the processes to end, and kills those that are still there after `graceMs`. Resolves when none is left. */
export async function endProcesses(pids: readonly number[], graceMs: number): Promise<void> {
  for (const pid of pids) signal(pid, "SIGTERM");
  await waitForEnd(pids, graceMs);
  for (const pid of pids) if (isAlive(pid)) signal(pid, "SIGKILL");
  await waitForEnd(pids, 2_000);
}

async function waitForEnd(pids: readonly number[], maxWaitMs: number): Promise<void> {
  const endMs = Date.now() + maxWaitMs;
  while (pids.some(isAlive) && Date.now() < endMs) await sleep(50);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
