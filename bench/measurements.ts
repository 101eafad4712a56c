import type { Pair } from "./documents.ts";
import { peerVersion } from "./peer.ts";
import type { Row } from "./rows.ts";
import { median, medianTimes, peakMemory, runOnce, type Subject } from "./subject.ts";

const cli = "dist/cli/forewarn.mjs";
const peerName = `oasdiff ${peerVersion}`;

/** Limits, as bench/README.md lists them. */
const limits = {
  ofPeerAdjacent: 1 / 10,
  ofPeerFar: 1 / 3,
  ofJsonParse: 3,
  ofYamlLoad: 1.2,
  startUpMs: 120,
  peakMb: 300,
  /** Times the time of one copy that `n` copies may take, as a multiple of `n`. */
  ofLinearGrowth: 1.25,
  manyOperationsMs: 10_000,
  manyOperationsMb: 512,
} as const;

function oursOn({ name, before, after }: Pair, format = "text"): Subject {
  return {
    name: `forewarn ${name}`,
    command: process.execPath,
    args: [cli, "diff", before, after, "--format", format],
  };
}

/** Start-up of the command line in milliseconds: alone, and with everything that `diff` loads. */
export async function measureStartUp(runs: number): Promise<{ rows: Row[]; diffMs: number }> {
  const version: Subject = { name: "--version", command: process.execPath, args: [cli, "--version"] };
  const diff: Subject = { name: "diff --help", command: process.execPath, args: [cli, "diff", "--help"] };
  const times = await medianTimes([version, diff], runs);
  const rows = [version, diff].map(
    ({ name }): Row => ({
      ...{ subject: `forewarn ${name}`, measure: "start-up", unit: "ms", limit: limits.startUpMs },
      value: times.get(name) ?? 0,
    }),
  );
  return { rows, diffMs: times.get(diff.name) ?? 0 };
}

/** The whole process beside the peer's, on the same files in the same minutes. */
export async function measureBesidePeer(pair: Pair, peer: string, runs: number): Promise<Row> {
  const ours = oursOn(pair);
  const theirs: Subject = { name: peerName, command: peer, args: ["changelog", pair.before, pair.after] };
  const times = await medianTimes([ours, theirs], runs);
  return {
    ...{ subject: pair.name, measure: "whole process", value: times.get(ours.name) ?? 0, unit: "ms" },
    yardstick: { name: peerName, value: times.get(peerName) ?? 0 },
    limit: pair.name.endsWith("-far") ? limits.ofPeerFar : limits.ofPeerAdjacent,
  };
}

/** The process without its start-up beside nothing but parsing both documents, which nobody can do without. */
export async function measureBesideParser(pair: Pair, startUpMs: number, runs: number): Promise<Row> {
  const isYaml = pair.before.endsWith(".yaml");
  const parser: Subject = {
    ...{ name: "parser", command: process.execPath, args: ["bench/parse-alone.ts", pair.before, pair.after] },
  };
  const [ours, alone]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const { elapsedMs } = await runOnce(oursOn(pair));
    const { output } = await runOnce(parser);
    if (run === 0) continue;
    ours.push(elapsedMs - startUpMs);
    alone.push(Number(output));
  }
  return {
    ...{ subject: pair.name, measure: "without start-up", value: median(ours), unit: "ms" },
    yardstick: { name: isYaml ? "js-yaml of both" : "JSON.parse of both", value: median(alone) },
    limit: isYaml ? limits.ofYamlLoad : limits.ofJsonParse,
  };
}

/** Peak memory of the whole process. */
export async function measurePeak(pair: Pair): Promise<Row> {
  const { peakMb } = await peakMemory(oursOn(pair));
  return { subject: pair.name, measure: "peak memory", value: peakMb, unit: "MB", limit: limits.peakMb };
}

/** Each multiple beside the single document: twice the document may not take more than twice the time. */
export async function measureGrowth(pairs: readonly [number, Pair][], startUpMs: number, runs: number): Promise<Row[]> {
  const subjects = pairs.map(([, pair]) => oursOn(pair));
  const times = await medianTimes(subjects, runs);
  const timeOf = (pair: Pair) => (times.get(oursOn(pair).name) ?? 0) - startUpMs;
  const [first] = pairs;
  if (first === undefined) return [];
  return pairs.slice(1).map(
    ([copies, pair]): Row => ({
      ...{ subject: pair.name, measure: "without start-up", value: timeOf(pair), unit: "ms" },
      yardstick: { name: first[1].name, value: timeOf(first[1]) },
      limit: copies * limits.ofLinearGrowth,
    }),
  );
}

/** Time, memory and answer for a document of a hundred thousand operations. */
export async function measureMany(pair: Pair & { operations: number; reached: number }): Promise<Row[]> {
  const { elapsedMs, output, peakMb } = await peakMemory(oursOn(pair, "json"));
  const failure = wrongAnswer(output, pair);
  const common = { subject: pair.name, ...(failure !== undefined && { failure }) };
  return [
    { ...common, measure: "whole process", value: elapsedMs, unit: "ms", limit: limits.manyOperationsMs },
    { ...common, measure: "peak memory", value: peakMb, unit: "MB", limit: limits.manyOperationsMb },
  ];
}

function wrongAnswer(output: string, { operations, reached }: { operations: number; reached: number }) {
  const { before, after, findings } = JSON.parse(output || "{}");
  const found = (findings ?? []).map((one: { ruleId: string; affectedOperations: unknown[] }) => [
    one.ruleId,
    one.affectedOperations.length,
  ]);
  const expected = [
    ["response-required-property-removed", reached],
    ["api-path-removed-without-deprecation", 1],
  ];
  const isRight =
    before?.operations === operations &&
    after?.operations === operations - 1 &&
    JSON.stringify(found.toSorted()) === JSON.stringify(expected.toSorted());
  return isRight ? undefined : `WRONG ANSWER: ${JSON.stringify(found).slice(0, 120)}`;
}
