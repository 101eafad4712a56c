import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataFolder, functionCodeFolder, localLogPath } from "./cloud-files.ts";
import { LocalCommandError } from "./errors.ts";
import { functionProcessIds } from "./function-processes.ts";
import { endProcesses, isAlive, listProcesses } from "./processes.ts";

const launcher = join(import.meta.dirname, "emulator", "launch.py");
/** Cold start takes 0.6 s; the rest is for a machine that is busy. */
const startTimeoutMs = 60_000;
/** Saving the state and ending the function workers takes under a second. */
const stopGraceMs = 10_000;

export type EmulatorOptions = {
  /** Folder of this cloud. The log of the run before is kept beside the new one as `local.log.previous`. */
  folder: string;
  port: number;
  /** The interpreter that has the pinned emulator. */
  python: string;
  /** Folder of the `node` that runs function code. */
  nodeFolder: string;
  /** Compiled JavaScript, shared by all clouds of a checkout. */
  compileCacheFolder: string;
  /** The emulator ends itself when this process is gone. @default it stays up until it is stopped */
  ownerPid?: number;
};

export const emulatorEndpoint = (port: number) => `http://127.0.0.1:${port}`;

/**
 * Starts the emulator as a process of its own, detached from this one, and resolves with its pid once it answers. It
 * listens on 127.0.0.1 only, and gets nothing of this process's environment: function code inherits its environment,
 * and on AWS there is nothing of this machine either.
 * @throws LocalCommandError when it does not come up; the message ends with its log.
 */
export async function startEmulator(options: EmulatorOptions): Promise<number> {
  const { folder, port } = options;
  const codeFolder = functionCodeFolder(folder);
  const logFile = localLogPath(folder);
  await mkdir(codeFolder, { recursive: true });
  // The emulator's worker script is CommonJS, and this folder may lie below our package.json, which says "module".
  await writeFile(join(codeFolder, "package.json"), '{ "type": "commonjs" }\n');
  if (existsSync(logFile)) await rename(logFile, `${logFile}.previous`);
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(options.python, [launcher, folder], {
    cwd: dataFolder(folder),
    detached: true,
    stdio: ["ignore", log, log],
    env: {
      HOME: homedir(),
      LANG: "C.UTF-8",
      PATH: `${options.nodeFolder}:/usr/local/bin:/usr/bin:/bin`,
      TMPDIR: codeFolder,
      PYTHONDONTWRITEBYTECODE: "1", // nothing is written beside the sources
      BIND_HOST: "127.0.0.1", // its default is every interface
      MINISTACK_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      LAMBDA_WARM_TTL_SECONDS: "60", // a burst leaves 90 MB a process
      NODE_COMPILE_CACHE: options.compileCacheFolder,
      NODE_OPTIONS: "--disable-warning=DEP0169", // the worker script calls url.parse
      PERSIST_STATE: "1",
      STATE_DIR: join(dataFolder(folder), "state"),
      S3_PERSIST: "1",
      S3_DATA_DIR: join(dataFolder(folder), "state", "s3"),
      ...(options.ownerPid === undefined ? {} : { FOREWARN_OWNER_PID: String(options.ownerPid) }),
    },
  });
  closeSync(log);
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  child.unref();
  const endMs = Date.now() + startTimeoutMs;
  while (!(await isHealthy(port))) {
    if (failure || child.exitCode !== null || child.signalCode !== null || Date.now() > endMs) {
      const text = failure?.message ?? (await readFile(logFile, "utf8")).slice(-4_000);
      if (child.pid !== undefined) await stopEmulator(folder, child.pid);
      throw new LocalCommandError(`The emulator did not start on port ${port}:\n${text.trim()}`);
    }
    await sleep(25);
  }
  if (child.pid === undefined) throw new LocalCommandError("The emulator has no process id.");
  return child.pid;
}

/** Whether `pid` is the emulator of `folder` (a pid is used again after a restart of the machine) and answers. */
export async function isEmulatorUp(folder: string, pid: number, port: number): Promise<boolean> {
  return isAlive(pid) && (await emulatorProcessIds(folder)).includes(pid) && (await isHealthy(port));
}

/**
 * Ends the emulator of `folder` and whatever it started, also after a crash, and deletes the unpacked function code.
 * Processes of other clouds are never touched: ours carry `folder` in their command line.
 */
export async function stopEmulator(folder: string, pid?: number): Promise<void> {
  const emulators = new Set(await emulatorProcessIds(folder));
  if (pid !== undefined && emulators.has(pid)) await endProcesses([pid], stopGraceMs);
  await endProcesses([...(await emulatorProcessIds(folder)), ...(await functionProcessIds(folder))], 500);
  await rm(functionCodeFolder(folder), { recursive: true, force: true });
}

async function emulatorProcessIds(folder: string): Promise<number[]> {
  const suffix = ` ${launcher} ${folder}`;
  return (await listProcesses()).filter((one) => one.commandLine.endsWith(suffix)).map((one) => one.pid);
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`${emulatorEndpoint(port)}/_ministack/health`, {
      signal: AbortSignal.timeout(2_000),
    });
    const body: unknown = await response.json();
    return response.ok && typeof body === "object" && body !== null && "services" in body;
  } catch {
    return false;
  }
}
