import type { OperationNode, SecurityAlternative, SpecModel } from "../spec/model.ts";
import type { OperationRef } from "./change-set.ts";
import type { FactCollector } from "./fact-collector.ts";
import { canonicalText } from "./json.ts";
import type { OperationContext } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

/** Compares what a pair of operations asks for. One change of the document's own requirement is one global fact. */
export function compareOperationSecurity(context: OperationContext, before: SpecModel, after: SpecModel): void {
  const was = context.before.security;
  const is = context.after.security;
  if (canonicalText(was) === canonicalText(is)) return;
  const isInherited = equals(was, before.security) && equals(is, after.security);
  const pointers = isInherited
    ? { before: "/security", after: "/security" }
    : {
        before: childPointer(context.before.pointer, "security"),
        after: childPointer(context.after.pointer, "security"),
      };
  context.state(
    { subject: "security", action: "changed", before: was, after: is, global: isInherited },
    { ...pointers, scope: isInherited ? "global" : "endpoint", direction: "none" },
  );
}

function equals(left: SecurityAlternative[], right: SecurityAlternative[]): boolean {
  return canonicalText(left) === canonicalText(right);
}

/** Compares the security schemes by name; `usedBy` are the operations that ask for them. */
export function compareSecuritySchemes(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  const open = new Map(after.securitySchemes.map((scheme) => [scheme.name, scheme]));
  const place = { scope: "global", direction: "none" } as const;
  for (const old of before.securitySchemes) {
    const fresh = open.get(old.name);
    open.delete(old.name);
    if (fresh !== undefined && fresh.hash === old.hash) continue;
    const action = fresh === undefined ? "removed" : "changed";
    collector.state(
      { subject: "security-scheme", action, before: old, after: fresh },
      { before: old.pointer, after: fresh?.pointer ?? null, ...place },
      usersOf(before.operations, old.name),
    );
  }
  for (const fresh of open.values()) {
    collector.state(
      { subject: "security-scheme", action: "added", before: undefined, after: fresh },
      { before: null, after: fresh.pointer, ...place },
      usersOf(after.operations, fresh.name),
    );
  }
}

function usersOf(operations: OperationNode[], scheme: string): OperationRef[] {
  return operations
    .filter(({ security }) => security.some((alternative) => alternative.some((one) => one.scheme === scheme)))
    .map(({ method, path }) => ({ method, path }));
}
