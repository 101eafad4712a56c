import { skipString, skipWhitespace } from "./json-text.ts";
import type { JsonValue } from "./model.ts";
import { escapePointerToken } from "./pointers.ts";

/** A key that an object holds twice. JSON.parse keeps the last one. */
export type DuplicateKey = { pointer: string; key: string; offset: number; firstOffset: number };

type Frame = {
  /** Keys so far with their offsets; `undefined` for an array. */
  keys: Map<string, number> | undefined;
  key: string;
  index: number;
};

/** What a parsed value amounts to. */
export type JsonSize = {
  /** Members of all objects: fewer than in the text when a key was written twice there. */
  members: number;
  /** Whether it nests deeper than allowed; nothing below that is counted. */
  tooDeep: boolean;
  /** Whether an object has `__proto__` as a key of its own. */
  hasProtoKey: boolean;
};

/** Counts members and nesting of `value`; the recursion ends at `maxDepth`. */
export function measureValue(value: JsonValue, maxDepth: number): JsonSize {
  const size = { members: 0, tooDeep: false, hasProtoKey: false };
  measure(value, maxDepth, size);
  return size;
}

function measure(value: JsonValue, levelsLeft: number, size: JsonSize): void {
  if (value === null || typeof value !== "object") return;
  if (levelsLeft === 0) {
    size.tooDeep = true;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object") measure(item, levelsLeft - 1, size);
    return;
  }
  for (const key in value) {
    size.members++;
    if (key === "__proto__") size.hasProtoKey = true;
    const member = value[key];
    if (typeof member === "object") measure(member, levelsLeft - 1, size);
  }
}

/** Finds every key that is written twice in one object of valid JSON `text`; at most `limit` of them. */
export function findDuplicateKeys(text: string, limit: number): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const frames: Frame[] = [];
  let at = skipWhitespace(text, 0);
  let keyExpected = false;
  while (at < text.length && found.length < limit) {
    const unit = text.charCodeAt(at);
    const frame = frames.at(-1);
    if (unit === 34) {
      const end = skipString(text, at);
      if (keyExpected && frame?.keys !== undefined) {
        const raw = text.slice(at + 1, end - 1);
        frame.key = raw.includes("\\") ? String(JSON.parse(text.slice(at, end))) : raw;
        const firstOffset = frame.keys.get(frame.key);
        if (firstOffset === undefined) frame.keys.set(frame.key, at);
        else found.push({ pointer: pointerOf(frames), key: frame.key, offset: at, firstOffset });
        keyExpected = false;
      }
      at = end;
      continue;
    }
    if (unit === 123 || unit === 91) {
      const isObject = unit === 123;
      frames.push({ keys: isObject ? new Map() : undefined, key: "", index: 0 });
      keyExpected = isObject;
    } else if (unit === 125 || unit === 93) {
      frames.pop();
      keyExpected = false;
    } else if (unit === 44 && frame !== undefined) {
      keyExpected = frame.keys !== undefined;
      frame.index++;
    }
    at++;
  }
  return found;
}

function pointerOf(frames: readonly Frame[]): string {
  return frames.map((frame) => `/${frame.keys === undefined ? frame.index : escapePointerToken(frame.key)}`).join("");
}
