import type { OperationNode, SpecModel } from "../spec/model.ts";
import { compareRequestBodies } from "./bodies.ts";
import { compareCallbacks } from "./callbacks.ts";
import type { OperationRef } from "./change-set.ts";
import type { FactCollector } from "./fact-collector.ts";
import type { OperationContext, Siblings } from "./operation-context.ts";
import { matchOperations } from "./operation-matching.ts";
import { compareParameters, isSameLifecycle, lifecycleOf } from "./parameters.ts";
import { childPointer, parentPointer } from "./pointer.ts";
import { compareResponses } from "./responses.ts";
import type { SchemaWalk } from "./schema-walk.ts";
import { compareOperationSecurity, type RenamedSchemes } from "./security.ts";
import { compareServers } from "./servers.ts";

/** What comparing operations needs beside the operations. */
export type OperationsComparison = {
  before: SpecModel;
  after: SpecModel;
  walk: SchemaWalk;
  collector: FactCollector;
  siblings: Siblings;
  renamedSchemes: RenamedSchemes;
};

/** Compares the operations under `paths`. */
export function compareOperations(comparison: OperationsComparison): void {
  const { before, after, collector, walk } = comparison;
  const matches = matchOperations(before.operations, after.operations, walk);
  for (const [old, fresh] of matches.pairs) compareOperationPair(comparison, old, fresh, refOf(fresh), false);
  const oldPaths = new Set(before.operations.map((operation) => operation.pathKey));
  const newPaths = new Set(after.operations.map((operation) => operation.pathKey));
  const state = (
    action: "added" | "removed" | "moved" | "method-changed",
    old: OperationNode | undefined,
    fresh: OperationNode | undefined,
    wholePath: boolean,
  ): void => {
    const node = fresh ?? old;
    if (node === undefined) return;
    // A path item that came or went is one edit, with a fact for each of its operations.
    const edit = wholePath ? (parentPointer(node.pointer) ?? node.pointer) : node.pointer;
    collector.state(
      { subject: "operation", action, before: old, after: fresh, wholePath },
      { before: old?.pointer ?? null, after: fresh?.pointer ?? null, scope: "endpoint", direction: "none", edit },
      [refOf(old ?? node)],
    );
  };
  for (const [old, fresh] of matches.moved) {
    state(old.pathKey === fresh.pathKey ? "method-changed" : "moved", old, fresh, false);
  }
  for (const old of matches.removed) state("removed", old, undefined, !newPaths.has(old.pathKey));
  for (const fresh of matches.added) state("added", undefined, fresh, !oldPaths.has(fresh.pathKey));
}

/** Compares the webhooks by name and method: their payloads travel to the client. */
export function compareWebhooks(comparison: OperationsComparison): void {
  const { before, after, collector, walk } = comparison;
  const matches = matchOperations(before.webhooks, after.webhooks, walk);
  for (const [old, fresh] of matches.pairs) compareOperationPair(comparison, old, fresh, refOf(fresh), true);
  const place = { scope: "endpoint", direction: "none" } as const;
  const state = (old: OperationNode | undefined, fresh: OperationNode | undefined, edit?: string): void => {
    const node = fresh ?? old;
    if (node === undefined) return;
    collector.state(
      { subject: "webhook", action: fresh === undefined ? "removed" : "added", before: old, after: fresh },
      { before: old?.pointer ?? null, after: fresh?.pointer ?? null, ...place, edit: edit ?? node.pointer },
      [refOf(node)],
    );
  };
  for (const [old, fresh] of matches.moved) {
    state(old, undefined, fresh.pointer);
    state(undefined, fresh, fresh.pointer);
  }
  for (const old of matches.removed) state(old, undefined);
  for (const fresh of matches.added) state(undefined, fresh);
}

function refOf({ method, path }: OperationNode): OperationRef {
  return { method, path };
}

function compareOperationPair(
  comparison: OperationsComparison,
  before: OperationNode,
  after: OperationNode,
  operation: OperationRef,
  reversed: boolean,
  callback?: string,
): void {
  const { collector, walk, siblings } = comparison;
  const context: OperationContext = {
    before,
    after,
    operation,
    reversed,
    ...(callback !== undefined && { callback }),
    walk,
    siblings,
    state: (statement, place) => collector.state(statement, { scope: "endpoint", ...place }, [operation]),
  };
  compareLabels(context);
  enterUnreadBodies(context);
  if (before.hash === after.hash && before.path === after.path) return;
  compareParameters(context);
  compareRequestBodies(context);
  compareResponses(context);
  compareOperationSecurity(context, comparison.before, comparison.after, comparison.renamedSchemes);
  compareServers(context);
  compareCallbacks(context, (old, fresh, name) => compareOperationPair(comparison, old, fresh, operation, true, name));
}

/** What was left unread of an operation is written alike in both documents: it differs at most in what it leads to. */
function enterUnreadBodies({ before, walk, operation }: OperationContext): void {
  for (const body of walk.beforeSide.meanings.unreadBodiesOf(before)) walk.enterUnread(body, operation);
}

/** What is said about an operation without changing what it takes or gives: it may hash apart, so it is always read. */
function compareLabels(context: OperationContext): void {
  const { before, after } = context;
  const pointers = { before: before.pointer, after: after.pointer };
  const container = context.callback === undefined ? "the operation" : `the callback \`${context.callback}\``;
  if (!isSameLifecycle(before, after)) {
    const [was, is] = [lifecycleOf(before), lifecycleOf(after)];
    const edit = childPointer(after.pointer, "deprecated");
    context.state(
      { subject: "lifecycle", action: "changed", before: was, after: is },
      { ...pointers, direction: "none", edit, container },
    );
  }
  if (context.callback !== undefined) return;
  if (before.operationId !== after.operationId) {
    const action = before.operationId === undefined ? "added" : after.operationId === undefined ? "removed" : "changed";
    const edit = childPointer(after.pointer, "operationId");
    context.state(
      { subject: "operation-id", action, before: before.operationId, after: after.operationId },
      { ...pointers, direction: "none", edit },
    );
  }
  compareTags(context);
}

function compareTags({ before, after, state }: OperationContext): void {
  const pointers = { before: before.pointer, after: after.pointer };
  const place = (tag: string) => ({
    ...pointers,
    direction: "none" as const,
    edit: `${childPointer(after.pointer, "tags")} ${tag}`,
  });
  for (const tag of before.tags) {
    if (after.tags.includes(tag)) continue;
    state({ subject: "operation-tag", action: "removed", before: tag, after: undefined }, place(tag));
  }
  for (const tag of after.tags) {
    if (before.tags.includes(tag)) continue;
    state({ subject: "operation-tag", action: "added", before: undefined, after: tag }, place(tag));
  }
}
