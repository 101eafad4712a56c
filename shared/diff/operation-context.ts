import type { NodeBase, OperationNode, ParameterNode, SpecModel } from "../spec/model.ts";
import type { Direction, OperationRef } from "./change-set.ts";
import type { ContractPlace } from "./fact-collector.ts";
import type { ContractStatement } from "./facts.ts";
import { childPointer, parentPointer } from "./pointer.ts";
import type { SchemaWalk } from "./schema-walk.ts";

/** Each operation under `paths`, of either document, with all operations of its path item. */
export type Siblings = ReadonlyMap<OperationNode, readonly OperationNode[]>;

/** Groups the operations of each model by path item. */
export function siblingsOf(...models: SpecModel[]): Siblings {
  const siblings = new Map<OperationNode, OperationNode[]>();
  for (const { operations } of models) {
    const byPathItem = new Map<string, OperationNode[]>();
    for (const operation of operations) {
      const item = parentPointer(operation.pointer) ?? "";
      const group = byPathItem.get(item) ?? [];
      group.push(operation);
      byPathItem.set(item, group);
      siblings.set(operation, group);
    }
  }
  return siblings;
}

/** A pair of operations under comparison. */
export type OperationContext = {
  before: OperationNode;
  after: OperationNode;
  /** The operation that facts name: the new spelling of its path. For a callback, the operation that registers it. */
  operation: OperationRef;
  /** A webhook or callback: its "request" is what the client receives. */
  reversed: boolean;
  /** Name of the callback that the pair belongs to. */
  callback?: string;
  /** The part of a body that the compared headers belong to. */
  within?: string;
  walk: SchemaWalk;
  siblings: Siblings;
  state(
    statement: ContractStatement,
    place: Omit<ContractPlace, "scope"> & Partial<Pick<ContractPlace, "scope">>,
  ): void;
};

/** `thing` as a part of the callback, where one operation may have several. */
export function partOf({ callback }: OperationContext, thing: string): string {
  return callback === undefined ? thing : `${thing} of the callback \`${callback}\``;
}

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

/**
 * `useOf` for a parameter. The model has path-level parameters in each operation: a `$ref` to a component that every
 * operation of the path has is an edit of the path item.
 */
export function useOfParameter({ siblings }: OperationContext, owner: OperationNode, parameter: ParameterNode): string {
  const tokens = ["parameters", `${parameter.in} ${parameter.name}`];
  const others = siblings.get(owner) ?? [];
  const isOnPath =
    others.length > 1 && others.every((one) => one.parameters.some(({ pointer }) => pointer === parameter.pointer));
  const use = useOf(owner, parameter, ...tokens);
  return isOnPath && use !== parameter.pointer ? childPointer(parentPointer(owner.pointer) ?? "", ...tokens) : use;
}
