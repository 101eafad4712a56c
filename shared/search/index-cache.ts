import type { BodyStore } from "../snapshots/ports.ts";
import { decodeIndex } from "./index-file.ts";
import type { SearchIndex } from "./search-index.ts";

/** Indexes by their key, from the body store or from a question before. */
export type IndexCache = { get(key: string): Promise<SearchIndex | undefined> };

/**
 * Keeps the indexes that were asked last, `maxBytes` of files in all. Their keys are hashes of what they hold, so that none
 * ever grows old.
 */
export const createIndexCache = (bodies: Pick<BodyStore, "get">, maxBytes: number): IndexCache => {
  const kept = new Map<string, { bytes: number; index: SearchIndex }>();
  const makeRoom = (bytes: number): void => {
    let total = bytes;
    for (const held of kept.values()) total += held.bytes;
    for (const [key, held] of kept) {
      if (total <= maxBytes) return;
      kept.delete(key);
      total -= held.bytes;
    }
  };
  return {
    async get(key) {
      const known = kept.get(key);
      if (known !== undefined) {
        // A map gives its entries in the order of their writing: the one asked last goes last.
        kept.delete(key);
        kept.set(key, known);
        return known.index;
      }
      const file = await bodies.get(key);
      if (file === undefined) return undefined;
      makeRoom(file.byteLength);
      const index = decodeIndex(file);
      kept.set(key, { bytes: file.byteLength, index });
      return index;
    },
  };
};
