import type { CauseScope, Direction, OperationRef } from "./change-set.ts";
import type { ContractFact, ContractStatement, Fact } from "./facts.ts";
import { type OperationSet, operationSetOf } from "./operation-set.ts";

/** Where a statement about anything but a schema stands. */
export type ContractPlace = {
  before: string | null;
  after: string | null;
  scope: CauseScope;
  direction: Direction;
  /** @default "" */
  container?: string;
  parameter?: { in: string; name: string };
  status?: string;
  mediaType?: string;
  /** Names the edit. @default `after`, else `before` */
  edit?: string;
};

export type FactCollector = {
  /** Adds a statement; one that was made before at the same edit and place only gains `operations`. */
  state(statement: ContractStatement, place: ContractPlace, operations: readonly OperationRef[]): void;
  facts(): Fact[];
};

/** Gathers facts so that one edit of a shared part (a path item, a component) is one fact with many operations. */
export function createFactCollector(): FactCollector {
  const gathered = new Map<string, { fact: ContractFact; operations: OperationSet }>();
  return {
    state(statement, { direction, ...place }, operations) {
      const edit = place.edit ?? place.after ?? place.before ?? "";
      const detail = "aspect" in statement ? statement.aspect : "";
      const key = [statement.subject, statement.action, detail, direction, edit, place.before, place.after].join(" ");
      const known = gathered.get(key);
      if (known !== undefined) {
        for (const operation of operations) known.operations.add(operation);
        return;
      }
      const location = { ...place, container: place.container ?? "", edit };
      gathered.set(key, {
        fact: { ...statement, location, direction, usedBy: [] },
        operations: operationSetOf(operations),
      });
    },
    facts: () => [...gathered.values()].map(({ fact, operations }) => ({ ...fact, usedBy: operations.sorted() })),
  };
}
