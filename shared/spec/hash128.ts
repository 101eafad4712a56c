import type { ContentHash, JsonValue } from "./model.ts";

/**
 * A 128-bit content hash in four 32-bit lanes, for trees of a million small parts, where SHA-256 per part would cost more
 * than reading the document. It is not cryptographic: it tells contents apart, it does not resist someone who looks for two
 * with one hash. Lanes are int32, so that V8 keeps them as small integers without allocation.
 */
export class Hash128 {
  a = 0;
  b = 0;
  c = 0;
  d = 0;

  /** Starts over; different seeds give unrelated hashes of equal content. */
  reset(seed: number): this {
    this.a = seed ^ 0x6a09e667;
    this.b = seed ^ 0xbb67ae85;
    this.c = seed ^ 0x3c6ef372;
    this.d = seed ^ 0xa54ff53a;
    return this;
  }

  /** Takes in one 32-bit word. Rotations keep differences in the top bits from being multiplied out of the lane. */
  word(w: number): this {
    const { a, b, c, d } = this;
    this.a = Math.imul(((a << 13) | (a >>> 19)) ^ w, 0x9e3779b1);
    this.b = Math.imul(((b << 17) | (b >>> 15)) ^ w, 0x85ebca77);
    this.c = Math.imul((((c << 11) | (c >>> 21)) + w) | 0, 0xc2b2ae3d);
    this.d = Math.imul((((d << 19) | (d >>> 13)) + w) | 0, 0x27d4eb2f);
    return this;
  }

  /** Takes in a string, two UTF-16 code units to a word. */
  text(text: string): this {
    let { a, b, c, d } = this;
    const length = text.length;
    const even = length & ~1;
    for (let i = 0; i < even; i += 2) {
      const w = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
      a = Math.imul(((a << 13) | (a >>> 19)) ^ w, 0x9e3779b1);
      b = Math.imul(((b << 17) | (b >>> 15)) ^ w, 0x85ebca77);
      c = Math.imul((((c << 11) | (c >>> 21)) + w) | 0, 0xc2b2ae3d);
      d = Math.imul((((d << 19) | (d >>> 13)) + w) | 0, 0x27d4eb2f);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    if (even !== length) this.word(text.charCodeAt(even));
    return this.word(length);
  }

  /** Takes in a number; `-0` counts as `0`. */
  number(value: number): this {
    if (Number.isInteger(value) && value === (value | 0)) return this.word(1).word(value | 0);
    float[0] = value;
    return this.word(2)
      .word(floatWords[0] ?? 0)
      .word(floatWords[1] ?? 0);
  }

  /** Takes in another hash. */
  hash(other: Hash128): this {
    return this.word(other.a).word(other.b).word(other.c).word(other.d);
  }

  /** Ends a content: every bit of what came in reaches every lane. */
  finish(): this {
    let { a, b, c, d } = this;
    a = (a + b + c + d) | 0;
    b = avalanche((b + a) | 0);
    c = avalanche((c + a) | 0);
    d = avalanche((d + a) | 0);
    a = avalanche(a);
    a = (a + b + c + d) | 0;
    this.a = a;
    this.b = (b + a) | 0;
    this.c = (c + a) | 0;
    this.d = (d + a) | 0;
    return this;
  }

  /** Zero: the neutral element of `add`. */
  clear(): this {
    this.a = this.b = this.c = this.d = 0;
    return this;
  }

  /** Adds a finished hash lane by lane: a sum of parts is the same in every order. */
  add(part: Hash128): this {
    this.a = (this.a + part.a) | 0;
    this.b = (this.b + part.b) | 0;
    this.c = (this.c + part.c) | 0;
    this.d = (this.d + part.d) | 0;
    return this;
  }

  isZero(): boolean {
    return (this.a | this.b | this.c | this.d) === 0;
  }

  /** Lower-case hex of the lanes' bytes, least significant first. */
  toHex(): ContentHash {
    lanes[0] = this.a;
    lanes[1] = this.b;
    lanes[2] = this.c;
    lanes[3] = this.d;
    return laneBytes.toString("hex");
  }
}

const float = new Float64Array(1);
const floatWords = new Int32Array(float.buffer);
const lanes = new Int32Array(4);
const laneBytes = Buffer.from(lanes.buffer);

function avalanche(word: number): number {
  let w = word;
  w = Math.imul(w ^ (w >>> 16), 0x85ebca6b);
  w = Math.imul(w ^ (w >>> 13), 0xc2b2ae35);
  return w ^ (w >>> 16);
}

/**
 * Hash of a JSON value into `into`, finished. Object members count in any order, array items in theirs.
 * The depth of the recursion is bounded by the parser's limit.
 */
export function hashJson(value: JsonValue | undefined, into: Hash128): Hash128 {
  if (typeof value === "string") return into.reset(11).text(value).finish();
  if (typeof value === "number") return into.reset(12).number(value).finish();
  if (typeof value === "boolean") return into.reset(value ? 13 : 14).finish();
  if (value === null || value === undefined) return into.reset(15).finish();
  const part = new Hash128();
  if (Array.isArray(value)) {
    const all = new Hash128().reset(16);
    for (const item of value) all.hash(hashJson(item, part));
    return copy(all.word(value.length).finish(), into);
  }
  const sum = new Hash128();
  const entry = new Hash128();
  let members = 0;
  for (const key in value) {
    sum.add(entry.reset(17).text(key).hash(hashJson(value[key], part)).finish());
    members++;
  }
  return into.reset(18).hash(sum).word(members).finish();
}

function copy(from: Hash128, into: Hash128): Hash128 {
  into.a = from.a;
  into.b = from.b;
  into.c = from.c;
  into.d = from.d;
  return into;
}
