import type { BodyStore } from "../snapshots/ports.ts";
import type { Snapshot } from "../snapshots/snapshot.ts";
import { decodeModel } from "../spec/codec.ts";
import { StoredModelError } from "../spec/errors.ts";
import type { SpecModel } from "../spec/model.ts";
import { normalize } from "../spec/normalize/normalize.ts";
import { parseDocument } from "../spec/parse.ts";
import { readBody } from "./stored-bodies.ts";

/**
 * The snapshot's model. One that another release stored in another form is made anew from the body, which never
 * changes.
 * @throws MissingBodyError
 */
export const readModel = async (
  bodies: Pick<BodyStore, "get">,
  snapshot: Pick<Snapshot, "modelKey" | "bodyKey">,
): Promise<SpecModel> => {
  const stored = await bodies.get(snapshot.modelKey);
  return (stored && decodeOwnModel(stored)) ?? normalize(parseDocument(await readBody(bodies, snapshot.bodyKey)));
};

/** `undefined` when the bytes are not a model of this release. */
const decodeOwnModel = (bytes: Uint8Array): SpecModel | undefined => {
  try {
    return decodeModel(bytes);
  } catch (error) {
    if (error instanceof StoredModelError) return undefined;
    throw error;
  }
};
