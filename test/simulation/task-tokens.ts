import type { TaskTokens } from "../../shared/jobs/ports.ts";
import type { TaskEnd } from "../unit/pipeline/state-machine.ts";
import type { Scheduler, Strand } from "./scheduler.ts";

/** `TimeoutSeconds` of every task state, as milliseconds. */
const taskTimeoutMs = 3_600_000;

type OpenTask = { end(end: TaskEnd): void; beat(): void };

/** Task tokens as Step Functions keeps them: each is open until it is answered, or until its heartbeat or time is over. */
export const createTaskTokens = (scheduler: Scheduler, service: Strand) => {
  const open = new Map<string, OpenTask>();

  const port: TaskTokens = {
    async succeed(token, output) {
      const task = open.get(token);
      task?.end({ result: output });
      return task === undefined ? "stale" : "accepted";
    },
    async fail(token, errorName, cause) {
      const task = open.get(token);
      task?.end({ error: errorName, cause });
      return task === undefined ? "stale" : "accepted";
    },
    async heartbeat(token) {
      const task = open.get(token);
      task?.beat();
      return task === undefined ? "stale" : "accepted";
    },
  };

  /** Opens `token` and waits for the end of its task. */
  const wait = (token: string, heartbeatMs: number): Promise<TaskEnd> =>
    new Promise((resolve) => {
      const over = new AbortController();
      const startedMs = scheduler.nowMs();
      let lastBeatMs = startedMs;
      const end = (taskEnd: TaskEnd): void => {
        open.delete(token);
        over.abort();
        resolve(taskEnd);
      };
      const watch = async (): Promise<void> => {
        while (!over.signal.aborted) {
          const endsMs = Math.min(lastBeatMs + heartbeatMs, startedMs + taskTimeoutMs);
          await scheduler.sleep(service, endsMs - scheduler.nowMs(), over.signal);
          if (over.signal.aborted) return;
          if (scheduler.nowMs() >= startedMs + taskTimeoutMs) return end({ error: "States.Timeout" });
          if (scheduler.nowMs() >= lastBeatMs + heartbeatMs) return end({ error: "States.HeartbeatTimeout" });
        }
      };
      open.set(token, {
        end,
        beat() {
          lastBeatMs = scheduler.nowMs();
        },
      });
      void watch();
    });

  return { port, wait };
};
