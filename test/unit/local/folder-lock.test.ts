import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../local/folder-lock.ts";

let lock: string;
beforeEach(async () => {
  lock = join(await mkdtemp(join(tmpdir(), "forewarn-lock-")), "lock");
});
afterEach(() => rm(join(lock, ".."), { recursive: true, force: true }));

describe("withLock", () => {
  it("lets one run after the other, also when the first one fails, and leaves no lock behind", async () => {
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await sleep(20);
      steps.push(`${name} ends`);
      if (name === "a") throw new Error("a failed");
      return name;
    };
    const results = await Promise.allSettled([withLock(lock, work("a")), withLock(lock, work("b"))]);
    expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect([steps[0]?.split(" ")[0], steps[2]?.split(" ")[0]]).toEqual([
      steps[1]?.split(" ")[0],
      steps[3]?.split(" ")[0],
    ]);
    expect(existsSync(lock)).toBe(false);
  });

  it("takes over the lock of a process that is gone", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await writeFile(lock, String(pid));
    expect(await withLock(lock, async () => "done")).toBe("done");
  });
});
