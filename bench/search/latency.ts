/** `node bench/search/latency.ts --specs DIR`: 100,000 operations asked, and the memory that they take. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { miniLmModel } from "../../shared/embeddings/minilm.ts";
import { buildIndex } from "../../shared/search/build-index.ts";
import { decodeIndex, encodeIndex } from "../../shared/search/index-file.ts";
import { mergeIndexes } from "../../shared/search/merge-indexes.ts";
import { operationsToIndex } from "../../shared/search/operations-to-index.ts";
import { rankRows } from "../../shared/search/rank-rows.ts";
import type { SearchIndex } from "../../shared/search/search-index.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../shared/spec/parse.ts";
import { questions } from "./questions.ts";

const operationCount = 100_000;
const limitMs = 150;
const limitMb = 1024;

const { values } = parseArgs({ options: { specs: { type: "string" } } });
if (values.specs === undefined)
  throw new Error("--specs DIR names the folder with the documents (see bench/README.md)");

/** Pseudo-random and the same in every run: what a vector is does not change how long it takes. */
const vectorAt = (seed: number): Float32Array => {
  let state = seed + 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const vector = Float32Array.from({ length: miniLmModel.dimension }, next);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const makeFile = async (specs: string): Promise<Uint8Array> => {
  const model = normalize(parseDocument(await readFile(join(specs, "github-adj", "new.json"))));
  const operations = operationsToIndex(model, miniLmModel);
  const indexes: SearchIndex[] = [];
  for (let made = 0; made < operationCount; made += operations.length)
    indexes.push(
      buildIndex(
        { dependencyId: `copy-${made}`, snapshotId: "s", model: miniLmModel },
        operations
          .slice(0, operationCount - made)
          .map((operation, at) => ({ ...operation, vector: vectorAt(made + at) })),
      ),
    );
  const startedAt = performance.now();
  const file = encodeIndex(mergeIndexes(indexes));
  process.stdout.write(`merge of ${indexes.length} indexes: ${Math.round(performance.now() - startedAt)} ms\n`);
  return file;
};

const file = await makeFile(values.specs);
globalThis.gc?.();
const loadedAt = performance.now();
const index = decodeIndex(file);
const loadMs = performance.now() - loadedAt;
const times: number[] = [];
let cpuMicros = 0;
for (const [at, { question }] of questions.entries()) {
  const vectors = new Map([[miniLmModel.id, vectorAt(1_000_000 + at)]]);
  rankRows(index, question, vectors); // warm
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  rankRows(index, question, vectors);
  const { user, system } = process.cpuUsage(usedBefore);
  cpuMicros += user + system;
  times.push(performance.now() - startedAt);
}
times.sort((one, other) => one - other);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const cpuMs = cpuMicros / 1000 / times.length;
const memory = process.memoryUsage();
const rssMb = memory.rss / 1e6;
process.stdout.write(
  `${index.lengths.length} operations, file ${(file.byteLength / 1e6).toFixed(0)} MB, opened in ${loadMs.toFixed(0)} ms\n` +
    `asked: ${cpuMs.toFixed(0)} ms of processor time (limit ${limitMs} ms); clock p50 ${at(0.5).toFixed(0)} ms, ` +
    `p95 ${at(0.95).toFixed(0)} ms, which is the same on a machine that does nothing else\n` +
    `memory with what built it: ${rssMb.toFixed(0)} MB; buffers ${((memory.arrayBuffers ?? 0) / 1e6).toFixed(0)} MB (limit ${limitMb} MB)\n`,
);
if (cpuMs > limitMs || rssMb > limitMb) process.exitCode = 1;
