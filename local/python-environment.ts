import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { sharedFolder } from "./cloud-files.ts";
import { LocalCloudUnavailableError } from "./errors.ts";
import { withLock } from "./folder-lock.ts";
import { runCommand } from "./run-command.ts";

const execFileAsync = promisify(execFile);
const pythonNames = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
/** Prints "3 11 yes": version, and whether a venv with pip can be made (Debian splits that into `python3-venv`). */
const probe =
  "import sys, importlib.util as u; print(*sys.version_info[:2], 'yes' if u.find_spec('ensurepip') else 'no')";

const requirements = join(import.meta.dirname, "emulator", "requirements.txt");

/**
 * Path of the Python interpreter that has the pinned emulator. The first call creates `.forewarn/venv` and installs
 * `emulator/requirements.txt` into it (about 15 s); later calls only compare a hash. Two processes never install at once.
 * @param report is told when an installation begins.
 * @throws LocalCloudUnavailableError when there is no Python 3.10 or newer with venv.
 * @throws LocalCommandError when pip fails.
 */
export async function emulatorPython(report: (line: string) => void): Promise<string> {
  const venv = join(sharedFolder, "venv");
  const python = join(venv, "bin", "python");
  const marker = join(venv, "installed-requirements.sha256");
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const isInstalled = async () => (await readFile(marker, "utf8").catch(() => "")) === wanted;
  if (await isInstalled()) return python;
  return withLock(join(sharedFolder, "venv.lock"), async () => {
    if (await isInstalled()) return python;
    const installed = await findPython();
    report("installing the emulator into .forewarn/venv (first run only)");
    await rm(venv, { recursive: true, force: true });
    const base = { cwd: sharedFolder, env: process.env };
    await runCommand({
      purpose: "Creating the Python environment",
      file: installed,
      args: ["-m", "venv", venv],
      ...base,
    });
    await runCommand({
      purpose: "Installing the emulator with pip",
      file: python,
      args: ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", requirements],
      ...base,
    });
    await writeFile(marker, wanted);
    return python;
  });
}

/** An interpreter that has venv and pip. @throws LocalCloudUnavailableError */
export async function findPython(): Promise<string> {
  const seen: string[] = [];
  for (const name of pythonNames) {
    const answer = await execFileAsync(name, ["-c", probe]).catch(() => undefined);
    const [major = "", minor = "", hasVenv] = answer?.stdout.trim().split(" ") ?? [];
    if (!answer) continue;
    if (major !== "3" || Number(minor) < 10) seen.push(`${name} is ${major}.${minor}`);
    else if (hasVenv !== "yes") seen.push(`${name} is ${major}.${minor} without venv (Debian: python3-venv)`);
    else return name;
  }
  throw new LocalCloudUnavailableError(
    `The local cloud needs Python 3.10 or newer with venv; found ${seen.join(", ") || "no python3 on PATH"}.`,
  );
}
