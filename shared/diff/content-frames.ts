import type { HeaderNode, MediaTypeNode, OperationNode, ParameterNode, SchemaId } from "../spec/model.ts";
import type { SchemaRef } from "./doubts.ts";
import type { SchemaSide } from "./schema-side.ts";

/** What a thing says apart from its name: all but its schemas as text, and those in the order of that text. */
type Frame = { text: string; schemas: SchemaRef[] };

/** More things of one frame than these are not told apart one by one. */
const maxAlike = 200;

/**
 * Says of all things that came or went which ones have different contents though nothing but their schemas tells them
 * apart: whether one of them became another depends on it. Nothing to say where hashes tell alone.
 */
export function tellContentsApart<T>(
  { before, after }: { before: readonly T[]; after: readonly T[] },
  { beforeSide, afterSide }: { beforeSide: SchemaSide; afterSide: SchemaSide },
  frameOf: (item: T, side: SchemaSide) => Frame,
): void {
  const { tellApart } = beforeSide.meanings;
  if (tellApart === undefined || before.length === 0 || after.length === 0) return;
  const olds = groupByText(before.map((item) => frameOf(item, beforeSide)));
  const news = groupByText(after.map((item) => frameOf(item, afterSide)));
  for (const [text, frames] of olds) {
    const alike = [...frames, ...(news.get(text) ?? [])];
    if (alike.length === frames.length) continue;
    if (alike.length > maxAlike) tellApart([]);
    else for (const [index, left] of alike.entries()) tellFromEach(left, alike.slice(index + 1), tellApart);
  }
}

function tellFromEach(
  left: Frame,
  others: readonly Frame[],
  tellApart: NonNullable<SchemaSide["meanings"]["tellApart"]>,
) {
  for (const right of others) {
    const pairs = left.schemas.flatMap((schema, place): [SchemaRef, SchemaRef][] => {
      const other = right.schemas[place];
      return other === undefined || other.hash === schema.hash ? [] : [[schema, other]];
    });
    if (pairs.length > 0) tellApart(pairs);
  }
}

function groupByText(frames: readonly Frame[]): Map<string, Frame[]> {
  const groups = new Map<string, Frame[]>();
  for (const frame of frames) {
    const group = groups.get(frame.text);
    if (group === undefined) groups.set(frame.text, [frame]);
    else group.push(frame);
  }
  return groups;
}

/** Frames are coarser than contents: what two things of one content have in common, they have too. */
export function frameOfParameter(parameter: ParameterNode, side: SchemaSide): Frame {
  const { style, explode, required, allowReserved, allowEmptyValue, schema, content } = parameter;
  const places = placesOf(side);
  const flags = [parameter.in, style, explode, required, allowReserved, allowEmptyValue];
  return places.frame([...flags, places.schema(schema), content === undefined ? null : places.media(content)]);
}

/** The frame of a header, as `frameOfParameter`. */
export function frameOfHeader(header: HeaderNode, side: SchemaSide): Frame {
  const places = placesOf(side);
  return places.frame(places.header(header));
}

/** The frame of an operation: what it takes and gives, apart from its address. */
export function frameOfOperation(operation: OperationNode, side: SchemaSide): Frame {
  const places = placesOf(side);
  return places.frame([
    operation.pathKey.split("{}").length,
    operation.parameters
      .filter((one) => one.in !== "path")
      .map((one) => [
        one.in,
        one.name,
        one.required,
        places.schema(one.schema),
        one.content && places.media(one.content),
      ]),
    operation.requestBody?.required ?? null,
    operation.requestBody?.content.map(places.media) ?? null,
    operation.responses.map((one) => [one.status, one.content.map(places.media), one.headers.map(places.header)]),
    operation.security.map((alternative) => alternative.map((one) => [one.scheme, one.scopes])),
  ]);
}

/** Gathers schemas while a frame is written down. */
function placesOf(side: SchemaSide) {
  const schemas: SchemaRef[] = [];
  const schema = (id: SchemaId | undefined): boolean => {
    if (id !== undefined) schemas.push({ side: side.name, hash: side.node(id).hash });
    return id !== undefined;
  };
  const media = (one: MediaTypeNode) => [one.mediaType, schema(one.schema), schema(one.itemSchema)];
  const header = ({ required, deprecated, explode, schema: id, content }: HeaderNode) => [
    [required, deprecated, explode],
    [schema(id), content === undefined ? null : media(content)],
  ];
  return { schema, media, header, frame: (text: unknown): Frame => ({ text: JSON.stringify(text), schemas }) };
}
