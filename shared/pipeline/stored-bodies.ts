import type { ChangeSet } from "../diff/change-set.ts";
import type { BodyStore } from "../snapshots/ports.ts";
import { MissingBodyError } from "./errors.ts";

/** @throws MissingBodyError */
export const readBody = async (bodies: Pick<BodyStore, "get">, key: string): Promise<Uint8Array> => {
  const body = await bodies.get(key);
  if (body === undefined) throw new MissingBodyError(key);
  return body;
};

/** @throws MissingBodyError */
export const readChangeSet = async (bodies: BodyStore, key: string): Promise<ChangeSet> =>
  // Ours, immutable, and under the hash of its content: trusted as it is.
  JSON.parse(new TextDecoder().decode(await readBody(bodies, key))) as ChangeSet;
