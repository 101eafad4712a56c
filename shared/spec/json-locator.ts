import type { TextPosition } from "./errors.ts";
import { splitPointer } from "./pointers.ts";

/** A member or item: where a reader looks for it, and where its value starts. Offsets in bytes, lines from 1. */
type Entry = Mark & { value: Mark; children?: Map<string, Entry> };

type Mark = { offset: number; line: number; lineStart: number };

/**
 * Finds places in valid JSON, given as UTF-8 without a byte order mark: bytes, because every character of JSON's own is one.
 * A container that a pointer passes through is indexed once, with its lines, on the way to the next one: the first pointer
 * costs one pass, and any other next to nothing.
 * @returns line and column (1-based, in UTF-16 code units) of the member's key, or of the array's item; `undefined` when
 * nothing stands there
 */
export function createJsonLocator(bytes: Uint8Array): (pointer: string) => TextPosition | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scanner = new Scanner(buffer);
  scanner.skipWhitespace();
  const root: Entry = { ...scanner.mark(), value: scanner.mark() };
  return (pointer) => {
    const tokens = splitPointer(pointer);
    if (tokens === undefined) return undefined;
    let entry: Entry | undefined = root;
    for (let index = 0; entry !== undefined && index < tokens.length; index++) {
      if (entry.children === undefined) {
        scanner.goTo(entry.value);
        scanner.index(entry, tokens, index);
      }
      entry = entry.children?.get(tokens[index] ?? "");
    }
    if (entry === undefined) return undefined;
    const column = buffer.toString("utf8", entry.lineStart, entry.offset).length + 1;
    return { line: entry.line, column };
  };
}

class Scanner {
  private readonly buffer: Buffer;
  private offset = 0;
  private line = 1;
  private lineStart = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, lineStart: this.lineStart };
  }

  goTo({ offset, line, lineStart }: Mark): void {
    this.offset = offset;
    this.line = line;
    this.lineStart = lineStart;
  }

  /** Indexes the container that `entry` is, and inside it the one that `tokens[at]` leads to. Stops behind it. */
  index(entry: Entry, tokens: readonly string[], at: number): void {
    const children = new Map<string, Entry>();
    entry.children = children;
    const { buffer } = this;
    const open = buffer[this.offset];
    if (open !== 123 && open !== 91) {
      this.skipValue();
      return;
    }
    this.offset++;
    for (let position = 0; ; position++) {
      this.skipWhitespace();
      const byte = buffer[this.offset];
      if (byte === 125 || byte === 93 || byte === undefined) break;
      if (byte === 44) {
        this.offset++;
        this.skipWhitespace();
      }
      const start = this.mark();
      const key = open === 123 ? this.readKey() : String(position);
      const child: Entry = { ...start, value: this.mark() };
      children.set(key, child); // of two equal keys the last one counts, as in JSON.parse
      if (key === tokens[at] && at + 1 < tokens.length) this.index(child, tokens, at + 1);
      else this.skipValue();
    }
    this.offset++;
  }

  skipWhitespace(): void {
    for (;;) {
      const byte = this.buffer[this.offset];
      if (byte === 10) this.endLine(this.offset + 1);
      else if (byte === 13 && this.buffer[this.offset + 1] !== 10) this.endLine(this.offset + 1);
      else if (byte !== 32 && byte !== 13 && byte !== 9) return;
      this.offset++;
    }
  }

  private endLine(nextStart: number): void {
    this.line++;
    this.lineStart = nextStart;
  }

  /** Reads a key and stops at its value. */
  private readKey(): string {
    const start = this.offset;
    this.skipValue();
    const raw = this.buffer.toString("utf8", start + 1, this.offset - 1);
    const key = raw.includes("\\") ? String(JSON.parse(`"${raw}"`)) : raw;
    this.skipWhitespace();
    this.offset++; // the colon
    this.skipWhitespace();
    return key;
  }

  /** Goes behind the value that starts here. */
  private skipValue(): void {
    const { buffer } = this;
    const end = buffer.length;
    let { offset, line, lineStart } = this;
    let depth = 0;
    while (offset < end) {
      const byte = buffer[offset] ?? 0;
      if (byte === 34) {
        offset++;
        for (let inner = buffer[offset]; inner !== 34 && offset < end; inner = buffer[offset]) {
          offset += inner === 92 ? 2 : 1;
        }
        offset++;
        if (depth === 0) break;
        continue;
      }
      if (
        depth === 0 &&
        (byte === 44 || byte === 125 || byte === 93 || byte === 10 || byte === 13 || byte === 9 || byte === 32)
      )
        break;
      if (byte === 123 || byte === 91) depth++;
      else if (byte === 125 || byte === 93) depth--;
      else if (byte === 10 || (byte === 13 && buffer[offset + 1] !== 10)) {
        line++;
        lineStart = offset + 1;
      }
      offset++;
      if (depth === 0 && (byte === 125 || byte === 93)) break;
    }
    this.offset = offset;
    this.line = line;
    this.lineStart = lineStart;
  }
}
