import type { TextPosition } from "./errors.ts";
import { splitPointer } from "./pointers.ts";

/**
 * `lineStart` is the byte offset at which the line would start if all of it were ASCII: behind a character that takes more
 * bytes than UTF-16 code units it moves on, so that a column is a difference, however long the line.
 */
type Mark = { offset: number; line: number; lineStart: number };

/** The members or items of one container, by key or index: a big document has a hundred thousand in one. */
type Index = Map<string, number>;

/** Numbers kept of each: the marks of where a reader looks for it, and of where its value starts. */
const numbersPerEntry = 6;

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
  const root = scanner.keep(scanner.mark(), scanner.mark());
  return (pointer) => {
    const tokens = splitPointer(pointer);
    if (tokens === undefined) return undefined;
    let entry: number | undefined = root;
    for (let at = 0; entry !== undefined && at < tokens.length; at++) {
      entry = scanner.indexOf(entry, tokens, at).get(tokens[at] ?? "");
    }
    if (entry === undefined) return undefined;
    const { offset, line, lineStart } = scanner.keyMark(entry);
    return { line, column: offset - lineStart + 1 };
  };
}

/** The way of what is indexed though the pointer at hand does not lead there. */
const inPassing: readonly string[] = ["components", ""];

/** Half of what is looked up is in a component: on the way through the document their names are kept. */
function isKeptInPassing(tokens: readonly string[], at: number, key: string): boolean {
  return (at === 0 && (key === "components" || key === "definitions")) || (at === 1 && tokens === inPassing);
}

class Scanner {
  private readonly buffer: Buffer;
  private offset = 0;
  private line = 1;
  private lineStart = 0;
  private entries = new Int32Array(1024 * numbersPerEntry);
  private used = 0;
  private readonly indexes = new Map<number, Index>();

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, lineStart: this.lineStart };
  }

  /** Keeps the marks of a member or item; returns its number. */
  keep(key: Mark, value: Mark): number {
    const at = this.used * numbersPerEntry;
    if (at + numbersPerEntry > this.entries.length) {
      const grown = new Int32Array(this.entries.length * 2);
      grown.set(this.entries);
      this.entries = grown;
    }
    this.entries[at] = key.offset;
    this.entries[at + 1] = key.line;
    this.entries[at + 2] = key.lineStart;
    this.entries[at + 3] = value.offset;
    this.entries[at + 4] = value.line;
    this.entries[at + 5] = value.lineStart;
    return this.used++;
  }

  keyMark(entry: number): Mark {
    return this.markAt(entry * numbersPerEntry);
  }

  /** What the value of `entry` holds; a container on the way to the other tokens is indexed with it. */
  indexOf(entry: number, tokens: readonly string[], at: number): Index {
    const known = this.indexes.get(entry);
    if (known !== undefined) return known;
    const { offset, line, lineStart } = this.markAt(entry * numbersPerEntry + 3);
    this.offset = offset;
    this.line = line;
    this.lineStart = lineStart;
    return this.index(entry, tokens, at);
  }

  private markAt(at: number): Mark {
    const { entries } = this;
    return { offset: entries[at] ?? 0, line: entries[at + 1] ?? 1, lineStart: entries[at + 2] ?? 0 };
  }

  /** Indexes the container that starts here, and inside it the one that `tokens[at]` leads to. Stops behind it. */
  private index(entry: number, tokens: readonly string[], at: number): Index {
    const children: Index = new Map();
    this.indexes.set(entry, children);
    const { buffer } = this;
    const open = buffer[this.offset];
    if (open !== 123 && open !== 91) {
      this.skipValue();
      return children;
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
      const child = this.keep(start, this.mark());
      children.set(key, child); // of two equal keys the last one counts, as in JSON.parse
      const isOnTheWay = key === tokens[at] && at + 1 < tokens.length;
      if (isOnTheWay || isKeptInPassing(tokens, at, key)) this.index(child, isOnTheWay ? tokens : inPassing, at + 1);
      else this.skipValue();
    }
    this.offset++;
    return children;
  }

  skipWhitespace(): void {
    for (;;) {
      const byte = this.buffer[this.offset];
      if (byte === 32) this.offset++;
      else if (byte === 10 || (byte === 13 && this.buffer[this.offset + 1] !== 10)) this.endLine(++this.offset);
      else if (byte === 13 || byte === 9) this.offset++;
      else return;
    }
  }

  private endLine(nextStart: number): void {
    this.line++;
    this.lineStart = nextStart;
  }

  /** Reads a key and stops at its value. */
  private readKey(): string {
    const start = this.offset;
    this.skipString();
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
    const open = buffer[this.offset] ?? 0;
    if (open === 34) this.skipString();
    else if (open === 123 || open === 91) this.skipContainer();
    else while (!endsScalar(buffer[this.offset] ?? 44)) this.offset++;
  }

  private skipString(): void {
    const { buffer } = this;
    let { offset, lineStart } = this;
    for (let byte = buffer[++offset] ?? 34; byte !== 34; byte = buffer[++offset] ?? 34) {
      if (byte === 92) offset++;
      else if (byte >= 0x80) lineStart += surplusOf(byte);
    }
    this.offset = offset + 1;
    this.lineStart = lineStart;
  }

  /** The loop that sees nearly every byte of the document: half of them are in strings, and many are indentation. */
  private skipContainer(): void {
    const { buffer } = this;
    const end = buffer.length;
    let { offset, line, lineStart } = this;
    let depth = 0;
    while (offset < end) {
      const byte = buffer[offset++];
      if (byte === 32) continue;
      if (byte === 34) {
        for (let inner = buffer[offset++]; inner !== 34 && offset < end; inner = buffer[offset++]) {
          if (inner === 92) offset++;
          else if (inner !== undefined && inner >= 0x80) lineStart += surplusOf(inner);
        }
      } else if (byte === 10 || (byte === 13 && buffer[offset] !== 10)) {
        line++;
        lineStart = offset;
      } else if (byte === 123 || byte === 91) depth++;
      else if ((byte === 125 || byte === 93) && --depth === 0) break;
    }
    this.offset = offset;
    this.line = line;
    this.lineStart = lineStart;
  }
}

/** How many code units less than bytes a UTF-8 byte stands for: a character of four bytes has two. */
function surplusOf(byte: number): number {
  return byte < 0xc0 ? 1 : byte >= 0xf0 ? -1 : 0;
}

function endsScalar(byte: number): boolean {
  return byte === 44 || byte === 125 || byte === 93 || byte === 32 || byte === 10 || byte === 13 || byte === 9;
}
