import type { EmbeddingModel } from "../embeddings/embedder.ts";
import type { OperationSummary } from "../spec/model.ts";

/** An operation as the index keeps it; what a hit shows. */
export type IndexedOperation = OperationSummary & {
  /** `vectorId` of its text under the part's model. */
  vectorId: string;
};

/** The operations of one dependency in an index: `count` rows from `start` on. */
export type IndexPart = {
  dependencyId: string;
  snapshotId: string;
  start: number;
  count: number;
  /** What its vectors were made with. */
  model: EmbeddingModel;
  /** Where its vectors begin in `vectors`: parts of several models may have several dimensions. */
  vectorsAt: number;
};

/**
 * Operations with their words and vectors, in columns, so that 100,000 are loaded without a parse, merged by
 * concatenation, and asked in milliseconds. A dependency's index has one part, a tenant's one for each dependency.
 */
export type SearchIndex = {
  parts: IndexPart[];
  /** JSON of row `r` is `rows[rowOffsets[r] .. rowOffsets[r + 1]]`. */
  rows: Uint8Array;
  rowOffsets: Uint32Array;
  /** Weighted count of the words of each row. */
  lengths: Float32Array;
  /** Sorted. */
  words: string[];
  /** Rows with word `w`: `postingRows[wordOffsets[w] .. wordOffsets[w + 1]]`, ascending. */
  wordOffsets: Uint32Array;
  postingRows: Uint32Array;
  /** Weighted count of the word in the row, 255 at most. */
  postingWeights: Uint8Array;
  /** Components times 127, rounded. */
  vectors: Int8Array;
};

/** Components of a vector of length 1 as bytes: a dot product of two is off by less than 0.01. */
export const quantized = (vector: Float32Array): Int8Array =>
  Int8Array.from(vector, (value) => Math.round(value * 127));

export const rowCountOf = ({ lengths }: SearchIndex): number => lengths.length;

/** Row `row` as it was put in. */
export const operationAt = ({ rows, rowOffsets }: SearchIndex, row: number): IndexedOperation =>
  // Ours, under the hash of its content: trusted as it is.
  JSON.parse(new TextDecoder().decode(rows.subarray(rowOffsets[row], rowOffsets[row + 1]))) as IndexedOperation;
