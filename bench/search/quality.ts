/** `node bench/search/quality.ts --specs DIR`: how well search answers questions, beside words and meaning alone. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureMiniLm } from "../../local/minilm-model.ts";
import { loadMiniLm, miniLmModel } from "../../shared/embeddings/minilm.ts";
import { vectorId } from "../../shared/embeddings/operation-text.ts";
import { buildIndex } from "../../shared/search/build-index.ts";
import { mergeIndexes } from "../../shared/search/merge-indexes.ts";
import { operationsToIndex } from "../../shared/search/operations-to-index.ts";
import { type RankBy, rankRows } from "../../shared/search/rank-rows.ts";
import { operationAt, type SearchIndex } from "../../shared/search/search-index.ts";
import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../shared/spec/parse.ts";
import { moreQuestions } from "./more-questions.ts";
import { questions } from "./questions.ts";
import { testQuestions } from "./test-questions.ts";

const { values } = parseArgs({ options: { specs: { type: "string" }, verbose: { type: "boolean", default: false } } });
const folder = values.specs;
if (folder === undefined) throw new Error("--specs DIR names the folder with the documents (see bench/README.md)");

/** Weights are tuned on the first two, and measured on the last one, whose questions no weight has seen. */
const firstThree = ["stripe-adj", "github-adj", "xero-accounting-far"];
const sets = [
  { name: "tuning set, first half", documents: firstThree, questions, isTest: false },
  {
    name: "tuning set, second half",
    documents: ["discord-far", "openai-far", "docusign-sw2-far"],
    questions: moreQuestions,
    isTest: false,
  },
  { name: "test set", documents: firstThree, questions: testQuestions, isTest: true },
];
const miniLm = await loadMiniLm(await ensureMiniLm((line) => process.stderr.write(`${line}\n`)), 2);

/** Vectors of an earlier run: embedding 1,700 texts takes a minute. */
const cacheFile = join(".forewarn", "bench", "vectors.json");
const cache = new Map<string, number[]>(JSON.parse(await readFile(cacheFile, "utf8").catch(() => "[]")));
const embedAll = async (texts: readonly string[]): Promise<Float32Array[]> => {
  const missing = texts.filter((text) => !cache.has(vectorId(text, miniLmModel)));
  const made = await miniLm.embed(missing);
  missing.forEach((text, at) => {
    cache.set(vectorId(text, miniLmModel), Array.from(made[at] ?? []));
  });
  return texts.map((text) => Float32Array.from(cache.get(vectorId(text, miniLmModel)) ?? []));
};

const indexOf = async (name: string): Promise<SearchIndex> => {
  const file = (await readdir(join(folder, name))).find((entry) => entry.startsWith("new."));
  if (file === undefined) throw new Error(`${join(folder, name)} has no new.json or new.yaml`);
  const model = normalize(parseDocument(await readFile(join(folder, name, file))));
  const operations = operationsToIndex(model, miniLmModel);
  const vectors = await embedAll(operations.map(({ text }) => text));
  process.stderr.write(`indexed ${operations.length} operations of ${name}\n`);
  return buildIndex(
    { dependencyId: name, snapshotId: name, model: miniLmModel },
    operations.map((operation, at) => ({ ...operation, vector: vectors[at] ?? new Float32Array() })),
  );
};

const indexOfAll = async (documents: readonly string[]): Promise<SearchIndex> => {
  const indexes: SearchIndex[] = [];
  for (const name of documents) indexes.push(await indexOf(name));
  await mkdir(join(".forewarn", "bench"), { recursive: true });
  await writeFile(cacheFile, JSON.stringify([...cache]));
  return mergeIndexes(indexes);
};

type Question = (typeof questions)[number];

const measure = async (index: SearchIndex, asked: readonly Question[], by: RankBy) => {
  const nameOf = (row: number): string => {
    const { method, path } = operationAt(index, row);
    return `${method} ${path}`;
  };
  const known = new Set(Array.from(index.lengths, (_, row) => nameOf(row)));
  let hitsAt1 = 0;
  let hitsAt3 = 0;
  let reciprocal = 0;
  for (const { question, answers } of asked) {
    const unknown = answers.filter((answer) => !known.has(answer));
    if (unknown.length > 0) throw new Error(`no document has ${unknown.join(", ")}`);
    const [vector] = await miniLm.embed([question]);
    if (vector === undefined) throw new Error("the model gave no vector");
    const ranked = rankRows(index, question, new Map([[miniLmModel.id, vector]]), { by }).map(({ row }) => nameOf(row));
    const rank = ranked.findIndex((name) => answers.includes(name)) + 1;
    if (rank === 1) hitsAt1 += 1;
    if (rank >= 1 && rank <= 3) hitsAt3 += 1;
    if (rank >= 1 && rank <= 10) reciprocal += 1 / rank;
    if (values.verbose && by === "both" && (rank === 0 || rank > 3))
      process.stderr.write(`${rank || "-"}  ${question} → ${ranked.slice(0, 3).join("; ")}\n`);
  }
  const { length } = asked;
  return { by, hitsAt1, hitsAt3, length, reciprocal: reciprocal / length };
};

const names = { words: "BM25 alone", meaning: "vectors alone", both: "hybrid" } as const;
for (const { name, documents, questions: asked, isTest } of sets) {
  const index = await indexOfAll(documents);
  const rows = [];
  for (const by of ["words", "meaning", "both"] as const) rows.push(await measure(index, asked, by));
  process.stdout.write(
    `\n${name}: ${asked.length} questions, ${index.lengths.length} operations of ${documents.join(", ")}\n\n` +
      `| | hit@1 | hit@3 | MRR@10 |\n|---|---|---|---|\n${rows
        .map((row) => `| ${names[row.by]} | ${row.hitsAt1} | ${row.hitsAt3} | ${row.reciprocal.toFixed(3)} |`)
        .join("\n")}\n`,
  );
  const [words, meaning, both] = rows.map(({ hitsAt3 }) => hitsAt3);
  if (isTest && (both ?? 0) <= Math.max(words ?? 0, meaning ?? 0)) {
    process.stdout.write("\nThe hybrid is not above both.\n");
    process.exitCode = 1;
  }
}
