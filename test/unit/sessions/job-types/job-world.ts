import { setTimeout as sleepRealMs } from "node:timers/promises";
import type { HostTurn } from "../../../../shared/hosts/host-turns.ts";
import type { Clock } from "../../../../shared/jobs/ports.ts";
import { memoryHostTurns } from "../../../../shared/memory/memory-host-turns.ts";
import { publicOnlyPolicy } from "../../../../shared/net/address-guard.ts";
import { createGuardedFetch } from "../../../../shared/net/guarded-fetch.ts";
import type { DocumentationChunk, NewDocumentation } from "../../../../shared/sessions/documentation.ts";
import type { JobPorts, JobType, RawJobContext } from "../../../../shared/sessions/job-types/job-type.ts";
import type { SessionOutputs } from "../../../../shared/sessions/outputs.ts";
import { sha256 } from "../../../../shared/snapshots/sha256.ts";

/** Thrown where the test kills the worker. */
export class WorkerKilled extends Error {}

/** Time that passes two hundred times as fast as ours, so that a polite crawl takes seconds. */
const fastClock = (): Clock => {
  const startMs = Date.parse("2026-03-01T12:00:00Z");
  const begunMs = performance.now();
  return {
    nowMs: () => startMs + Math.floor((performance.now() - begunMs) * 200),
    sleep: async (durationMs, signal) => {
      await sleepRealMs(Math.max(0, durationMs) / 200, undefined, signal === undefined ? {} : { signal }).catch(
        () => undefined,
      );
    },
  };
};

/**
 * One session in memory, in which jobs run as the engine runs them: stage after stage from what was saved last.
 * @param hostsAndPorts local servers that may be fetched from
 */
export const createJobWorld = (hostsAndPorts: string[]) => {
  const bodies = new Map<string, Uint8Array>();
  const shelf = new Map<string, NewDocumentation>();
  const turns: { host: string; turn: HostTurn }[] = [];
  const memoryTurns = memoryHostTurns();
  const clock = fastClock();
  const ports: JobPorts = {
    fetch: createGuardedFetch({
      policy: { ...publicOnlyPolicy, allowedPrivateHosts: new Set(hostsAndPorts) },
      now: clock.nowMs,
    }),
    hosts: {
      async take(host, ask) {
        const turn = await memoryTurns.take(host, ask);
        turns.push({ host, turn });
        return turn;
      },
      giveBack: memoryTurns.giveBack,
    },
    bodies: {
      async put(bytes) {
        const key = sha256(bytes);
        bodies.set(key, Uint8Array.from(bytes));
        return key;
      },
      get: async (key) => bodies.get(key),
    },
    documentation: {
      async put(document) {
        shelf.set(document.docId, structuredClone(document));
      },
      list: async () =>
        [...shelf.values()]
          .sort((a, b) => (a.docId < b.docId ? -1 : 1))
          .map(({ chunks, ...document }) => ({
            ...document,
            jobId: "j1",
            chunkCount: chunks.length,
            chunksKey: "",
            chunksSha256: "",
            createdAt: "",
          })),
      chunks: async (docId) => shelf.get(docId)?.chunks ?? [],
    },
    clock,
    log: () => undefined,
  };
  let saved: unknown;

  /**
   * Runs a job to its end.
   * @param killAfterSaves the worker dies in that save, after which nothing is written any more
   * @returns its result
   */
  const run = async (
    type: JobType,
    input: unknown,
    { killAfterSaves = Number.POSITIVE_INFINITY, resume = false, outputs }: RunOptions = {},
  ): Promise<unknown> => {
    if (!resume) saved = undefined;
    let saves = 0;
    const worker = new AbortController();
    let stage = type.firstStage;
    for (;;) {
      const context: RawJobContext = {
        tenantId: "t1",
        sessionId: "s1",
        jobId: "j1",
        input,
        progress: saved,
        outputs: outputs ?? { latest: async () => undefined, all: async () => [] },
        async saveProgress(progress) {
          saves += 1;
          if (saves > killAfterSaves) {
            worker.abort(new WorkerKilled());
            throw new WorkerKilled();
          }
          // What is stored is JSON.
          saved = JSON.parse(JSON.stringify(progress));
        },
        report: async () => undefined,
        signal: worker.signal,
        remainingMs: () => 600_000,
        mustYield: () => false,
        ports,
      };
      const answer = await type.run(stage, context);
      if ("result" in answer) return type.result.parse(answer.result);
      saved = JSON.parse(JSON.stringify(answer.progress));
      stage = answer.next ?? stage;
      if (answer.waitUntilMs !== undefined) await clock.sleep(answer.waitUntilMs - clock.nowMs());
    }
  };
  const chunksOf = (docId: string): DocumentationChunk[] => shelf.get(docId)?.chunks ?? [];
  return { run, ports, turns, shelf, chunksOf, savedProgress: () => saved };
};

export type RunOptions = { killAfterSaves?: number; resume?: boolean; outputs?: SessionOutputs };
