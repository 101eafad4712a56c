import { once } from "node:events";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCloud, stopCloud } from "../../local/cloud.ts";
import { findFreePort } from "../../local/free-ports.ts";
import { functionProcessIds } from "../../local/function-processes.ts";
import { processorTicks } from "../../local/processes.ts";
import type { Row } from "../rows.ts";
import { median } from "../subject.ts";
import { deployMachines } from "./machines.ts";
import { createSyncLoop } from "./sync-loop.ts";

/** How many syncs of one measurement are at work at once, of how many. */
const widths = [
  { width: 1, syncs: 4 },
  { width: 4, syncs: 12 },
] as const;
const sides = ["bare", "engine", "app"] as const;
type Side = (typeof sides)[number];
/** Milliseconds per sync: from start to end, and of processors. */
type Spent = { elapsedMs: number; processorMs: number };
/** The usual one of Linux. */
const tickMs = 10;
/** Of the bare loop, as `bench/README.md` has it. */
const limitOfEngine = 1.25;

/** A small document that changes each time that it is published. */
const startDocument = async (address: string): Promise<{ server: Server; publish(): void }> => {
  let version = 0;
  const server = createServer((_request, response) => {
    const schema = { type: "string", maxLength: 10 + version };
    const responses = { "200": { description: "ok", content: { "application/json": { schema } } } };
    const paths = { "/things": { get: { responses } } };
    const document = { openapi: "3.0.3", info: { title: "Small", version: "1" }, paths };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
  });
  server.listen(Number(address.split(":")[1]), "127.0.0.1");
  await once(server, "listening");
  return {
    server,
    publish() {
      version += 1;
    },
  };
};

/** Politeness would have the syncs of one host wait for each other. */
const settings = {
  FOREWARN_HOST_INTERVAL_MS: "0",
  FOREWARN_MAX_FETCHES_PER_HOST: "100",
  FOREWARN_SCHEDULE_ENABLED: "false",
};

/**
 * Milliseconds per sync on a local cloud of its own: of the same state machine with empty functions, with the engine around empty
 * stages, and of whole syncs, in turns.
 */
export const measureEngine = async (runs: number): Promise<Row[]> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "forewarn-bench-cloud-")));
  const address = `127.0.0.1:${await findFreePort()}`;
  const { server, publish } = await startDocument(address);
  try {
    const { local } = await startCloud({ folder, allowedPrivateHosts: [address], settings, ownerPid: process.pid });
    const machines = await deployMachines(local);
    const loop = createSyncLoop(local, `http://${address}/openapi.json`);
    const most = Math.max(...widths.map(({ syncs }) => syncs));
    const fleets = { engine: await loop.addDependencies(most), app: await loop.addDependencies(most) };
    /** What `syncs` syncs take, `width` at once. */
    const spend = async (side: Side, width: number, syncs: number, outcome: "baseline" | "changed"): Promise<Spent> => {
      const inputs =
        side === "bare" ? loop.inputsWithoutJob(syncs) : await loop.queueSyncs(fleets[side].slice(0, syncs));
      let elapsedMs = 0;
      const ticksBefore = await ticksOfCloud(folder, local.pids);
      for (let start = 0; start < syncs; start += width)
        elapsedMs += await loop.run(machines[side], inputs.slice(start, start + width));
      const ticks = ticksBetween(ticksBefore, await ticksOfCloud(folder, local.pids));
      if (side === "app") await loop.assertEnds(inputs, outcome);
      return { elapsedMs: elapsedMs / syncs, processorMs: (ticks * tickMs) / syncs };
    };
    // Starts the functions, and makes baselines.
    const widest = Math.max(...widths.map(({ width }) => width));
    for (const side of sides) await spend(side, widest, most, "baseline");
    const spent = new Map<string, Spent[]>();
    for (let run = 0; run < runs; run += 1) {
      for (const { width, syncs } of widths) {
        publish();
        for (const side of sides) {
          const key = `${side} ${width}`;
          spent.set(key, [...(spent.get(key) ?? []), await spend(side, width, syncs, "changed")]);
        }
      }
    }
    loop.close();
    return widths.flatMap(({ width }) => rowsOf(width, (side) => spent.get(`${side} ${width}`) ?? []));
  } finally {
    server.closeAllConnections();
    server.close();
    await stopCloud(folder);
    await rm(folder, { recursive: true, force: true });
  }
};

/** Ticks that the emulator and each of its function processes have had so far, by pid. */
const ticksOfCloud = async (folder: string, emulatorPids: readonly number[]): Promise<Map<number, number>> => {
  const pids = [...emulatorPids, ...(await functionProcessIds(folder))];
  return new Map(await Promise.all(pids.map(async (pid) => [pid, (await processorTicks(pid)) ?? 0] as const)));
};

/** Ticks from one look to the other. What a process had that ended in between is not known, and is left out. */
const ticksBetween = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, ticks]) => sum + ticks - (before.get(pid) ?? 0), 0);

const rowsOf = (width: number, spentBy: (side: Side) => readonly Spent[]): Row[] => {
  const manner = width === 1 ? "one at a time" : `${width} at once`;
  const rows = (what: keyof Spent, measure: string, limit: { limit?: number }): Row[] => {
    const amountOf = (side: Side) => median(spentBy(side).map((one) => one[what]));
    const common = { measure, unit: "ms", yardstick: { name: "empty functions", value: amountOf("bare") } } as const;
    return [
      { ...common, subject: "the engine", value: amountOf("engine"), ...limit },
      { ...common, subject: "whole syncs", value: amountOf("app") },
    ];
  };
  return [
    ...rows("elapsedMs", `per sync, ${manner}`, { limit: limitOfEngine }),
    // Says the same on a busy machine.
    ...rows("processorMs", `processor per sync, ${manner}`, {}),
  ];
};
