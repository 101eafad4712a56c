import type { EncodingNode, MediaTypeNode, SchemaId } from "../spec/model.ts";
import type { ContractPlace } from "./fact-collector.ts";
import { coversMediaType } from "./media-ranges.ts";
import type { OperationContext } from "./operation-context.ts";
import { compareParameterLists, headersAsParameters } from "./parameters.ts";
import { childPointer } from "./pointer.ts";
import type { SchemaSide } from "./schema-side.ts";
import { differenceInWriting, type Serialization } from "./serialization.ts";

type Part = { name: string; before: PartSide; after: PartSide };
type PartSide = { encoding: EncodingNode | undefined; schema: SchemaId | undefined };
type Place = Omit<ContractPlace, "before" | "after" | "edit" | "scope">;

/** Compares how the parts of a form or of a multipart body are written. */
export function compareEncodings(
  context: OperationContext,
  before: MediaTypeNode,
  after: MediaTypeNode,
  place: Place,
): void {
  for (const part of partsOf(context, before, after)) {
    const container = `${part.name} of ${place.container ?? ""}`;
    const [was, is] = [part.before.encoding, part.after.encoding];
    const pointers = { before: was?.pointer ?? before.pointer, after: is?.pointer ?? after.pointer };
    const at = (aspect: string) => ({
      ...place,
      ...pointers,
      container,
      edit: `${childPointer(pointers.after, aspect)} ${part.name}`,
    });
    compareMediaTypes(context, part, at("contentType"));
    const types = context.walk.typesOf(part.before.schema, part.after.schema);
    const writing = differenceInWriting(writingOf(was), writingOf(is), types);
    const aspects = [...(writing === undefined ? [] : [writing]), "allowReserved" as const];
    for (const aspect of aspects) {
      const value = (encoding: EncodingNode | undefined) =>
        aspect === "allowReserved" ? encoding?.allowReserved === true : writingOf(encoding)[aspect];
      if (value(was) === value(is)) continue;
      context.state(
        { subject: "part-aspect", action: "changed", aspect, before: value(was), after: value(is) },
        at(aspect),
      );
    }
    if (place.status === undefined) {
      const [olds, news] = [headersAsParameters(was?.headers), headersAsParameters(is?.headers)];
      compareParameterLists({ ...context, within: container }, olds, news);
    }
  }
}

/** The parts of which one document says how they are written, and that both bodies have. */
function partsOf({ walk }: OperationContext, before: MediaTypeNode, after: MediaTypeNode): Part[] {
  const parts: Part[] = [];
  const names = new Set([...Object.keys(before.encoding ?? {}), ...Object.keys(after.encoding ?? {})]);
  for (const name of names) {
    const [was, is] = [propertyOf(walk.beforeSide, before, name), propertyOf(walk.afterSide, after, name)];
    if (was === undefined || is === undefined) continue;
    parts.push({
      name: `the part \`${name}\``,
      before: { encoding: before.encoding?.[name], schema: was },
      after: { encoding: after.encoding?.[name], schema: is },
    });
  }
  const [olds, news] = [before.prefixEncoding ?? [], after.prefixEncoding ?? []];
  for (let index = 0; index < Math.max(olds.length, news.length); index++) {
    parts.push({
      name: `part ${index + 1}`,
      before: { encoding: olds[index] ?? before.itemEncoding, schema: itemOf(walk.beforeSide, before, index) },
      after: { encoding: news[index] ?? after.itemEncoding, schema: itemOf(walk.afterSide, after, index) },
    });
  }
  if (before.itemEncoding !== undefined || after.itemEncoding !== undefined) {
    parts.push({
      name: "each part",
      before: { encoding: before.itemEncoding, schema: itemOf(walk.beforeSide, before) },
      after: { encoding: after.itemEncoding, schema: itemOf(walk.afterSide, after) },
    });
  }
  return parts;
}

function propertyOf(side: SchemaSide, media: MediaTypeNode, name: string): SchemaId | undefined {
  return media.schema === undefined ? undefined : side.propertiesOf(media.schema).get(name);
}

function itemOf(side: SchemaSide, media: MediaTypeNode, index?: number): SchemaId | undefined {
  const list = media.schema === undefined ? undefined : side.node(media.schema);
  const prefix = index === undefined ? undefined : list?.prefixItems?.[index];
  return prefix ?? list?.items ?? media.itemSchema;
}

function compareMediaTypes({ state, walk }: OperationContext, part: Part, place: ContractPlaceOfPart): void {
  const [was, is] = [part.before.encoding?.contentType, part.after.encoding?.contentType];
  if (was === is) return;
  const olds = was?.split(", ") ?? [defaultMediaType(walk.beforeSide, part.before.schema)];
  const news = is?.split(", ") ?? [defaultMediaType(walk.afterSide, part.after.schema)];
  const missing = (left: string[], right: string[]) =>
    left.filter((one) => !right.some((other) => coversMediaType(other, one)));
  const [gone, fresh] = [missing(olds, news), missing(news, olds)];
  const statement = { subject: "part-media-type", before: undefined, after: undefined } as const;
  if (gone.length > 0) state({ ...statement, action: "removed", values: gone }, place);
  if (fresh.length > 0) state({ ...statement, action: "added", values: fresh }, place);
}

type ContractPlaceOfPart = Omit<ContractPlace, "scope">;

/** Lists in lists that are followed for what they hold. */
const maxListDepth = 4;

/** Encoding Object, "Default Values for contentType". */
function defaultMediaType(side: SchemaSide, id: SchemaId | undefined, depth = 0): string {
  const types = id === undefined ? undefined : side.typesOf(id)?.filter((type) => type !== "null");
  if (id === undefined || types === undefined) return "application/octet-stream";
  const node = side.node(id);
  if (types.includes("object")) return "application/json";
  if (types.includes("array")) {
    return depth === maxListDepth ? "application/json" : defaultMediaType(side, node.items, depth + 1);
  }
  return node.format === "binary" || node.contentEncoding !== undefined ? "application/octet-stream" : "text/plain";
}

function writingOf(encoding: EncodingNode | undefined): Serialization {
  const style = encoding?.style ?? "form";
  return { style, explode: encoding?.explode ?? style === "form" };
}
