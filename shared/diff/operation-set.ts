import type { OperationRef } from "./change-set.ts";

/** Orders operations by path, then by method. */
export function compareOperationRefs(left: OperationRef, right: OperationRef): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  if (left.method !== right.method) return left.method < right.method ? -1 : 1;
  return 0;
}

export type OperationSet = { add(operation: OperationRef): void; sorted(): OperationRef[] };

/** A set of operations, equal by method and path. */
export function operationSetOf(operations: Iterable<OperationRef> = []): OperationSet {
  const byKey = new Map<string, OperationRef>();
  const add = (operation: OperationRef): void => {
    byKey.set(`${operation.method} ${operation.path}`, operation);
  };
  for (const operation of operations) add(operation);
  return { add, sorted: () => [...byKey.values()].sort(compareOperationRefs) };
}
