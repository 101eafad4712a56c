import { offsetsOf } from "./build-index.ts";
import { rowCountOf, type SearchIndex } from "./search-index.ts";

type Piece = { index: SearchIndex; word: number; firstRow: number };

/** One index of several, in their order: what was searched apart is searched together. */
export const mergeIndexes = (indexes: readonly SearchIndex[]): SearchIndex => {
  const firstRows = offsetsOf(indexes.map(rowCountOf));
  const firstBytes = offsetsOf(indexes.map(({ rows }) => rows.byteLength));
  const firstVectors = offsetsOf(indexes.map(({ vectors }) => vectors.length));
  const pieces = new Map<string, Piece[]>();
  indexes.forEach((index, position) => {
    const firstRow = firstRows[position] ?? 0;
    index.words.forEach((text, word) => {
      const known = pieces.get(text);
      if (known === undefined) pieces.set(text, [{ index, word, firstRow }]);
      else known.push({ index, word, firstRow });
    });
  });
  const words = [...pieces.keys()].sort();
  const wordOffsets = offsetsOf(words.map((word) => sum((pieces.get(word) ?? []).map(countOf))));
  const postingRows = new Uint32Array(wordOffsets.at(-1) ?? 0);
  const postingWeights = new Uint8Array(postingRows.length);
  let at = 0;
  for (const text of words) {
    for (const { index, word, firstRow } of pieces.get(text) ?? []) {
      const from = index.wordOffsets[word] ?? 0;
      const to = index.wordOffsets[word + 1] ?? 0;
      postingWeights.set(index.postingWeights.subarray(from, to), at);
      for (let entry = from; entry < to; entry += 1, at += 1)
        postingRows[at] = (index.postingRows[entry] ?? 0) + firstRow;
    }
  }
  const rowOffsets = new Uint32Array((firstRows.at(-1) ?? 0) + 1);
  const lengths = new Float32Array(firstRows.at(-1) ?? 0);
  const vectors = new Int8Array(firstVectors.at(-1) ?? 0);
  indexes.forEach((index, position) => {
    const firstRow = firstRows[position] ?? 0;
    rowOffsets.set(
      index.rowOffsets.map((offset) => offset + (firstBytes[position] ?? 0)),
      firstRow,
    );
    lengths.set(index.lengths, firstRow);
    vectors.set(index.vectors, firstVectors[position]);
  });
  return {
    parts: indexes.flatMap(({ parts }, position) =>
      parts.map((part) => ({
        ...part,
        start: part.start + (firstRows[position] ?? 0),
        vectorsAt: part.vectorsAt + (firstVectors[position] ?? 0),
      })),
    ),
    rows: Buffer.concat(indexes.map(({ rows }) => rows)),
    rowOffsets,
    lengths,
    words,
    wordOffsets,
    postingRows,
    postingWeights,
    vectors,
  };
};

const countOf = ({ index, word }: Piece): number => (index.wordOffsets[word + 1] ?? 0) - (index.wordOffsets[word] ?? 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
