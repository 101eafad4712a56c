import type { ServerNode } from "../spec/model.ts";
import type { OperationContext } from "./operation-context.ts";
import { addressOf, coversServer } from "./server-addresses.ts";

/** The document's own servers stand elsewhere. Where several documents make one model, its pointers start with the document. */
const inPathItem = /^(?:\/[^/]+)?\/paths\//;

/** Compares the servers of a pair of operations, inherited ones included. One server for another is a change. */
export function compareServers(context: OperationContext): void {
  const open = new Map(context.after.servers.map((server) => [addressOf(server.url), server]));
  const removed: ServerNode[] = [];
  for (const server of context.before.servers) {
    const address = addressOf(server.url);
    const fresh = open.get(address);
    if (fresh === undefined) removed.push(server);
    else compareVariables(context, server, fresh);
    open.delete(address);
  }
  const added = [...open.values()];
  const gone = removed.filter((server) => !context.after.servers.some((fresh) => coversServer(fresh, server)));
  const [old] = gone;
  const [fresh] = added;
  if (gone.length === 1 && added.length === 1 && context.after.servers.length === 1) {
    stateServer(context, "changed", old, fresh);
    return;
  }
  for (const server of gone) stateServer(context, "removed", server, undefined);
  for (const server of added) stateServer(context, "added", undefined, server);
}

function placeOf(before: ServerNode | undefined, after: ServerNode | undefined) {
  const pointer = (after ?? before)?.pointer ?? "";
  return {
    before: before?.pointer ?? null,
    after: after?.pointer ?? null,
    scope: inPathItem.test(pointer) ? ("endpoint" as const) : ("global" as const),
    direction: "none" as const,
    edit: `${pointer} ${(after ?? before)?.url ?? ""}`,
  };
}

function stateServer(
  context: OperationContext,
  action: "added" | "removed" | "changed",
  before: ServerNode | undefined,
  after: ServerNode | undefined,
): void {
  context.state({ subject: "server", action, before, after }, placeOf(before, after));
}

/** By position in the URL: a variable's name is not part of the address. */
function compareVariables(context: OperationContext, before: ServerNode, after: ServerNode): void {
  const names = variablesIn(after.url);
  for (const [position, old] of variablesIn(before.url).entries()) {
    const name = names[position] ?? old;
    const [was, is] = [before.variables?.[old], after.variables?.[name]];
    if (was === undefined || is === undefined) continue;
    const place = placeOf(before, after);
    const edit = `${place.edit} ${name}`;
    if (was.default !== is.default || was.enum?.join("\n") !== is.enum?.join("\n")) {
      const server = after.url;
      context.state(
        { subject: "server-variable", action: "changed", before: was, after: is, name, server },
        { ...place, edit },
      );
    }
  }
}

function variablesIn(url: string): string[] {
  return [...url.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? "");
}
