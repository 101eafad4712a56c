import type { TextPosition } from "./errors.ts";

/** Turns offsets of `text` into lines and columns. The table of line starts is built once, on construction. */
export type TextPositions = { at(offset: number): TextPosition };

/**
 * Indexes the line starts of `text`: LF, CRLF and a lone CR end a line.
 * @example indexTextPositions("a\nb").at(2) // { line: 2, column: 1 }
 */
export function indexTextPositions(text: string): TextPositions {
  const starts = [0];
  if (text.includes("\r")) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
  } else {
    for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  }
  return {
    at(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

/** Line and column of one offset; for many offsets of one text use `indexTextPositions`. */
export function positionAt(text: string, offset: number): TextPosition {
  return indexTextPositions(text.slice(0, offset)).at(offset);
}
