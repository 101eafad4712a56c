import type { HeaderNode, LinkNode, NodeBase, ResponseNode } from "../spec/model.ts";
import { frameOfHeader, tellContentsApart } from "./content-frames.ts";
import { compareContents } from "./contents.ts";
import type { HeaderAspect } from "./facts.ts";
import { directionOf, type OperationContext, partOf, useOf } from "./operation-context.ts";
import { compareParameterLists, headersAsParameters } from "./parameters.ts";
import { childPointer } from "./pointer.ts";
import type { SchemaSide } from "./schema-side.ts";
import { differenceInWriting, type Serialization } from "./serialization.ts";
import { pairUnique } from "./unique-pairs.ts";

/**
 * Compares the responses of a pair of operations: statuses, headers, links and bodies. A status that only the one document
 * names is compared with the range of the other that covers it.
 */
export function compareResponses(context: OperationContext): void {
  const [olds, news] = [byStatus(context.before.responses), byStatus(context.after.responses)];
  const gone: ResponseNode[] = [];
  const fresh: ResponseNode[] = [];
  for (const before of olds.values()) {
    const same = news.get(before.status);
    const range = news.get(rangeOf(before.status));
    if (same !== undefined) compareResponse(context, before, same);
    else if (range !== undefined) {
      stateResponse(context, "generalized", before, range);
      compareResponse(context, before, range);
    } else {
      const inside = [...news.keys()].filter((status) => rangeOf(status) === before.status && !olds.has(status));
      if (inside.length === 0) gone.push(before);
    }
  }
  for (const after of news.values()) {
    if (olds.has(after.status)) continue;
    const range = olds.get(rangeOf(after.status));
    if (range !== undefined) {
      stateResponse(context, "specialized", range, after);
      compareResponse(context, range, after);
    } else {
      const isUnion = [...olds.keys()].some((status) => rangeOf(status) === after.status && !news.has(status));
      if (!isUnion) fresh.push(after);
    }
  }
  // One status for another of its class is a replacement: a single edit.
  const classOf = ({ status }: ResponseNode) => status.charAt(0);
  const { pairs, ...rest } = pairUnique(gone, fresh, classOf);
  for (const [before, after] of pairs) {
    const edit = `${childPointer(context.after.pointer, "responses")} ${classOf(after)}`;
    stateResponse(context, "removed", before, undefined, edit);
    stateResponse(context, "added", undefined, after, edit);
  }
  for (const before of rest.before) stateResponse(context, "removed", before, undefined);
  for (const after of rest.after) stateResponse(context, "added", undefined, after);
}

function byStatus(responses: ResponseNode[]): Map<string, ResponseNode> {
  return new Map(responses.map((response) => [response.status, response]));
}

/** `2XX` of `201`; `""` for what is no single status. */
function rangeOf(status: string): string {
  return /^\d{3}$/.test(status) ? `${status.charAt(0)}XX` : "";
}

function stateResponse(
  context: OperationContext,
  action: "added" | "removed" | "generalized" | "specialized",
  before: ResponseNode | undefined,
  after: ResponseNode | undefined,
  edit?: string,
): void {
  const node = after ?? before;
  if (node === undefined) return;
  const owner: NodeBase = after === undefined ? context.before : context.after;
  context.state(
    { subject: "response", action, before, after },
    {
      before: before?.pointer ?? null,
      after: after?.pointer ?? null,
      edit: edit ?? useOf(owner, node, "responses", node.status),
      direction: directionOf(context, "response"),
      container: containerOf(context, node),
      status: node.status,
    },
  );
}

function containerOf(context: OperationContext, response: ResponseNode): string {
  return partOf(context, context.reversed ? `the answer ${response.status}` : `the response ${response.status}`);
}

function compareResponse(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  if (before.hash === after.hash) return;
  const container = containerOf(context, after);
  compareContents(context, before, after, { part: "response", container, status: after.status });
  compareHeaders(context, before, after);
  compareLinks(context, before, after);
}

function compareHeaders(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  const direction = directionOf(context, "response");
  if (direction === "request") {
    // What a client sends with its answer is judged as what it sends with a request.
    const within = containerOf(context, after);
    const [olds, news] = [headersAsParameters(before.headers), headersAsParameters(after.headers)];
    compareParameterLists({ ...context, reversed: false, within }, olds, news);
    return;
  }
  const place = (header: HeaderNode) => ({
    direction,
    container: `the response header \`${header.name}\``,
    status: after.status,
  });
  const named = pairUnique(before.headers, after.headers, ({ name }) => name);
  for (const [old, fresh] of named.pairs) {
    if (old.hash !== fresh.hash) compareHeader(context, old, fresh, place(fresh));
  }
  const { beforeSide, afterSide } = context.walk;
  const state = (old: HeaderNode | undefined, fresh: HeaderNode | undefined, edit: string): void => {
    const node = fresh ?? old;
    if (node === undefined) return;
    context.state(
      { subject: "header", action: fresh === undefined ? "removed" : "added", before: old, after: fresh },
      { before: old?.pointer ?? null, after: fresh?.pointer ?? null, edit, ...place(node) },
    );
  };
  tellContentsApart(named, context.walk, frameOfHeader);
  const { pairs, ...rest } = pairUnique(named.before, named.after, (header, side) =>
    contentOf(side === "before" ? beforeSide : afterSide, header),
  );
  for (const [old, fresh] of pairs) {
    const edit = useOf(after, fresh, "headers", fresh.name);
    state(old, undefined, edit);
    state(undefined, fresh, edit);
  }
  for (const old of rest.before) state(old, undefined, useOf(before, old, "headers", old.name));
  for (const fresh of rest.after) state(undefined, fresh, useOf(after, fresh, "headers", fresh.name));
}

/** What a header says, apart from its name. */
function contentOf(side: SchemaSide, { required, deprecated, style, explode, schema, content }: HeaderNode): string {
  const hash = schema === undefined ? undefined : side.node(schema).hash;
  return JSON.stringify([required, deprecated, style, explode, hash, content?.hash]);
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
  if (before.content?.mediaType !== after.content?.mediaType) stateAspect(context, before, after, "mediaType", place);
  else {
    const types = context.walk.typesOf(beforeId, afterId);
    const writing = differenceInWriting(writingOf(before), writingOf(after), types);
    if (writing !== undefined) stateAspect(context, before, after, writing, place);
  }
  if (beforeId === undefined || afterId === undefined) {
    if (beforeId === afterId || before.content?.mediaType !== after.content?.mediaType) return;
    const action = beforeId === undefined ? "added" : "removed";
    const edit = childPointer(after.pointer, "schema");
    context.state(
      { subject: "value-schema", action, before: undefined, after: undefined },
      { before: before.pointer, after: after.pointer, edit, ...place },
    );
    return;
  }
  const { direction: _, ...where } = place;
  const root = { site: "response-header", pointer: after.pointer, scope: "endpoint", ...where } as const;
  context.walk.enter(beforeId, afterId, root, context.operation);
}

function writingOf({ style = "simple", explode, content }: HeaderNode): Serialization {
  return content === undefined ? { style, explode } : { style: content.mediaType, explode: false };
}

function stateAspect(
  context: OperationContext,
  before: HeaderNode,
  after: HeaderNode,
  aspect: HeaderAspect,
  place: { direction: "response"; container: string; status: string },
): void {
  const aspectOf = (header: HeaderNode) =>
    aspect === "mediaType"
      ? header.content?.mediaType
      : aspect === "deprecated"
        ? header.deprecated
        : writingOf(header)[aspect];
  const edit = childPointer(after.pointer, aspect === "mediaType" ? "content" : aspect);
  context.state(
    { subject: "header-aspect", action: "changed", aspect, before: aspectOf(before), after: aspectOf(after) },
    { before: before.pointer, after: after.pointer, edit, ...place },
  );
}

function compareLinks(context: OperationContext, before: ResponseNode, after: ResponseNode): void {
  const place = { direction: "none", container: `the response ${after.status}`, status: after.status } as const;
  const named = pairUnique(before.links, after.links, ({ name }) => name);
  for (const [old, fresh] of named.pairs) {
    if (old.hash === fresh.hash) continue;
    context.state(
      { subject: "link", action: "changed", before: old, after: fresh },
      { before: old.pointer, after: fresh.pointer, ...place },
    );
  }
  const { pairs, ...rest } = pairUnique(named.before, named.after, targetOf);
  const state = (old: LinkNode | undefined, fresh: LinkNode | undefined, edit?: string): void => {
    const pointer = (fresh ?? old)?.pointer ?? "";
    context.state(
      { subject: "link", action: fresh === undefined ? "removed" : "added", before: old, after: fresh },
      { before: old?.pointer ?? null, after: fresh?.pointer ?? null, ...place, edit: edit ?? pointer },
    );
  };
  for (const [old, fresh] of pairs) {
    state(old, undefined, fresh.pointer);
    state(undefined, fresh, fresh.pointer);
  }
  for (const old of rest.before) state(old, undefined);
  for (const fresh of rest.after) state(undefined, fresh);
}

function targetOf({ operationId, operationRef, server }: LinkNode): string {
  return JSON.stringify([operationId, operationRef, server]);
}
