import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LocalCloudUnavailableError } from "../local/errors.ts";
import { adjacentPairs, farPairs, inYaml, manyOperations, multiplied } from "./documents.ts";
import { measureEngine } from "./engine/measure-engine.ts";
import { measureFirstSignal } from "./first-signal.ts";
import {
  measureBesideParser,
  measureBesidePeer,
  measureGrowth,
  measureMany,
  measurePeak,
  measureStartUp,
} from "./measurements.ts";
import { installPeer } from "./peer.ts";
import { isKept, type Row, ratioOf, type Skipped, tableOf } from "./rows.ts";
import { runOnce } from "./subject.ts";

/** Measures the command line as people run it; see README.md beside this file. */
const { values } = parseArgs({
  options: {
    specs: { type: "string" },
    runs: { type: "string", default: "5" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is a number of runs, not ${values.runs}`);
const rows: (Row | Skipped)[] = [];
const add = (...more: (Row | Skipped)[]): void => {
  rows.push(...more);
  for (const row of more) process.stderr.write(`measured ${row.subject}: ${row.measure}\n`);
};
const isWanted = (section: string): boolean => values.only === undefined || values.only.split(",").includes(section);

const build = await runOnce({ name: "build", command: process.execPath, args: ["cli/build.ts"] });
if (build.exitCode !== 0) throw new Error("the command line could not be built: npm run build says why");
await mkdir(".forewarn/bench", { recursive: true });
const folder = await mkdtemp(join(tmpdir(), "forewarn-bench-"));
try {
  const adjacent = await adjacentPairs(folder);
  const startUp = await measureStartUp(runs);
  if (isWanted("start-up")) add(...startUp.rows);
  if (isWanted("parser")) for (const pair of adjacent) add(await measureBesideParser(pair, startUp.diffMs, runs));
  if (isWanted("yaml"))
    for (const pair of adjacent) add(await measureBesideParser(await inYaml(pair), startUp.diffMs, runs));
  if (isWanted("memory")) for (const pair of adjacent) add(await measurePeak(pair));
  if (isWanted("peer")) {
    const peer = await installPeer(".forewarn/bench");
    const far = values.specs === undefined ? [] : farPairs(values.specs, await readdir(values.specs));
    for (const pair of [...adjacent, ...far]) {
      if ("path" in peer) add(await measureBesidePeer(pair, peer.path, runs));
      else add({ subject: pair.name, measure: "beside oasdiff", skipped: peer.missing });
    }
    if (far.length === 0) add({ subject: "far pairs", measure: "beside oasdiff", skipped: "--specs DIR has them" });
  }
  const [stripe] = adjacent;
  if (isWanted("growth") && stripe !== undefined) {
    const copies = [1, 2, 4, 8];
    const multiples = await Promise.all(
      copies.map(async (count) => [count, await multiplied(stripe, count, folder)] as const),
    );
    add(
      ...(await measureGrowth(
        multiples.map(([count, pair]) => [count, pair]),
        startUp.diffMs,
        runs,
      )),
    );
  }
  if (isWanted("many")) add(...(await measureMany(await manyOperations(folder))));
  if (isWanted("engine"))
    add(
      ...(await measureEngine(runs).catch((error: unknown): Skipped[] => {
        if (!(error instanceof LocalCloudUnavailableError)) throw error;
        return [{ subject: "the engine", measure: "per sync", skipped: error.message }];
      })),
    );
  // It deploys the app on a local cloud, which takes minutes: only when it is asked for by name.
  if (values.only?.split(",").includes("first-signal")) add(...(await measureFirstSignal()));
} finally {
  await rm(folder, { recursive: true, force: true });
}

const isBroken = rows.some((row) => !("skipped" in row) && !isKept(row));
if (values.json) {
  const told = rows.map((row) => ("skipped" in row ? row : { ...row, ratio: ratioOf(row), isKept: isKept(row) }));
  process.stdout.write(`${JSON.stringify({ runs, isBroken, rows: told }, null, 2)}\n`);
} else {
  process.stdout.write(`${tableOf(rows)}\n${isBroken ? "A limit is broken.\n" : "Every limit is kept.\n"}`);
}
process.exitCode = isBroken ? 1 : 0;
