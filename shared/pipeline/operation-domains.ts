import type { OperationRef } from "../diff/change-set.ts";
import type { BodyStore, SnapshotStore } from "../snapshots/ports.ts";
import type { OperationSummary } from "../spec/model.ts";
import { MissingBodyError } from "./errors.ts";
import { readBody } from "./stored-bodies.ts";

/** What an operation can be filtered by as a domain: its tags, and its first path segment. */
export const domainsOfOperation = ({ domain, tags, path }: OperationSummary): string[] => [
  ...new Set([domain, ...tags, path.split("/")[1] ?? ""]),
];

/**
 * The domains of the operations of these snapshots: a removed operation has its domain in the older one.
 * @throws MissingBodyError
 */
export const readDomains = async (
  ports: { bodies: BodyStore; snapshots: SnapshotStore },
  tenantId: string,
  dependencyId: string,
  snapshotIds: readonly (string | null)[],
): Promise<(operation: OperationRef) => readonly string[]> => {
  const domains = new Map<string, string[]>();
  for (const id of snapshotIds) {
    if (id === null) continue;
    const snapshot = await ports.snapshots.get(tenantId, dependencyId, id);
    if (snapshot === undefined) throw new MissingBodyError(`snapshot ${id}`);
    const bytes = await readBody(ports.bodies, snapshot.operationsKey);
    // Ours, and under the hash of its content.
    for (const operation of JSON.parse(new TextDecoder().decode(bytes)) as OperationSummary[]) {
      const name = `${operation.method} ${operation.path}`;
      domains.set(name, [...(domains.get(name) ?? []), ...domainsOfOperation(operation)]);
    }
  }
  return ({ method, path }) => domains.get(`${method} ${path}`) ?? [];
};
