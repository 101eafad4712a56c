import type { Level, OperationRef } from "../diff/change-set.ts";
import type { SpecModel } from "../spec/model.ts";
import { pathKeyOf } from "../spec/normalize/path-keys.ts";
import { isUnstable } from "./lifecycle.ts";

/** Rules that tell of the level itself. */
const aboutStability = new Set(["api-stability-decreased", "api-invalid-stability-level"]);

export type Leniency = (ruleId: string, level: Level, operations: readonly OperationRef[]) => Level;

/**
 * A change that reaches only operations that were draft or alpha breaks no promise, whatever it is: clients were told to
 * expect it. It is still found, as safe.
 */
export function leniencyFor(before: SpecModel): Leniency {
  const keyOf = ({ method, path }: OperationRef) => `${method} ${pathKeyOf(path)}`;
  const unstable = new Set(
    [...before.operations, ...before.webhooks].filter(({ stability }) => isUnstable(stability)).map(keyOf),
  );
  return (ruleId, level, operations) => {
    if (unstable.size === 0 || operations.length === 0 || aboutStability.has(ruleId)) return level;
    return operations.every((operation) => unstable.has(keyOf(operation))) ? "safe" : level;
  };
}
