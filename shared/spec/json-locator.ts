import { skipString, skipValue, skipWhitespace } from "./json-text.ts";
import { splitPointer } from "./pointers.ts";

/** Where a value stands: `keyOffset` is where a reader looks for it, `valueOffset` where the value itself starts. */
type Entry = { keyOffset: number; valueOffset: number };

/**
 * Finds places in valid JSON `text`. Each container that a pointer passes through is indexed once and kept, so a document
 * costs about two passes for its first pointer and next to nothing for the others.
 * @returns the offset of the member's key, or of the array's item; `undefined` when nothing stands there
 */
export function createJsonLocator(text: string): (pointer: string) => number | undefined {
  const containers = new Map<number, Map<string, Entry>>();
  const root: Entry = { keyOffset: skipWhitespace(text, 0), valueOffset: skipWhitespace(text, 0) };
  return (pointer) => {
    const tokens = splitPointer(pointer);
    if (tokens === undefined) return undefined;
    let entry: Entry | undefined = root;
    for (const token of tokens) {
      let entries = containers.get(entry.valueOffset);
      if (entries === undefined) {
        entries = indexContainer(text, entry.valueOffset);
        containers.set(entry.valueOffset, entries);
      }
      entry = entries.get(token);
      if (entry === undefined) return undefined;
    }
    return entry.keyOffset;
  };
}

function indexContainer(text: string, offset: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const isObject = text.charCodeAt(offset) === 123;
  if (!isObject && text.charCodeAt(offset) !== 91) return entries;
  let at = skipWhitespace(text, offset + 1);
  for (let index = 0; at < text.length && text.charCodeAt(at) !== 125 && text.charCodeAt(at) !== 93; index++) {
    const keyOffset = at;
    let key = String(index);
    if (isObject) {
      at = skipString(text, at);
      const raw = text.slice(keyOffset + 1, at - 1);
      key = raw.includes("\\") ? String(JSON.parse(text.slice(keyOffset, at))) : raw;
      at = skipWhitespace(text, skipWhitespace(text, at) + 1);
    }
    entries.set(key, { keyOffset, valueOffset: at }); // of two equal keys the last one counts, as in JSON.parse
    at = skipWhitespace(text, skipValue(text, at));
    if (text.charCodeAt(at) === 44) at = skipWhitespace(text, at + 1);
  }
  return entries;
}
