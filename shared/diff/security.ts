import type { SecurityAlternative, SecuritySchemeNode, SpecModel } from "../spec/model.ts";
import type { OperationRef } from "./change-set.ts";
import type { FactCollector } from "./fact-collector.ts";
import { canonicalText } from "./json.ts";
import type { OperationContext } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";
import { pairUnique } from "./unique-pairs.ts";

/** Compares what a pair of operations asks for. One change of the document's own requirement is one global fact. */
export function compareOperationSecurity(context: OperationContext, before: SpecModel, after: SpecModel): void {
  const was = context.before.security;
  const is = inOldNames(context.after.security, before, after);
  if (equals(was, is)) return;
  const isInherited = equals(was, before.security) && equals(context.after.security, after.security);
  // What the whole document asks of its clients says nothing of who calls them.
  if (isInherited && context.callback !== undefined) return;
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

/** A name is not sent: the same scheme under another is the same scheme. */
function matchSchemes(before: SpecModel, after: SpecModel) {
  const named = pairUnique(before.securitySchemes, after.securitySchemes, ({ name }) => name);
  return { named, renamed: pairUnique<SecuritySchemeNode>(named.before, named.after, ({ hash }) => hash) };
}

function inOldNames(security: SecurityAlternative[], before: SpecModel, after: SpecModel): SecurityAlternative[] {
  const oldNames = new Map(matchSchemes(before, after).renamed.pairs.map(([old, fresh]) => [fresh.name, old.name]));
  if (oldNames.size === 0) return security;
  const renamed = security.map((alternative) =>
    alternative
      .map((one) => ({ ...one, scheme: oldNames.get(one.scheme) ?? one.scheme }))
      .sort((left, right) => (left.scheme < right.scheme ? -1 : 1)),
  );
  return renamed.sort((left, right) => (canonicalText(left) < canonicalText(right) ? -1 : 1));
}

/** Compares the security schemes by name; `usedBy` are the operations that ask for them. */
export function compareSecuritySchemes(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  const place = { scope: "global", direction: "none" } as const;
  const { named, renamed } = matchSchemes(before, after);
  for (const [old, fresh] of named.pairs) {
    if (fresh.hash === old.hash) continue;
    collector.state(
      { subject: "security-scheme", action: "changed", before: old, after: fresh },
      { before: old.pointer, after: fresh.pointer, ...place },
      usersOf(before, old.name),
    );
  }
  for (const old of renamed.before) {
    collector.state(
      { subject: "security-scheme", action: "removed", before: old, after: undefined },
      { before: old.pointer, after: null, ...place },
      usersOf(before, old.name),
    );
  }
  for (const fresh of renamed.after) {
    collector.state(
      { subject: "security-scheme", action: "added", before: undefined, after: fresh },
      { before: null, after: fresh.pointer, ...place },
      usersOf(after, fresh.name),
    );
  }
}

function usersOf({ operations, webhooks }: SpecModel, scheme: string): OperationRef[] {
  return [...operations, ...webhooks]
    .filter(({ security }) => security.some((alternative) => alternative.some((one) => one.scheme === scheme)))
    .map(({ method, path }) => ({ method, path }));
}
