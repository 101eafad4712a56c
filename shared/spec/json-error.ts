import { skipWhitespace } from "./json-text.ts";

/** Where and why a text is not JSON (RFC 8259). `truncated` when the text ends before its value does. */
export type JsonError = { offset: number; reason: string; truncated: boolean };

const escapes = new Set(['"', "\\", "/", "b", "f", "n", "r", "t"]);
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

type State = { text: string; at: number };

/**
 * Finds the first error of a text that JSON.parse refused; `undefined` when there is none. V8's own message names a
 * position only sometimes, and never the line.
 */
export function findJsonError(text: string): JsonError | undefined {
  const state: State = { text, at: 0 };
  /** Open containers: true for an object. */
  const open: boolean[] = [];
  let expect: "value" | "valueOrEnd" | "keyOrEnd" | "key" | "commaOrEnd" = "value";
  for (;;) {
    state.at = skipWhitespace(text, state.at);
    const unit = text[state.at];
    if (unit === undefined) {
      return truncated(state.at, open.length);
    }
    if (expect === "value" || expect === "valueOrEnd") {
      if (unit === "{" || unit === "[") {
        open.push(unit === "{");
        expect = unit === "{" ? "keyOrEnd" : "valueOrEnd";
        state.at++;
        continue;
      }
      if (unit === "]" && expect === "valueOrEnd") {
        open.pop();
        state.at++;
      } else {
        const error = readScalar(state, open.length);
        if (error !== undefined) return error;
      }
    } else if (expect === "keyOrEnd" || expect === "key") {
      if (unit === "}" && expect === "keyOrEnd") {
        open.pop();
        state.at++;
      } else {
        if (unit !== '"')
          return wrong(
            state,
            unit === "}"
              ? "a comma before the closing brace"
              : `expected a key in double quotes, found ${show(text, state.at)}`,
          );
        const error = readString(state, open.length);
        if (error !== undefined) return error;
        state.at = skipWhitespace(text, state.at);
        if (state.at >= text.length) return truncated(state.at, open.length);
        if (text[state.at] !== ":")
          return wrong(state, `expected a colon after the key, found ${show(text, state.at)}`);
        state.at++;
        expect = "value";
        continue;
      }
    } else {
      const isObject = open.at(-1) === true;
      if (unit === ",") {
        expect = isObject ? "key" : "value";
        state.at++;
        const next = skipWhitespace(text, state.at);
        if (!isObject && text[next] === "]")
          return { offset: next, reason: "a comma before the closing bracket", truncated: false };
        continue;
      }
      if (unit !== (isObject ? "}" : "]")) {
        return wrong(
          state,
          `expected a comma or the end of the ${isObject ? "object" : "array"}, found ${show(text, state.at)}`,
        );
      }
      open.pop();
      state.at++;
    }
    if (open.length === 0) {
      const end = skipWhitespace(text, state.at);
      return end === text.length
        ? undefined
        : { offset: end, reason: `text after the end of the document: ${show(text, end)}`, truncated: false };
    }
    expect = "commaOrEnd";
  }
}

function readScalar(state: State, depth: number): JsonError | undefined {
  const { text, at } = state;
  if (text[at] === '"') return readString(state, depth);
  for (const word of ["true", "false", "null"]) {
    if (text.startsWith(word, at)) {
      state.at += word.length;
      return undefined;
    }
    if (at + word.length > text.length && word.startsWith(text.slice(at))) return truncated(text.length, depth);
  }
  numberPattern.lastIndex = at;
  const number = numberPattern.exec(text);
  if (number === null) return wrong(state, `expected a value, found ${show(text, at)}`);
  state.at += number[0].length;
  const next = text[state.at];
  if (next !== undefined && /[\w.+-]/.test(next)) {
    return wrong(state, `${JSON.stringify(`${number[0]}${next}`)} is not a number`);
  }
  return undefined;
}

function readString(state: State, depth: number): JsonError | undefined {
  const { text } = state;
  for (let at = state.at + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34) {
      state.at = at + 1;
      return undefined;
    }
    if (unit < 32) {
      const name =
        unit === 10 || unit === 13 ? "a line break" : `the control character U+${unit.toString(16).padStart(4, "0")}`;
      return { offset: at, reason: `${name} inside a string (it must be escaped)`, truncated: false };
    }
    if (unit === 92) {
      at++;
      const escaped = text[at];
      if (escaped === "u") {
        const digits = text.slice(at + 1, at + 5);
        if (!/^[0-9a-fA-F]*$/.test(digits)) return { offset: at - 1, reason: "a broken \\u escape", truncated: false };
        if (digits.length < 4) return truncated(text.length, depth);
        at += 4;
      } else if (escaped !== undefined && !escapes.has(escaped)) {
        return { offset: at - 1, reason: `the escape \\${escaped} does not exist in JSON`, truncated: false };
      }
    }
  }
  return truncated(text.length, depth);
}

function wrong(state: State, reason: string): JsonError {
  return { offset: state.at, reason, truncated: false };
}

function truncated(offset: number, depth: number): JsonError {
  const open = depth === 1 ? "1 object or array is" : `${depth} objects and arrays are`;
  return { offset, reason: depth === 0 ? "the value is not complete" : `${open} still open`, truncated: true };
}

function show(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? "the end" : JSON.stringify(String.fromCodePoint(point));
}
