import type { NodeBase, OperationNode } from "../spec/model.ts";
import type { Direction, OperationRef } from "./change-set.ts";
import type { ContractPlace } from "./fact-collector.ts";
import type { ContractStatement } from "./facts.ts";
import { childPointer, parentPointer } from "./pointer.ts";
import type { SchemaWalk } from "./schema-walk.ts";

/** A pair of operations under comparison. */
export type OperationContext = {
  before: OperationNode;
  after: OperationNode;
  /** The operation that facts name: the new spelling of its path. For a callback, the operation that registers it. */
  operation: OperationRef;
  /** A webhook or callback: its "request" is what the client receives. */
  reversed: boolean;
  walk: SchemaWalk;
  state(
    statement: ContractStatement,
    place: Omit<ContractPlace, "scope"> & Partial<Pick<ContractPlace, "scope">>,
  ): void;
};

/** The direction in which what the description calls a request (or a response) travels, seen from the client. */
export function directionOf(context: OperationContext, part: "request" | "response"): Exclude<Direction, "none"> {
  if (!context.reversed) return part;
  return part === "request" ? "response" : "request";
}

/**
 * Names the edit that added `node` to `owner` or took it away. A `$ref` to a component is an edit of its owner, and
 * so is told from an edit of the component, which `node.pointer` would name.
 */
export function useOf(owner: NodeBase, node: NodeBase, ...tokens: string[]): string {
  const isOwn = node.pointer.startsWith(`${owner.pointer}/`);
  const isPathItems = node.pointer.startsWith(`${parentPointer(owner.pointer) ?? ""}/parameters/`);
  return isOwn || isPathItems ? node.pointer : childPointer(owner.pointer, ...tokens);
}
