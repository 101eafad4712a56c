import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { runOnce } from "./subject.ts";

/** The best-known engine, in the version that we compare ourselves with. */
const peerModule = "github.com/oasdiff/oasdiff";
export const peerVersion = "v1.36.0";

/**
 * The peer's program, installed into `folder` by the Go client unless it is there.
 * @returns why it is missing, where there is no Go or it cannot be installed
 */
export async function installPeer(folder: string): Promise<{ path: string } | { missing: string }> {
  const bin = resolve(folder, peerVersion); // Go refuses a relative one
  const path = join(bin, process.platform === "win32" ? "oasdiff.exe" : "oasdiff");
  if (existsSync(path)) return { path };
  await mkdir(bin, { recursive: true });
  const install = { name: "install", command: "go", args: ["install", `${peerModule}@${peerVersion}`] };
  const run = await runOnce(install, { GOBIN: bin }).catch(() => undefined);
  if (run === undefined) return { missing: "Go is not installed" };
  return existsSync(path) ? { path } : { missing: `go install ended with exit code ${run.exitCode}` };
}
