import type { CallbackNode, OperationNode } from "../spec/model.ts";
import type { OperationContext } from "./operation-context.ts";
import { pairUnique } from "./unique-pairs.ts";

type ComparePair = (before: OperationNode, after: OperationNode, callback: string) => void;

/** Compares the callbacks of a pair of operations. A callback's name is not sent; its expression is where it goes. */
export function compareCallbacks(context: OperationContext, comparePair: ComparePair): void {
  const place = { direction: "none" } as const;
  const { pairs, removed, added } = matchCallbacks(context.before.callbacks, context.after.callbacks);
  for (const [old, fresh] of pairs) {
    if (old.expression !== fresh.expression) {
      context.state(
        { subject: "callback", action: "redirected", before: old, after: fresh },
        { before: old.pointer, after: fresh.pointer, ...place },
      );
    }
    if (old.hash !== fresh.hash) compareMethods(context, old, fresh, comparePair);
  }
  for (const old of removed) {
    context.state(
      { subject: "callback", action: "removed", before: old, after: undefined },
      { before: old.pointer, after: null, ...place },
    );
  }
  for (const fresh of added) {
    context.state(
      { subject: "callback", action: "added", before: undefined, after: fresh },
      { before: null, after: fresh.pointer, ...place },
    );
  }
}

type CallbackMatches = { pairs: [CallbackNode, CallbackNode][]; removed: CallbackNode[]; added: CallbackNode[] };

/** By name and expression; what is left by its name, then by its expression, where only one on each side has it. */
function matchCallbacks(before: CallbackNode[], after: CallbackNode[]): CallbackMatches {
  const matches: CallbackMatches = { pairs: [], removed: before, added: after };
  const keys: ((callback: CallbackNode) => string)[] = [
    ({ name, expression }) => `${name} ${expression}`,
    ({ name }) => name,
    ({ expression }) => expression,
  ];
  for (const keyOf of keys) {
    const { pairs, before: olds, after: news } = pairUnique(matches.removed, matches.added, keyOf);
    matches.pairs.push(...pairs);
    matches.removed = olds;
    matches.added = news;
  }
  return matches;
}

/** By method; one method for another is the same call, made differently. */
function compareMethods(
  context: OperationContext,
  old: CallbackNode,
  fresh: CallbackNode,
  comparePair: ComparePair,
): void {
  const callback = fresh.name;
  const gone: OperationNode[] = [];
  const open = new Map(fresh.operations.map((operation) => [operation.method, operation]));
  for (const operation of old.operations) {
    const partner = open.get(operation.method);
    open.delete(operation.method);
    if (partner === undefined) gone.push(operation);
    else comparePair(operation, partner, callback);
  }
  const state = (
    action: "added" | "removed" | "changed",
    before: OperationNode | undefined,
    after: OperationNode | undefined,
  ): void =>
    context.state(
      { subject: "callback-operation", action, before, after, callback },
      { before: before?.pointer ?? null, after: after?.pointer ?? null, direction: "none" },
    );
  const [one, other] = [gone[0], [...open.values()][0]];
  if (one !== undefined && other !== undefined && gone.length === 1 && open.size === 1) {
    state("changed", one, other);
    comparePair(one, other, callback);
    return;
  }
  for (const operation of gone) state("removed", operation, undefined);
  for (const operation of open.values()) state("added", undefined, operation);
}
