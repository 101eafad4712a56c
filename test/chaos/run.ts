import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startCloud, stopCloud } from "../../local/cloud.ts";
import { findFreePorts } from "../../local/free-ports.ts";
import { runChaos } from "./chaos.ts";
import { figuresTable, promisesTable } from "./figures.ts";

/** `npm run chaos -- --seed 7 --minutes 3 --dependencies 50`: see README.md beside this file. */

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    minutes: { type: "string", default: "3" },
    dependencies: { type: "string", default: "50" },
    hosts: { type: "string", default: "6" },
    keep: { type: "boolean", default: false },
  },
});
const number = (name: "seed" | "minutes" | "dependencies" | "hosts", isWhole: boolean): number => {
  const value = Number(values[name]);
  if (!(value > 0) || (isWhole && !Number.isSafeInteger(value)))
    throw new Error(`--${name} is a ${isWhole ? "whole " : ""}number above 0, not ${values[name]}`);
  return value;
};
const seed = number("seed", true);
const [minutes, dependencies, hosts] = [number("minutes", false), number("dependencies", true), number("hosts", true)];

const minuteMs = 60_000;
/** Longer than anything is left to itself in a calm: a delivery's claim, a stage's tries, a failed run of the schedule. */
const settleMs = 5 * minuteMs;
const maxFetchesPerHost = 4;
const settings = {
  // The shortest that the app takes, so that much happens in little time.
  FOREWARN_LEASE_SECONDS: "6",
  FOREWARN_HEARTBEAT_SECONDS: "6",
  FOREWARN_SCHEDULE_EVERY_MINUTES: "1",
  FOREWARN_FETCH_TIMEOUT_SECONDS: "4",
  FOREWARN_MAX_FETCHES_PER_HOST: String(maxFetchesPerHost),
};

const say = (line: string): void => console.log(line);
say(`seed ${seed}: npm run chaos -- --seed ${seed} --minutes ${minutes} --dependencies ${dependencies}`);
const folder = await realpath(await mkdtemp(join(tmpdir(), "forewarn-chaos-")));
try {
  const addresses = (await findFreePorts(hosts)).map((port) => `127.0.0.1:${port}`);
  const report = (line: string) => say(`${new Date().toISOString().slice(11, 19)} ${line}`);
  const allowedPrivateHosts = addresses;
  const { local } = await startCloud({ folder, allowedPrivateHosts, settings, ownerPid: process.pid, report });
  const { figures, judgements } = await runChaos({
    ...{ local, folder, addresses, seed, dependencies, maxFetchesPerHost, settleMs, report },
    stormMs: minutes * minuteMs,
  });
  say(figuresTable(figures));
  say(promisesTable(judgements));
  const broken = judgements.filter((one) => one.broken.length > 0);
  for (const { promise, broken: stories } of broken)
    for (const story of stories) say(`BROKEN, seed ${seed}: ${promise}: ${story}`);
  say(broken.length === 0 ? "Every promise was kept." : `${broken.length} promises were broken.`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await stopCloud(folder);
  if (values.keep) say(`the cloud's data and log are in ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}
