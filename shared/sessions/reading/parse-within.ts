import type { Parser } from "htmlparser2";

/**
 * Elements inside one another; the deepest of real pages stay below 100. The parser's own stack is searched for each tag,
 * so a page of 50,000 nested elements would take it minutes: what comes after the limit is not read.
 */
const maxDepth = 1_000;

/** Characters between two looks at the depth. */
const sliceChars = 8_192;

/** Parses `text` to its end, or to where more elements are open than anybody reads. @param depth how many are open now */
export const parseWithin = (parser: Parser, text: string, depth: () => number): void => {
  for (let at = 0; at < text.length && depth() < maxDepth; at += sliceChars)
    parser.write(text.slice(at, at + sliceChars));
  parser.end();
};
