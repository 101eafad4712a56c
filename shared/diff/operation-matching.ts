import type { OperationNode } from "../spec/model.ts";
import { frameOfOperation, tellContentsApart } from "./content-frames.ts";
import { canonicalText } from "./json.ts";
import type { SchemaWalk } from "./schema-walk.ts";
import { pairUnique } from "./unique-pairs.ts";

export type OperationMatches = {
  pairs: [before: OperationNode, after: OperationNode][];
  /** Same content, and either the path or the method is another. */
  moved: [before: OperationNode, after: OperationNode][];
  removed: OperationNode[];
  added: OperationNode[];
};

/**
 * Finds which operation became which: by method and path, then with the names of path parameters erased, and what is left by
 * content or operation id, where exactly one operation on each side has it.
 */
export function matchOperations(
  before: OperationNode[],
  after: OperationNode[],
  sides: Pick<SchemaWalk, "beforeSide" | "afterSide">,
): OperationMatches {
  // A document may have two paths that differ in the names of their parameters alone: their own names tell them apart.
  const named = pairUnique(before, after, ({ method, path }) => `${method} ${path}`);
  const addressed = pairUnique(named.before, named.after, addressOf);
  const matches: OperationMatches = {
    pairs: [...named.pairs, ...addressed.pairs],
    moved: [],
    removed: addressed.before,
    added: addressed.after,
  };
  tellContentsApart({ before: matches.removed, after: matches.added }, sides, frameOfOperation);
  recogniseMoves(matches);
  return matches;
}

function addressOf(operation: OperationNode): string {
  return `${operation.method} ${operation.pathKey}`;
}

const likenesses: readonly ((operation: OperationNode) => string | undefined)[] = [
  (operation) => `${operation.method} ${contentOf(operation)}`,
  (operation) => `${operation.pathKey} ${contentOf(operation)}`,
  ({ method, operationId }) => (operationId === undefined ? undefined : `${method} ${operationId}`),
  ({ pathKey, operationId }) => (operationId === undefined ? undefined : `${pathKey} ${operationId}`),
];

/** What was deprecated was announced to go: it did not move, whatever came. */
function recogniseMoves(matches: OperationMatches): void {
  for (const keyOf of likenesses) {
    const { pairs, before, after } = pairUnique(matches.removed, matches.added, keyOf, isOneOperation);
    matches.moved.push(...pairs);
    matches.removed = before;
    matches.added = after;
  }
}

function isOneOperation(old: OperationNode, fresh: OperationNode): boolean {
  const hasSameId = old.operationId !== undefined && old.operationId === fresh.operationId;
  return !old.deprecated && (hasSameId || isTelling(old));
}

/** What an operation takes and gives, apart from its address. */
function contentOf(operation: OperationNode): string {
  return canonicalText([
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
