import * as z from "zod";
import { type BodyStore, bodyKeys } from "../snapshots/ports.ts";
import { sha256 } from "../snapshots/sha256.ts";

/** Vectors by the id of their text, quantized. */
export type KnownVectors = Map<string, Int8Array>;

const chunkSchema = z.array(z.tuple([z.string(), z.string()]));

/** Stores a chunk; returns its key. The same vectors are stored once. */
export const storeChunk = async (
  bodies: Pick<BodyStore, "putOnce">,
  tenantId: string,
  chunk: KnownVectors,
): Promise<string> => {
  const entries = [...chunk].map(([id, vector]) => [id, Buffer.from(vector).toString("base64")]);
  const bytes = new TextEncoder().encode(JSON.stringify(entries));
  const key = bodyKeys.vectors(tenantId, sha256(bytes));
  await bodies.putOnce(key, bytes, "application/json");
  return key;
};

/** Adds a chunk's vectors to `known`. One that is gone adds nothing: its texts are embedded again. */
export const readChunk = async (bodies: Pick<BodyStore, "get">, key: string, known: KnownVectors): Promise<void> => {
  const bytes = await bodies.get(key);
  if (bytes === undefined) return;
  for (const [id, text] of chunkSchema.parse(JSON.parse(new TextDecoder().decode(bytes))))
    known.set(id, new Int8Array(Buffer.from(text, "base64")));
};
