import type { OperationRef } from "../diff/change-set.ts";

/** A service of the tenant's own that calls an API. */
export type Consumer = {
  name: string;
  /** Who looks after it. */
  owner?: string;
  /** What it calls, by the document's own methods and paths; sorted, each once. */
  operations: OperationRef[];
};

/** Who calls which operations of a dependency. */
export type DependencyUsage = {
  tenantId: string;
  dependencyId: string;
  /** Sorted by name. */
  consumers: Consumer[];
  updatedAt: string;
};

/** A consumer that a change reaches. */
export type ConsumerHit = { name: string; owner?: string; operationCount: number };

const nameOf = ({ method, path }: OperationRef): string => `${method} ${path}`;

/**
 * The consumers that call one of the operations, those that call most of them first; all of them for what concerns the whole
 * document.
 */
export function consumersHit(consumers: readonly Consumer[], operations: readonly OperationRef[]): ConsumerHit[] {
  const reached = new Set(operations.map(nameOf));
  const hits = consumers.flatMap(({ name, owner, operations: called }): ConsumerHit[] => {
    const operationCount = reached.size === 0 ? called.length : called.filter((one) => reached.has(nameOf(one))).length;
    return operationCount === 0 ? [] : [{ name, ...(owner === undefined ? {} : { owner }), operationCount }];
  });
  return hits.sort((one, other) => other.operationCount - one.operationCount || (one.name < other.name ? -1 : 1));
}

/** The usage with these consumers in the place of those of their names, or of all. An empty one is taken away. */
export function applyUsage(
  before: DependencyUsage | undefined,
  given: Omit<DependencyUsage, "updatedAt">,
  replace: "all" | "named",
  atMs: number,
): DependencyUsage {
  const named = new Set(given.consumers.map(({ name }) => name));
  const kept = replace === "all" ? [] : (before?.consumers ?? []).filter(({ name }) => !named.has(name));
  const consumers = [...kept, ...given.consumers.filter(({ operations }) => operations.length > 0)];
  return {
    ...given,
    consumers: consumers.sort((one, other) => (one.name < other.name ? -1 : 1)),
    updatedAt: new Date(atMs).toISOString(),
  };
}
