import type { OperationNode } from "../spec/model.ts";
import { canonicalText } from "./json.ts";

export type OperationMatches = {
  pairs: [before: OperationNode, after: OperationNode][];
  /** Same content, same method, another path. */
  moved: [before: OperationNode, after: OperationNode][];
  removed: OperationNode[];
  added: OperationNode[];
};

/**
 * Finds which operation became which: by method and path, then with the names of path parameters erased, and what is left by
 * content, where exactly one operation on each side has that content.
 */
export function matchOperations(before: OperationNode[], after: OperationNode[]): OperationMatches {
  const matches: OperationMatches = { pairs: [], moved: [], removed: [...before], added: [...after] };
  // Two paths may differ in nothing but their names: each is first of all itself.
  pairUp(matches, ({ method, path }) => `${method} ${path}`);
  pairUp(matches, addressOf);
  recogniseMoves(matches);
  return matches;
}

function pairUp(matches: OperationMatches, keyOf: (operation: OperationNode) => string): void {
  const open = new Map<string, OperationNode[]>();
  for (const operation of matches.added) {
    const known = open.get(keyOf(operation));
    if (known === undefined) open.set(keyOf(operation), [operation]);
    else known.push(operation);
  }
  matches.removed = matches.removed.filter((operation) => {
    const partner = open.get(keyOf(operation))?.shift();
    if (partner !== undefined) matches.pairs.push([operation, partner]);
    return partner === undefined;
  });
  matches.added = [...open.values()].flat();
}

function addressOf(operation: OperationNode): string {
  return `${operation.method} ${operation.pathKey}`;
}

function recogniseMoves(matches: OperationMatches): void {
  if (matches.removed.length === 0 || matches.added.length === 0) return;
  const removedByContent = groupByContent(matches.removed);
  const addedByContent = groupByContent(matches.added);
  const moved = new Set<OperationNode>();
  for (const [content, olds] of removedByContent) {
    const news = addedByContent.get(content) ?? [];
    const [old] = olds;
    const [fresh] = news;
    if (olds.length !== 1 || news.length !== 1 || old === undefined || fresh === undefined) continue;
    if (!isTelling(old) && (old.operationId === undefined || old.operationId !== fresh.operationId)) continue;
    matches.moved.push([old, fresh]);
    moved.add(old).add(fresh);
  }
  matches.removed = matches.removed.filter((operation) => !moved.has(operation));
  matches.added = matches.added.filter((operation) => !moved.has(operation));
}

function groupByContent(operations: OperationNode[]): Map<string, OperationNode[]> {
  const groups = new Map<string, OperationNode[]>();
  for (const operation of operations) {
    const content = contentOf(operation);
    groups.set(content, [...(groups.get(content) ?? []), operation]);
  }
  return groups;
}

/** What an operation takes and gives, apart from its address. */
function contentOf(operation: OperationNode): string {
  return canonicalText([
    operation.method,
    operation.pathKey.split("{}").length,
    operation.parameters.filter((one) => one.in !== "path").map((one) => [one.in, one.name, one.hash]),
    operation.requestBody?.hash ?? null,
    operation.responses.map((response) => [response.status, response.hash]),
    operation.security.map((alternative) => alternative.map((one) => [one.scheme, one.scopes])),
  ]);
}

/** Whether the content alone can identify an operation: many have a bare 204 and nothing else. */
function isTelling(operation: OperationNode): boolean {
  return (
    operation.requestBody !== undefined ||
    operation.responses.some(
      (response) => response.status.startsWith("2") && response.content.some((media) => media.schema !== undefined),
    )
  );
}
