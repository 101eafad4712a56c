import type { SecurityAlternative, SpecModel } from "../spec/model.ts";
import type { OperationRef } from "./change-set.ts";
import type { FactCollector } from "./fact-collector.ts";
import { canonicalText } from "./json.ts";
import type { OperationContext } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

/** New name of each security scheme that only its name changed of, by its old name. */
export type RenamedSchemes = ReadonlyMap<string, string>;

/** Finds the security schemes that are in both documents under different names. */
export function renamedSchemesOf(before: SpecModel, after: SpecModel): RenamedSchemes {
  const kept = new Set(before.securitySchemes.map(({ name }) => name));
  const open = after.securitySchemes.filter(({ name }) => !kept.has(name));
  const names = new Set(after.securitySchemes.map(({ name }) => name));
  const renamed = new Map<string, string>();
  for (const old of before.securitySchemes) {
    if (names.has(old.name)) continue;
    const index = open.findIndex(({ hash }) => hash === old.hash);
    const [fresh] = index === -1 ? [] : open.splice(index, 1);
    if (fresh !== undefined) renamed.set(old.name, fresh.name);
  }
  return renamed;
}

/** `security` under the names of the new document, in the order that they give. */
function withNewNames(security: SecurityAlternative[], renamed: RenamedSchemes): SecurityAlternative[] {
  if (renamed.size === 0) return security;
  return security
    .map((alternative) =>
      alternative
        .map(({ scheme, scopes }) => ({ scheme: renamed.get(scheme) ?? scheme, scopes }))
        .sort((left, right) => (left.scheme < right.scheme ? -1 : 1)),
    )
    .sort((left, right) => (canonicalText(left) < canonicalText(right) ? -1 : 1));
}

/** Compares what a pair of operations asks for. One change of the document's own requirement is one global fact. */
export function compareOperationSecurity(
  context: OperationContext,
  before: SpecModel,
  after: SpecModel,
  renamed: RenamedSchemes,
): void {
  const was = withNewNames(context.before.security, renamed);
  const is = context.after.security;
  if (canonicalText(was) === canonicalText(is)) return;
  const isInherited = equals(context.before.security, before.security) && equals(is, after.security);
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

/**
 * Compares the security schemes by name; `usedBy` are the operations that ask for them. Clients never see the name: one
 * under another name is what it was.
 */
export function compareSecuritySchemes(
  before: SpecModel,
  after: SpecModel,
  collector: FactCollector,
  renamed: RenamedSchemes,
): void {
  const open = new Map(after.securitySchemes.map((scheme) => [scheme.name, scheme]));
  const place = { scope: "global", direction: "none" } as const;
  for (const old of before.securitySchemes) {
    const name = renamed.get(old.name) ?? old.name;
    const fresh = open.get(name);
    open.delete(name);
    if (fresh !== undefined && fresh.hash === old.hash) continue;
    const action = fresh === undefined ? "removed" : "changed";
    collector.state(
      { subject: "security-scheme", action, before: old, after: fresh },
      { before: old.pointer, after: fresh?.pointer ?? null, ...place },
      usersOf(before, old.name),
    );
  }
  for (const fresh of open.values()) {
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
