import type { OperationRef } from "../diff/change-set.ts";
import type { OperationSummary } from "../spec/model.ts";

/** What an operation can be filtered by as a domain: its tags, and its first path segment. */
export const domainsOfOperation = ({ domain, tags, path }: OperationSummary): string[] => [
  ...new Set([domain, ...tags, path.split("/")[1] ?? ""]),
];

/** Looks up the domains of an operation, in whichever of two documents it has them. */
export const domainsAmong = (
  operations: readonly OperationSummary[],
): ((operation: OperationRef) => readonly string[]) => {
  const byName = Map.groupBy(operations, nameOf);
  return (operation) => (byName.get(nameOf(operation)) ?? []).flatMap(domainsOfOperation);
};

const nameOf = ({ method, path }: OperationRef): string => `${method} ${path}`;
