import type { OperationNode } from "../spec/model.ts";
import type { SchemaMeanings } from "./meanings.ts";
import { contentOf, tellContentsApart } from "./operation-contents.ts";

export type OperationMatches = {
  pairs: [before: OperationNode, after: OperationNode][];
  /** Same content, same method, another path. */
  moved: [before: OperationNode, after: OperationNode][];
  removed: OperationNode[];
  added: OperationNode[];
};

/**
 * Finds which operation became which: by method and path with the names of path parameters erased, and what is left by
 * content, where exactly one operation on each side has that content.
 */
export function matchOperations(
  before: OperationNode[],
  after: OperationNode[],
  meanings: Pick<SchemaMeanings, "tellApart">,
): OperationMatches {
  const open = new Map(after.map((operation) => [addressOf(operation), operation]));
  const matches: OperationMatches = { pairs: [], moved: [], removed: [], added: [] };
  for (const operation of before) {
    const partner = open.get(addressOf(operation));
    if (partner === undefined) matches.removed.push(operation);
    else {
      matches.pairs.push([operation, partner]);
      open.delete(addressOf(operation));
    }
  }
  matches.added = [...open.values()];
  recogniseMoves(matches, meanings);
  return matches;
}

function addressOf(operation: OperationNode): string {
  return `${operation.method} ${operation.pathKey}`;
}

function recogniseMoves(matches: OperationMatches, meanings: Pick<SchemaMeanings, "tellApart">): void {
  if (matches.removed.length === 0 || matches.added.length === 0) return;
  tellContentsApart(matches, meanings);
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

/** Whether the content alone can identify an operation: many have a bare 204 and nothing else. */
function isTelling(operation: OperationNode): boolean {
  return (
    operation.requestBody !== undefined ||
    operation.responses.some(
      (response) => response.status.startsWith("2") && response.content.some((media) => media.schema !== undefined),
    )
  );
}
