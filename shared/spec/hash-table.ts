import type { Hash128 } from "./hash128.ts";
import type { ContentHash } from "./model.ts";

/** Hashes by index, four int32 each, in one growing array: no object per hash. Unset ones are zero. */
export class HashTable {
  private lanes: Int32Array;

  constructor(capacity = 1024) {
    this.lanes = new Int32Array(capacity * 4);
  }

  set(index: number, hash: Hash128): void {
    const at = index * 4;
    if (at + 4 > this.lanes.length) {
      const grown = new Int32Array(Math.max(this.lanes.length * 2, at + 4));
      grown.set(this.lanes);
      this.lanes = grown;
    }
    this.lanes[at] = hash.a;
    this.lanes[at + 1] = hash.b;
    this.lanes[at + 2] = hash.c;
    this.lanes[at + 3] = hash.d;
  }

  /** Copies the hash at `index` to `into`; zero when it was never set. */
  get(index: number, into: Hash128): Hash128 {
    const at = index * 4;
    into.a = this.lanes[at] ?? 0;
    into.b = this.lanes[at + 1] ?? 0;
    into.c = this.lanes[at + 2] ?? 0;
    into.d = this.lanes[at + 3] ?? 0;
    return into;
  }

  /** A number that is equal for equal hashes and, in 53 of their bits, different for different ones. */
  keyOf(index: number): number {
    const at = index * 4;
    return ((this.lanes[at] ?? 0) >>> 0) * 0x200000 + ((this.lanes[at + 1] ?? 0) >>> 11);
  }

  /**
   * All hashes in hex, `""` for zero. One conversion of the whole array and a slice for each hash: a slice shares the
   * characters of the whole.
   */
  toHex(count: number): ContentHash[] {
    const words = new Int32Array(count * 4);
    words.set(this.lanes.subarray(0, Math.min(this.lanes.length, count * 4)));
    const hex = Buffer.from(words.buffer).toString("hex");
    const hashes: ContentHash[] = new Array(count);
    for (let i = 0; i < count; i++) {
      const at = i * 4;
      const isZero = ((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0;
      hashes[i] = isZero ? "" : hex.slice(i * 32, i * 32 + 32);
    }
    return hashes;
  }
}
