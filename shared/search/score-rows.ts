import { type IndexPart, rowCountOf, type SearchIndex } from "./search-index.ts";

/** BM25's constants as Robertson and Zaragoza give them (2009). */
const k1 = 1.2;
const b = 0.75;

/** BM25 of every row for the words of a question; 0 for rows that have none of them. */
export const scoreWords = (index: SearchIndex, words: readonly string[]): Float32Array => {
  const rowCount = rowCountOf(index);
  const scores = new Float32Array(rowCount);
  const averageLength = index.lengths.reduce((sum, length) => sum + length, 0) / Math.max(rowCount, 1) || 1;
  for (const word of new Set(words)) {
    const at = positionOf(index.words, word);
    if (at === undefined) continue;
    const from = index.wordOffsets[at] ?? 0;
    const to = index.wordOffsets[at + 1] ?? 0;
    const rarity = rarityOf(rowCount, to - from);
    for (let entry = from; entry < to; entry += 1) {
      const row = index.postingRows[entry] ?? 0;
      const weight = index.postingWeights[entry] ?? 0;
      const norm = k1 * (1 - b + (b * (index.lengths[row] ?? 0)) / averageLength);
      scores[row] = (scores[row] ?? 0) + (rarity * weight * (k1 + 1)) / (weight + norm);
    }
  }
  return scores;
};

const rarityOf = (rowCount: number, rowsWithIt: number): number =>
  Math.log(1 + (rowCount - rowsWithIt + 0.5) / (rowsWithIt + 0.5));

/** What BM25 comes near for a row that is all about every word of the question. A word that no row has counts too. */
export const mostWordScore = (index: SearchIndex, words: readonly string[]): number => {
  let most = 0;
  for (const word of new Set(words)) {
    const at = positionOf(index.words, word);
    const count = at === undefined ? 0 : (index.wordOffsets[at + 1] ?? 0) - (index.wordOffsets[at] ?? 0);
    most += rarityOf(rowCountOf(index), count) * (k1 + 1);
  }
  return most;
};

/** Cosine similarity of every row of `part` with the question's quantized vector, written to `similarities`. */
export const scoreMeaning = (
  index: SearchIndex,
  part: IndexPart,
  question: Int8Array,
  similarities: Float32Array,
): void => {
  const { dimension } = part.model;
  const { vectors } = index;
  const whole = dimension - (dimension % 4);
  let at = part.vectorsAt;
  for (let row = part.start; row < part.start + part.count; row += 1, at += dimension) {
    // Four sums that do not wait for one another: 38 million products for 100,000 rows. Integers below 2³¹ all along.
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let place = 0; place < whole; place += 4) {
      const from = at + place;
      first = (first + (vectors[from] ?? 0) * (question[place] ?? 0)) | 0;
      second = (second + (vectors[from + 1] ?? 0) * (question[place + 1] ?? 0)) | 0;
      third = (third + (vectors[from + 2] ?? 0) * (question[place + 2] ?? 0)) | 0;
      fourth = (fourth + (vectors[from + 3] ?? 0) * (question[place + 3] ?? 0)) | 0;
    }
    let sum = first + second + third + fourth;
    for (let place = whole; place < dimension; place += 1) sum += (vectors[at + place] ?? 0) * (question[place] ?? 0);
    similarities[row] = sum / (127 * 127);
  }
};

/** Whether a row has a word, by its stem. */
export const hasWord = (index: SearchIndex, word: string, row: number): boolean => {
  const at = positionOf(index.words, word);
  if (at === undefined) return false;
  let low = index.wordOffsets[at] ?? 0;
  let high = (index.wordOffsets[at + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = index.postingRows[middle] ?? 0;
    if (found === row) return true;
    if (found < row) low = middle + 1;
    else high = middle - 1;
  }
  return false;
};

const positionOf = (sorted: readonly string[], word: string): number | undefined => {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? "";
    if (found === word) return middle;
    if (found < word) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
};
