import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startProgress } from "../../../cli/render/progress.ts";

const clearLine = `\r${String.fromCharCode(27)}[K`;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(isTerminal: boolean) {
  const written: string[] = [];
  let nowMs = 5;
  const progress = startProgress({ write: (text) => written.push(text), isTerminal, nowMs: () => nowMs });
  const workMs = (durationMs: number) => {
    nowMs += durationMs;
  };
  return { written, progress, workMs };
}

describe("the progress line", () => {
  it("stays away from what is over within a second", () => {
    const { written, progress, workMs } = start(true);
    progress.step("reading");
    workMs(999);
    progress.step("comparing");
    progress.end();
    vi.advanceTimersByTime(5000);
    expect(written).toEqual([]);
  });

  it("names each step from a second on, and is cleared at the end", () => {
    const { written, progress, workMs } = start(true);
    progress.step("reading");
    workMs(1000);
    progress.step("comparing");
    progress.step("writing");
    progress.end();
    expect(written).toEqual([`${clearLine}comparing …`, `${clearLine}writing …`, clearLine]);
  });

  it("comes by itself while a server is waited for", () => {
    const { written, progress } = start(true);
    progress.step("reading");
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([`${clearLine}reading …`]);
    progress.end();
  });

  it("is never written to a file or a pipe", () => {
    const { written, progress, workMs } = start(false);
    progress.step("reading");
    workMs(5000);
    progress.step("comparing");
    progress.end();
    expect(written).toEqual([]);
  });
});
