import { setTimeout as sleep } from "node:timers/promises";
import type { LocalJson } from "../../local/cloud-files.ts";
import { createChoices } from "../simulation/choices.ts";
import { startDoublingQueue } from "./doubling-queue.ts";
import type { Evidence, Stored } from "./evidence.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { disbandFleet, raiseFleet } from "./fleet.ts";
import { exposeToWeather } from "./hard-weather.ts";
import { type Judgement, judge, unsettled } from "./invariants/invariants.ts";
import { startKiller } from "./killer.ts";
import { startOutside } from "./outside.ts";
import { startPeople } from "./people.ts";
import { createReader } from "./read-evidence.ts";
import { createReceivers } from "./receivers.ts";
import { settleFleet } from "./settle-fleet.ts";
import { createHostileUpstream } from "./upstream/hostile-upstream.ts";

export type ChaosOptions = {
  local: LocalJson;
  /** Of the cloud, whose function processes are killed. */
  folder: string;
  /** `host:port` that the app may reach and nobody else listens on; the last is for hosts that ask for peace. */
  addresses: readonly string[];
  seed: number;
  dependencies: number;
  stormMs: number;
  /** How long everything may take to settle when the faults have ended, and once more after the last versions. */
  settleMs: number;
  /** As the app is configured. */
  maxFetchesPerHost: number;
  /** Told what happens, one line each. */
  report(line: string): void;
};

export type ChaosResult = { figures: Figures; judgements: Judgement[] };

/** Each actor draws from a sequence of its own, so that what one does does not change what another does. */
const streams = { receivers: 1, queue: 2, killer: 3, people: 4 } as const;

/**
 * A fleet on hostile hosts while processes are killed and messages doubled; then all faults end, what is left settles, every host
 * publishes once more, and when that has settled too, every promise is looked at on the real tables, buckets and receivers' logs.
 */
export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const closing: (() => Promise<void> | void)[] = [];
  try {
    return await weather(options, (close) => closing.push(close));
  } finally {
    for (const close of closing.reverse()) await close();
  }
};

const weather = async (
  options: ChaosOptions,
  atTheEnd: (close: () => Promise<void> | void) => void,
): Promise<ChaosResult> => {
  const { local, addresses, seed, stormMs, report } = options;
  const choicesOf = (actor: keyof typeof streams) => createChoices(seed * 31 + streams[actor]);
  const startedMs = Date.now();

  const upstream = createHostileUpstream(seed);
  const receivers = createReceivers(choicesOf("receivers"));
  const outside = await startOutside(addresses, upstream, receivers);
  atTheEnd(outside.close);
  const queue = await startDoublingQueue(local.awsEndpoint, choicesOf("queue"));
  atTheEnd(queue.close);
  const app = await exposeToWeather(local, queue);
  atTheEnd(app.restore);
  const fleet = await raiseFleet(local, { addresses, count: options.dependencies }, upstream, receivers);
  atTheEnd(() => disbandFleet(fleet));
  const reader = createReader(local, fleet);
  atTheEnd(reader.close);

  report(`${fleet.members.length} dependencies are watched; the storm begins`);
  const killer = startKiller(options.folder, choicesOf("killer"));
  const people = startPeople({ fleet, upstream, choices: choicesOf("people"), orchestrate: app.orchestrate });
  await sleep(stormMs);
  await people.stop();
  await killer.stop();
  for (const { calm } of [upstream, receivers, queue]) calm();
  report(`the storm is over after ${killer.kills.length} kills; what it left has to settle`);

  const calmMs = Date.now();
  const evidenceOf = (stored: Stored): Evidence => ({
    ...stored,
    ...{ objects: [], history: new Map(), channels: fleet.channels },
    sites: fleet.members.map((one) => ({ ...one, publications: upstream.publications(one.number) })),
    ...{ served: upstream.served, peaks: upstream.peaks, maxFetchesPerHost: options.maxFetchesPerHost },
    ...{ receipts: receivers.receipts, kills: killer.kills },
  });
  const settle = () =>
    settleFleet({
      fleet,
      readEvidence: async () => evidenceOf(await reader.readStored()),
      orchestrate: app.orchestrate,
      limitMs: options.settleMs,
      report,
    });
  const left = unsettled(await settle());
  // Whether the fleet is alive after all that: what is published now has to be seen, judged and told as well.
  if (left.length === 0) for (const { number } of fleet.members) upstream.publish(number);
  report(left.length === 0 ? "settled; every host publishes once more" : `${left.length} did not settle`);
  const settled = await settle();
  const settleMs = Date.now() - calmMs;
  /** Tables and histories of one moment: the schedule goes on, and may begin a sync between the two. */
  const readTogether = async (before: Evidence): Promise<Evidence> => {
    const history = await reader.readHistories();
    const after = evidenceOf(await reader.readStored());
    const isSame = before.jobs.length === after.jobs.length && unsettled(after).length === 0;
    return isSame || Date.now() - calmMs > 3 * options.settleMs ? { ...after, history } : readTogether(after);
  };
  const objects = await reader.readObjects();
  const evidence = { ...(await readTogether(settled)), objects };
  const judgements = judge(evidence);
  const wholeMs = Date.now() - startedMs;
  return {
    figures: figuresOf(evidence, { acted: people.acted, ...queue.counts(), stormMs, settleMs, wholeMs }),
    judgements,
  };
};
