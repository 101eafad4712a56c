/** Says on a line of a terminal what is being done, once it takes long. */
export type Progress = {
  /** Begins what `doing` names: `comparing`. Shown from the next moment at which `afterMs` have passed. */
  step(doing: string): void;
  /** Clears the line. */
  end(): void;
};

export type ProgressSurroundings = {
  write(text: string): void;
  isTerminal: boolean;
  /** Milliseconds of a clock that never goes back. */
  nowMs(): number;
};

/** What takes less is over before a person wonders. */
const afterMs = 1000;
const clearLine = "\r\u001b[K";

/**
 * A progress line, or silence where output does not go to a terminal. Work that holds the thread shows the line when its
 * step begins; work that waits, as soon as the time has passed.
 */
export function startProgress({ write, isTerminal, nowMs }: ProgressSurroundings): Progress {
  if (!isTerminal) return { step: () => undefined, end: () => undefined };
  const startedMs = nowMs();
  let current = "";
  let isShown = false;
  const show = () => {
    isShown = true;
    write(`${clearLine}${current} …`);
  };
  const timer = setTimeout(show, afterMs);
  timer.unref();
  return {
    step(doing) {
      current = doing;
      if (isShown || nowMs() - startedMs >= afterMs) show();
    },
    end() {
      clearTimeout(timer);
      if (isShown) write(clearLine);
      isShown = false;
    },
  };
}
