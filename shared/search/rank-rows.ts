import type { Embedder } from "../embeddings/embedder.ts";
import { scoreMeaning, scoreWords } from "./score-rows.ts";
import { quantized, rowCountOf, type SearchIndex } from "./search-index.ts";
import { searchWords } from "./words.ts";

/** A row with what speaks for it. */
export type RankedRow = {
  row: number;
  /** From 0 to 1: a weighted sum of both scores, each as a share of the best one's. */
  score: number;
  /** BM25 and its place among all rows; absent when the row has no word of the question. */
  words?: { score: number; rank: number };
  /** Cosine similarity and its place; absent when the row's model could not be asked. */
  meaning?: { similarity: number; rank: number };
};

/** Which of both is asked; a search asks both. */
export type RankBy = "both" | "words" | "meaning";

/**
 * How much the words count against the meaning. Sums of scaled scores beat sums of ranks (Bruch et al., "An Analysis of
 * Fusion Functions for Hybrid Retrieval", 2022); `bench/search` measures this one.
 */
const wordsShare = 0.3;
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
  const words = by === "meaning" ? new Float32Array(rowCountOf(index)) : scoreWords(index, searchWords(question));
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
  const bestWords = words[byWords[0] ?? 0] || 1;
  const bestSimilarity = Math.max(similarities[byMeaning[0] ?? 0] ?? 0, leastSimilarity + 0.01);
  // With one of both alone, that one decides.
  const share = byMeaning.length === 0 ? 1 : byWords.length === 0 ? 0 : wordsShare;
  return [...new Set([...byWords, ...byMeaning])]
    .map((row): RankedRow => {
      const similarity = similarities[row] ?? 0;
      const meaning = Math.max(0, (similarity - leastSimilarity) / (bestSimilarity - leastSimilarity));
      const wordScore = words[row] ?? 0;
      const wordRank = wordRanks.get(row);
      const meaningRank = meaningRanks.get(row);
      return {
        row,
        score: (share * wordScore) / bestWords + (1 - share) * meaning,
        ...(wordRank === undefined ? {} : { words: { score: wordScore, rank: wordRank } }),
        ...(meaningRank === undefined ? {} : { meaning: { similarity, rank: meaningRank } }),
      };
    })
    .sort((one, other) => other.score - one.score || one.row - other.row);
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
