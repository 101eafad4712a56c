import type { EmbeddingModel } from "../embeddings/embedder.ts";
import { type IndexedOperation, quantized, type SearchIndex } from "./search-index.ts";
import { searchWords } from "./words.ts";

/** The fields of an operation that words are looked for in, with their weight: a word of the title says most. */
export const fieldWeights = { title: 4, path: 2, tags: 2, inputs: 1, description: 1 } as const;

export type SearchField = keyof typeof fieldWeights;

export const searchFields = Object.keys(fieldWeights) as SearchField[];

export type OperationToIndex = {
  operation: IndexedOperation;
  /** Text of each field. */
  fields: Record<SearchField, string>;
  /** Of length 1, or as it was quantized before. */
  vector: Float32Array | Int8Array;
};

/** The index of one dependency's operations, in their order. */
export const buildIndex = (
  source: { dependencyId: string; snapshotId: string; model: EmbeddingModel },
  operations: readonly OperationToIndex[],
): SearchIndex => {
  const { dimension } = source.model;
  const lengths = new Float32Array(operations.length);
  const vectors = new Int8Array(operations.length * dimension);
  const postings = new Map<string, { rows: number[]; weights: number[] }>();
  const rows: Uint8Array[] = [];
  operations.forEach(({ operation, fields, vector }, row) => {
    rows.push(new TextEncoder().encode(JSON.stringify(operation)));
    vectors.set(vector instanceof Int8Array ? vector : quantized(vector), row * dimension);
    for (const [word, weight] of weightedWords(fields)) {
      lengths[row] = (lengths[row] ?? 0) + weight;
      const known = postings.get(word);
      const posting = known ?? { rows: [], weights: [] };
      if (known === undefined) postings.set(word, posting);
      posting.rows.push(row);
      posting.weights.push(Math.min(weight, 255));
    }
  });
  const words = [...postings.keys()].sort();
  const listed = words.map((word) => postings.get(word) ?? { rows: [], weights: [] });
  return {
    parts: [{ ...source, start: 0, count: operations.length, vectorsAt: 0 }],
    rows: Buffer.concat(rows),
    rowOffsets: offsetsOf(rows.map((row) => row.byteLength)),
    lengths,
    words,
    wordOffsets: offsetsOf(listed.map(({ rows: own }) => own.length)),
    postingRows: Uint32Array.from(listed.flatMap(({ rows: own }) => own)),
    postingWeights: Uint8Array.from(listed.flatMap(({ weights }) => weights)),
    vectors,
  };
};

/** Where each of several consecutive pieces begins, and where the last one ends. */
export const offsetsOf = (lengths: readonly number[]): Uint32Array => {
  const offsets = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + length;
  });
  return offsets;
};

const weightedWords = (fields: Record<SearchField, string>): Map<string, number> => {
  const weights = new Map<string, number>();
  for (const field of searchFields)
    for (const word of searchWords(fields[field])) weights.set(word, (weights.get(word) ?? 0) + fieldWeights[field]);
  return weights;
};
