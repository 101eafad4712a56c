import { stemmer } from "stemmer";
import { wordsOf } from "../embeddings/operation-text.ts";

/** Words that say nothing about an operation; those that do in an API (`get`, `all`, `list`) stay. */
const stopWords: ReadonlySet<string> = new Set(
  (
    "a about an and any are as at be been being by can could do does doing for from had has have having how i if in into is it " +
    "its me my of on or our should so some that the their them then there these this those to us was we were what when where " +
    "which who whom why will with would you your"
  ).split(" "),
);

const maxWordLength = 40;

/**
 * The words of a text as they are compared: split at case and punctuation, without stop words, each cut to its stem
 * (Porter).
 * @example searchWords("How do I listPullRequests?") // ["list", "pull", "request"]
 */
export const searchWords = (text: string): string[] =>
  wordsOf(text)
    .split(" ")
    .filter((word) => word !== "" && word.length <= maxWordLength && !stopWords.has(word))
    .map((word) => stemmer(word));
