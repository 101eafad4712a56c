import type { Embedder } from "../embeddings/embedder.ts";
import { fitOf, type Intent, intentOf } from "./intent.ts";
import { mostWordScore, scoreMeaning, scoreWords } from "./score-rows.ts";
import { operationAt, quantized, rowCountOf, type SearchIndex } from "./search-index.ts";
import { searchWords } from "./words.ts";

/** A row with what speaks for it. */
export type RankedRow = {
  row: number;
  /** From 0 to 1: its worth as a share of the best one's. */
  score: number;
  /** BM25 and its place among all rows; absent when the row has no word of the question. */
  words?: { score: number; rank: number };
  /** Cosine similarity and its place; absent when the row's model could not be asked. */
  meaning?: { similarity: number; rank: number };
  /** What the question asks for, and whether the method does that; absent where its grammar tells nothing. */
  method?: { intent: Intent; isFit: boolean };
};

/** Which of both is asked; a search asks both. */
export type RankBy = "both" | "words" | "meaning";

/**
 * What each signal adds to the cosine similarity, chosen on the tuning set of `bench/search`. A sum of scores rather than of
 * ranks: Bruch et al., "An Analysis of Fusion Functions for Hybrid Retrieval" (2022). Words count by their share of all
 * that the question's words could give, so that one common word of many says little.
 */
const weights = { words: 0.1, method: 0.08, pathSegment: -0.01 };
/** Candidates of each kind: what is in neither list cannot come out ahead. */
const candidateCount = 200;
/** Below it two texts have nothing to do with each other. */
const leastSimilarity = 0.15;

/** A question's vector for each model in use; a model that cannot be asked is missing. */
export type QuestionVectors = ReadonlyMap<string, Float32Array>;

/** Rows of the index by how well they answer, best first; equal ones in the order of the index. */
export const rankRows = (
  index: SearchIndex,
  question: string,
  vectors: QuestionVectors,
  options: { dependencyId?: string | undefined; by?: RankBy } = {},
): RankedRow[] => {
  const { by = "both", dependencyId } = options;
  const parts = index.parts.filter((part) => dependencyId === undefined || part.dependencyId === dependencyId);
  const questionWords = searchWords(question);
  const words = by === "meaning" ? new Float32Array(rowCountOf(index)) : scoreWords(index, questionWords);
  const similarities = new Float32Array(rowCountOf(index));
  const asked = by === "words" ? [] : parts.filter(({ model }) => vectors.has(model.id));
  for (const part of asked) {
    const vector = vectors.get(part.model.id);
    if (vector !== undefined) scoreMeaning(index, part, quantized(vector), similarities);
  }
  const byWords = best(words, parts, 0);
  const byMeaning = best(similarities, asked, leastSimilarity);
  const wordRanks = new Map(byWords.map((row, place) => [row, place + 1]));
  const meaningRanks = new Map(byMeaning.map((row, place) => [row, place + 1]));
  const intent = by === "both" ? intentOf(question) : undefined;
  const mostWords = Math.max(mostWordScore(index, questionWords), Number.EPSILON);
  const worthOf = (row: number): { worth: number; fit: number } => {
    const similarity = similarities[row] ?? 0;
    if (by === "meaning") return { worth: similarity, fit: 0 };
    const share = (words[row] ?? 0) / mostWords;
    if (by === "words") return { worth: share, fit: 0 };
    const { method, path } = operationAt(index, row);
    const fit = fitOf(intent, method);
    const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{")).length;
    const { words: perWords, method: perMethod, pathSegment } = weights;
    return { worth: similarity + perWords * share + perMethod * fit + pathSegment * segments, fit };
  };
  const ranked = [...new Set([...byWords, ...byMeaning])]
    .map((row) => ({ row, ...worthOf(row) }))
    .sort((one, other) => other.worth - one.worth || one.row - other.row);
  const most = Math.max(ranked[0]?.worth ?? 0, Number.EPSILON);
  return ranked.map(({ row, worth, fit }): RankedRow => {
    const wordRank = wordRanks.get(row);
    const meaningRank = meaningRanks.get(row);
    return {
      row,
      score: Math.min(1, Math.max(0, worth / most)),
      ...(wordRank === undefined ? {} : { words: { score: words[row] ?? 0, rank: wordRank } }),
      ...(meaningRank === undefined ? {} : { meaning: { similarity: similarities[row] ?? 0, rank: meaningRank } }),
      ...(intent === undefined ? {} : { method: { intent, isFit: fit === 1 } }),
    };
  });
};

/** The question's vector under each model of the index. A model that fails is told of, and its parts go by words. */
export const askModels = async (
  index: SearchIndex,
  question: string,
  embedder: Embedder,
  options: { signal?: AbortSignal; onFailure(modelId: string, error: unknown): void },
): Promise<QuestionVectors> => {
  const models = new Map(index.parts.map(({ model }) => [model.id, model]));
  const vectors = new Map<string, Float32Array>();
  await Promise.all(
    [...models.values()].map(async (model) => {
      try {
        const [vector] = await embedder.embed(model, [question], options.signal);
        if (vector !== undefined) vectors.set(model.id, vector);
      } catch (error) {
        options.onFailure(model.id, error);
      }
    }),
  );
  return vectors;
};

/** Rows of the parts with the highest values above `floor`, highest first. */
const best = (values: Float32Array, parts: readonly { start: number; count: number }[], floor: number): number[] => {
  let kept: number[] = [];
  let least = floor;
  const byValue = (one: number, other: number) => (values[other] ?? 0) - (values[one] ?? 0) || one - other;
  for (const { start, count } of parts) {
    for (let row = start; row < start + count; row += 1) {
      if ((values[row] ?? 0) <= least) continue;
      kept.push(row);
      if (kept.length < candidateCount * 8) continue;
      kept = kept.sort(byValue).slice(0, candidateCount);
      least = values[kept.at(-1) ?? 0] ?? floor;
    }
  }
  return kept.sort(byValue).slice(0, candidateCount);
};
