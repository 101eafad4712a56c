import { UnreadableIndexError } from "../search/errors.ts";
import { decodeIndex } from "../search/index-file.ts";
import { operationAt } from "../search/search-index.ts";
import type { BodyStore } from "../snapshots/ports.ts";
import type { KnownVectors } from "./vector-chunk.ts";

/** Adds the vectors of a stored index to `known`: what did not change is not embedded again. */
export const readIndexedVectors = async (
  bodies: Pick<BodyStore, "get">,
  key: string,
  known: KnownVectors,
): Promise<void> => {
  const bytes = await bodies.get(key);
  if (bytes === undefined) return;
  try {
    const index = decodeIndex(bytes);
    for (const { start, count, vectorsAt, model } of index.parts) {
      for (let row = 0; row < count; row += 1) {
        const from = vectorsAt + row * model.dimension;
        known.set(operationAt(index, start + row).vectorId, index.vectors.slice(from, from + model.dimension));
      }
    }
  } catch (error) {
    // Another release's file: everything is embedded anew.
    if (!(error instanceof UnreadableIndexError)) throw error;
  }
};
