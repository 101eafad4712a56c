import type { MediaTypeNode, NodeBase, SchemaId } from "../spec/model.ts";
import type { SchemaSite } from "./facts.ts";
import { coversMediaType, differsInParameters, essenceOf } from "./media-ranges.ts";
import { directionOf, type OperationContext, useOf } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

type ContentHolder = NodeBase & { content: MediaTypeNode[] };

/** Compares the request bodies of a pair of operations. */
export function compareRequestBodies(context: OperationContext): void {
  const before = context.before.requestBody;
  const after = context.after.requestBody;
  const direction = directionOf(context, "request");
  const container = context.reversed ? "the payload" : "the request body";
  if (before === undefined && after === undefined) return;
  if (before === undefined || after === undefined) {
    const [owner, node] = before === undefined ? [context.after, after] : [context.before, before];
    if (node === undefined) return;
    const edit = useOf(owner, node, "requestBody");
    const pointers = { before: before?.pointer ?? null, after: after?.pointer ?? null };
    const action = before === undefined ? "added" : "removed";
    context.state({ subject: "request-body", action, before, after }, { ...pointers, edit, direction, container });
    return;
  }
  if (before.hash === after.hash) return;
  if (before.required !== after.required) {
    context.state(
      {
        subject: "request-body-required",
        action: after.required ? "became-required" : "became-optional",
        before: before.required,
        after: after.required,
      },
      {
        before: before.pointer,
        after: after.pointer,
        edit: childPointer(after.pointer, "required"),
        direction,
        container,
      },
    );
  }
  compareContents(context, before, after, { part: "request", container });
}

/** Compares the media types of two bodies, and the schemas of those that both have. */
export function compareContents(
  context: OperationContext,
  before: ContentHolder,
  after: ContentHolder,
  place: { part: "request" | "response"; container: string; status?: string },
): void {
  const { part, ...where } = place;
  const direction = directionOf(context, part);
  const open = new Map(after.content.map((media) => [media.mediaType, media]));
  const left: MediaTypeNode[] = [];
  const pairs: [MediaTypeNode, MediaTypeNode][] = [];
  for (const media of before.content) {
    const partner = open.get(media.mediaType);
    if (partner === undefined) left.push(media);
    else {
      pairs.push([media, partner]);
      open.delete(media.mediaType);
    }
  }
  const gone: MediaTypeNode[] = [];
  for (const media of left) {
    const partner = partnerOf(media, [...open.values()]) ?? after.content.find((one) => covers(one, media));
    if (partner === undefined) gone.push(media);
    else pairs.push([media, partner]);
    if (partner !== undefined) open.delete(partner.mediaType);
  }
  for (const media of gone) {
    const pointers = { before: media.pointer, after: null };
    const removed = { subject: "media-type", action: "removed", before: media, after: undefined } as const;
    context.state(removed, { ...pointers, ...where, direction, mediaType: media.mediaType });
  }
  for (const media of open.values()) {
    const partner = left.find((one) => covers(one, media));
    if (partner !== undefined) {
      pairs.push([partner, media]);
      continue;
    }
    const pointers = { before: null, after: media.pointer };
    const added = { subject: "media-type", action: "added", before: undefined, after: media } as const;
    context.state(added, { ...pointers, ...where, direction, mediaType: media.mediaType });
  }
  for (const [old, fresh] of pairs) {
    if (
      essenceOf(old.mediaType) === essenceOf(fresh.mediaType) &&
      !differsInParameters(old.mediaType, fresh.mediaType)
    ) {
      continue;
    }
    context.state(
      { subject: "media-type-name", action: "changed", before: old, after: fresh },
      {
        before: old.pointer,
        after: fresh.pointer,
        edit: `${fresh.pointer} ${old.mediaType}`,
        ...where,
        direction,
        mediaType: fresh.mediaType,
      },
    );
  }
  const site: SchemaSite = direction === "request" ? "request-body" : "response-body";
  for (const [old, fresh] of pairs) {
    const root = { site, pointer: fresh.pointer, scope: "endpoint", ...where, mediaType: fresh.mediaType } as const;
    const enter = (beforeId: SchemaId | undefined, afterId: SchemaId | undefined): void => {
      if (beforeId !== undefined && afterId !== undefined) {
        context.walk.enter(beforeId, afterId, root, context.operation);
      } else if (beforeId !== afterId) {
        context.state(
          {
            subject: "media-type-schema",
            action: beforeId === undefined ? "added" : "removed",
            before: undefined,
            after: undefined,
          },
          { before: old.pointer, after: fresh.pointer, ...where, direction, mediaType: fresh.mediaType },
        );
      }
    };
    enter(old.schema, fresh.schema);
    enter(old.itemSchema, fresh.itemSchema);
  }
}

/** What `media` became: itself with other parameters, else a range that covers it or that it covered. */
function partnerOf(media: MediaTypeNode, open: readonly MediaTypeNode[]): MediaTypeNode | undefined {
  const essence = essenceOf(media.mediaType);
  return (
    open.find((one) => essenceOf(one.mediaType) === essence) ??
    open.find((one) => covers(one, media) || covers(media, one))
  );
}

function covers(wide: MediaTypeNode, narrow: MediaTypeNode): boolean {
  return coversMediaType(wide.mediaType, narrow.mediaType);
}
