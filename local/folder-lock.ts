import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalCloudUnavailableError } from "./errors.ts";
import { isAlive } from "./processes.ts";

/** First run: a venv and 20 packages on a slow line. */
const maxWaitMs = 300_000;
const pollMs = 100;

/**
 * Runs `work` while holding the lock file `path`, so that two processes of this machine never do it at once. The file
 * holds the owner's pid; a lock whose owner is dead is taken over.
 * @throws LocalCloudUnavailableError when another live process holds it for five minutes.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let waitedMs = 0; !(await take(path)); waitedMs += pollMs) {
    if (waitedMs >= maxWaitMs) {
      throw new LocalCloudUnavailableError(`Another process holds ${path}. If none is running, delete that file.`);
    }
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const owner = Number(await readFile(path, "utf8").catch(() => ""));
  // An empty file is a lock just being written; its owner is known a moment later.
  if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
  return false;
}
