import { titleOf, wordsOf } from "../embeddings/operation-text.ts";
import type { Intent } from "./intent.ts";
import type { RankedRow } from "./rank-rows.ts";
import { hasWord } from "./score-rows.ts";
import type { IndexedOperation, SearchIndex } from "./search-index.ts";
import { searchWords } from "./words.ts";

/** Where a word of the question is; what an index does not tell apart is one. */
export type HitField = "title" | "path" | "tags" | "inputs or description";

export type HitExplanation = {
  text: string;
  words?: { score: number; rank: number; matched: { word: string; fields: HitField[] }[] };
  meaning?: { similarity: number; rank: number; model: string };
  method?: { intent: Intent; isFit: boolean };
};

/** Why a row answers a question, in numbers and in a sentence. */
export const explainHit = (
  index: SearchIndex,
  question: string,
  ranked: RankedRow,
  operation: IndexedOperation,
): HitExplanation => {
  const { words, meaning, method } = ranked;
  const matched = words === undefined ? [] : matchedWords(index, question, ranked.row, operation);
  const model = index.parts.findLast(({ start }) => start <= ranked.row)?.model.id ?? "";
  const said = [
    words && `${matched.map(sayWord).join(", ")} (${ordinal(words.rank)} by words)`,
    meaning && `${ordinal(meaning.rank)} by meaning, similarity ${meaning.similarity.toFixed(2)}`,
    method?.isFit && `asked to ${method.intent}, as ${operation.method} does`,
  ];
  return {
    text: said.filter(Boolean).join("; "),
    ...(words && { words: { score: rounded(words.score), rank: words.rank, matched } }),
    ...(method && { method }),
    ...(meaning && { meaning: { similarity: rounded(meaning.similarity), rank: meaning.rank, model } }),
  };
};

const matchedWords = (index: SearchIndex, question: string, row: number, operation: IndexedOperation) => {
  const { path, method, tags } = operation;
  const fields: [HitField, Set<string>][] = [
    ["title", new Set(searchWords(`${titleOf(operation)} ${operation.operationId ?? ""}`))],
    ["path", new Set(searchWords(`${method} ${path}`))],
    ["tags", new Set(searchWords(tags.join(" ")))],
  ];
  // As the question has them, each once by its stem.
  const asked = new Map(
    wordsOf(question)
      .split(" ")
      .flatMap((word) => searchWords(word).map((stem): [string, string] => [stem, word])),
  );
  return [...asked]
    .filter(([stem]) => hasWord(index, stem, row))
    .map(([stem, word]) => {
      const found = fields.flatMap(([name, words]) => (words.has(stem) ? [name] : []));
      return { word, fields: found.length > 0 ? found : (["inputs or description"] satisfies HitField[]) };
    });
};

const sayWord = ({ word, fields }: { word: string; fields: readonly HitField[] }): string =>
  `“${word}” in ${fields.join(", ")}`;

const rounded = (score: number): number => Math.round(score * 1000) / 1000;

/** @example ordinal(22) // "22nd" */
const ordinal = (rank: number): string => {
  const [tens, ones] = [rank % 100, rank % 10];
  const ending = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][ones] ?? "th");
  return `${rank}${ending}`;
};
