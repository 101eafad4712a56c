import type { ServerNode } from "../spec/model.ts";
import type { OperationContext } from "./operation-context.ts";

/** The document's own servers stand elsewhere. Where several documents make one model, its pointers start with the document. */
const inPathItem = /^(?:\/[^/]+)?\/paths\//;

/** Compares the servers of a pair of operations, inherited ones included. One server for another is a change. */
export function compareServers(context: OperationContext): void {
  const open = new Map(context.after.servers.map((server) => [server.url, server]));
  const removed: ServerNode[] = [];
  for (const server of context.before.servers) {
    if (!open.delete(server.url)) removed.push(server);
  }
  const added = [...open.values()];
  const [old] = removed;
  const [fresh] = added;
  if (removed.length === 1 && added.length === 1 && context.after.servers.length === 1) {
    stateServer(context, "changed", old, fresh);
    return;
  }
  for (const server of removed) stateServer(context, "removed", server, undefined);
  for (const server of added) stateServer(context, "added", undefined, server);
}

function stateServer(
  context: OperationContext,
  action: "added" | "removed" | "changed",
  before: ServerNode | undefined,
  after: ServerNode | undefined,
): void {
  const pointer = (after ?? before)?.pointer ?? "";
  context.state(
    { subject: "server", action, before, after },
    {
      before: before?.pointer ?? null,
      after: after?.pointer ?? null,
      scope: inPathItem.test(pointer) ? "endpoint" : "global",
      direction: "none",
      edit: `${pointer} ${(after ?? before)?.url ?? ""}`,
    },
  );
}
