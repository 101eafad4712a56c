import type { HeaderNode, NodeBase, ResponseNode } from "../spec/model.ts";
import { compareContents } from "./bodies.ts";
import { directionOf, type OperationContext, useOf } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

/** Compares the responses of a pair of operations: statuses, headers, links and bodies. */
export function compareResponses(context: OperationContext): void {
  const open = new Map(context.after.responses.map((response) => [response.status, response]));
  for (const before of context.before.responses) {
    const after = open.get(before.status);
    open.delete(before.status);
    if (after === undefined) stateResponse(context, before, undefined);
    else if (before.hash !== after.hash) compareResponse(context, before, after);
  }
  for (const after of open.values()) stateResponse(context, undefined, after);
}

function stateResponse(
  context: OperationContext,
  before: ResponseNode | undefined,
  after: ResponseNode | undefined,
): void {
  const node = after ?? before;
  if (node === undefined) return;
  const owner: NodeBase = after === undefined ? context.before : context.after;
  context.state(
    { subject: "response", action: before === undefined ? "added" : "removed", before, after },
    {
      before: before?.pointer ?? null,
      after: after?.pointer ?? null,
      edit: useOf(owner, node, "responses", node.status),
      direction: directionOf(context, "response"),
      container: containerOf(context, node),
      status: node.status,
    },
  );
}

function containerOf(context: OperationContext, response: ResponseNode): string {
  return context.reversed ? `the answer ${response.status}` : `the response ${response.status}`;
}

function compareResponse(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  const container = containerOf(context, after);
  compareContents(context, before, after, { part: "response", container, status: after.status });
  compareHeaders(context, before, after);
  compareLinks(context, before, after);
}

function compareHeaders(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  const direction = directionOf(context, "response");
  if (direction === "request") return;
  const place = (header: HeaderNode) => ({
    direction,
    container: `the response header \`${header.name}\``,
    status: after.status,
  });
  const open = new Map(after.headers.map((header) => [header.name, header]));
  for (const old of before.headers) {
    const fresh = open.get(old.name);
    open.delete(old.name);
    if (fresh === undefined) {
      const edit = useOf(before, old, "headers", old.name);
      const statement = { subject: "header", action: "removed", before: old, after: undefined } as const;
      context.state(statement, { before: old.pointer, after: null, edit, ...place(old) });
    } else if (old.hash !== fresh.hash) {
      compareHeader(context, old, fresh, place(fresh));
    }
  }
  for (const fresh of open.values()) {
    const edit = useOf(after, fresh, "headers", fresh.name);
    const statement = { subject: "header", action: "added", before: undefined, after: fresh } as const;
    context.state(statement, { before: null, after: fresh.pointer, edit, ...place(fresh) });
  }
}

function compareHeader(
  context: OperationContext,
  before: HeaderNode,
  after: HeaderNode,
  place: { direction: "response"; container: string; status: string },
): void {
  if (before.required !== after.required) {
    const action = after.required ? "became-required" : "became-optional";
    const edit = childPointer(after.pointer, "required");
    context.state(
      { subject: "header-required", action, before, after },
      { before: before.pointer, after: after.pointer, edit, ...place },
    );
  }
  const beforeId = before.schema ?? before.content?.schema;
  const afterId = after.schema ?? after.content?.schema;
  if (before.deprecated !== after.deprecated) stateAspect(context, before, after, "deprecated", place);
  if (beforeId === undefined || afterId === undefined) return;
  if (before.explode !== after.explode && context.walk.mayBeObject(beforeId, afterId)) {
    stateAspect(context, before, after, "explode", place);
  }
  const { direction: _, ...where } = place;
  const root = { site: "response-header", pointer: after.pointer, scope: "endpoint", ...where } as const;
  context.walk.enter(beforeId, afterId, root, context.operation);
}

function stateAspect(
  context: OperationContext,
  before: HeaderNode,
  after: HeaderNode,
  aspect: "deprecated" | "explode",
  place: { direction: "response"; container: string; status: string },
): void {
  const edit = childPointer(after.pointer, aspect);
  context.state(
    { subject: "header-aspect", action: "changed", aspect, before: before[aspect], after: after[aspect] },
    { before: before.pointer, after: after.pointer, edit, ...place },
  );
}

function compareLinks(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  const place = { direction: "none", container: `the response ${after.status}`, status: after.status } as const;
  const open = new Map(after.links.map((link) => [link.name, link]));
  for (const old of before.links) {
    const fresh = open.get(old.name);
    open.delete(old.name);
    if (fresh !== undefined && fresh.hash === old.hash) continue;
    const action = fresh === undefined ? "removed" : "changed";
    context.state(
      { subject: "link", action, before: old, after: fresh },
      { before: old.pointer, after: fresh?.pointer ?? null, ...place },
    );
  }
  for (const fresh of open.values()) {
    context.state(
      { subject: "link", action: "added", before: undefined, after: fresh },
      { before: null, after: fresh.pointer, ...place },
    );
  }
}
