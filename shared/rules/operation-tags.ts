import type { OperationRef } from "../diff/change-set.ts";
import type { SpecModel } from "../spec/model.ts";

/** The tags of operations, whichever of `models` has them. */
export function tagIndexOf(...models: readonly SpecModel[]): (operation: OperationRef) => readonly string[] {
  const tags = new Map<string, string[]>();
  for (const { operations } of models) {
    for (const { method, path, tags: own } of operations) {
      const key = `${method} ${path}`;
      tags.set(key, [...(tags.get(key) ?? []), ...own]);
    }
  }
  return ({ method, path }) => tags.get(`${method} ${path}`) ?? [];
}
