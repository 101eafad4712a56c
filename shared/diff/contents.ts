import type { MediaTypeNode, NodeBase, SchemaId } from "../spec/model.ts";
import { compareEncodings } from "./encodings.ts";
import type { SchemaSite } from "./facts.ts";
import { coversMediaType, essenceOf, parameterRelation } from "./media-ranges.ts";
import { directionOf, type OperationContext } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

type ContentHolder = NodeBase & { content: MediaTypeNode[] };
type MediaTypePair = [before: MediaTypeNode, after: MediaTypeNode];
type ContentMatches = { pairs: MediaTypePair[]; removed: MediaTypeNode[]; added: MediaTypeNode[] };
type BodyPlace = { part: "request" | "response"; container: string; status?: string };

/** Compares the media types of two bodies, and what those that both have hold. */
export function compareContents(
  context: OperationContext,
  before: ContentHolder,
  after: ContentHolder,
  { part, ...where }: BodyPlace,
): void {
  const direction = directionOf(context, part);
  const { pairs, removed, added } = matchContents(before.content, after.content);
  // One for one is a replacement: a single edit.
  const replacement = removed.length === 1 && added.length === 1 ? childPointer(after.pointer, "content") : undefined;
  const placeOf = (media: MediaTypeNode) => ({
    ...where,
    direction,
    mediaType: media.mediaType,
    edit: `${replacement ?? media.pointer} ${replacement === undefined ? media.mediaType : ""}`,
  });
  for (const media of removed) {
    const statement = { subject: "media-type", action: "removed", before: media, after: undefined } as const;
    context.state(statement, { before: media.pointer, after: null, ...placeOf(media) });
  }
  for (const media of added) {
    const statement = { subject: "media-type", action: "added", before: undefined, after: media } as const;
    context.state(statement, { before: null, after: media.pointer, ...placeOf(media) });
  }
  for (const [old, fresh] of pairs) {
    const place = { ...where, direction, mediaType: fresh.mediaType };
    const isSameType = essenceOf(old.mediaType) === essenceOf(fresh.mediaType);
    if (!isSameType || parameterRelation(old.mediaType, fresh.mediaType) !== "same") {
      const edit = `${fresh.pointer} ${old.mediaType}`;
      const statement = { subject: "media-type-name", action: "changed", before: old, after: fresh } as const;
      context.state(statement, { before: old.pointer, after: fresh.pointer, edit, ...place });
    }
    compareEncodings(context, old, fresh, place);
    const site: SchemaSite = direction === "request" ? "request-body" : "response-body";
    const root = { site, pointer: fresh.pointer, scope: "endpoint", ...where, mediaType: fresh.mediaType } as const;
    const enter = (beforeId: SchemaId | undefined, afterId: SchemaId | undefined): void => {
      if (beforeId === afterId && beforeId === undefined) return;
      if (beforeId !== undefined && afterId !== undefined) {
        context.walk.enter(beforeId, afterId, root, context.operation);
        return;
      }
      const action = beforeId === undefined ? "added" : "removed";
      const statement = { subject: "media-type-schema", action, before: undefined, after: undefined } as const;
      context.state(statement, { before: old.pointer, after: fresh.pointer, ...place });
    };
    enter(old.schema, fresh.schema);
    enter(old.itemSchema, fresh.itemSchema);
  }
}

/** By name, then by what covers what. A range may take the place of several names, or several names that of a range. */
function matchContents(before: MediaTypeNode[], after: MediaTypeNode[]): ContentMatches {
  const open = new Map(after.map((media) => [media.mediaType, media]));
  const matches: ContentMatches = { pairs: [], removed: [], added: [] };
  const left: MediaTypeNode[] = [];
  for (const media of before) {
    const partner = open.get(media.mediaType);
    if (partner === undefined) left.push(media);
    else {
      matches.pairs.push([media, partner]);
      open.delete(media.mediaType);
    }
  }
  for (const media of left) {
    const partner = partnerOf(media, [...open.values()]) ?? after.find((one) => covers(one, media));
    if (partner === undefined) matches.removed.push(media);
    else {
      matches.pairs.push([media, partner]);
      open.delete(partner.mediaType);
    }
  }
  for (const media of open.values()) {
    const partner = left.find((one) => covers(one, media));
    if (partner === undefined) matches.added.push(media);
    else matches.pairs.push([partner, media]);
  }
  return matches;
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
