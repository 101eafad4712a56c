import type { ChangeSet } from "../diff/change-set.ts";
import type { BodyStore, SnapshotStore } from "../snapshots/ports.ts";
import type { OperationSummary } from "../spec/model.ts";
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

/**
 * The operations of these snapshots, one list after the other: a removed operation is in the older one alone.
 * @throws MissingBodyError
 */
export const readOperations = async (
  { bodies, snapshots }: { bodies: Pick<BodyStore, "get">; snapshots: Pick<SnapshotStore, "get"> },
  { tenantId, dependencyId }: { tenantId: string; dependencyId: string },
  snapshotIds: readonly string[],
): Promise<OperationSummary[]> => {
  const lists = snapshotIds.map(async (id) => {
    const snapshot = await snapshots.get(tenantId, dependencyId, id);
    if (snapshot === undefined) throw new MissingBodyError(`snapshot ${id}`);
    // As above.
    return JSON.parse(new TextDecoder().decode(await readBody(bodies, snapshot.operationsKey))) as OperationSummary[];
  });
  return (await Promise.all(lists)).flat();
};
