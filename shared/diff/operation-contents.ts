import type { HeaderNode, MediaTypeNode, OperationNode, SchemaId } from "../spec/model.ts";
import type { SchemaRef } from "./doubts.ts";
import { canonicalText } from "./json.ts";
import type { SchemaMeanings } from "./meanings.ts";

/** What an operation takes and gives, apart from its address. */
export function contentOf(operation: OperationNode): string {
  return canonicalText([
    operation.method,
    operation.pathKey.split("{}").length,
    operation.parameters.filter((one) => one.in !== "path").map((one) => [one.in, one.name, one.hash]),
    operation.requestBody?.hash ?? null,
    operation.responses.map((response) => [response.status, response.hash]),
    operation.security.map((alternative) => alternative.map((one) => [one.scheme, one.scopes])),
  ]);
}

/**
 * Says of all operations that came or went which ones have different contents though nothing but their schemas tells them
 * apart: whether one moved depends on it. Nothing to say where hashes tell alone.
 */
export function tellContentsApart(
  { removed, added }: { removed: OperationNode[]; added: OperationNode[] },
  { tellApart }: Pick<SchemaMeanings, "tellApart">,
): void {
  if (tellApart === undefined) return;
  const read = (operations: OperationNode[], side: SchemaRef["side"]) =>
    operations.map((operation) => ({ ...partsOf(operation), content: contentOf(operation), side }));
  const [olds, news] = [read(removed, "before"), read(added, "after")];
  const framesOf = (all: typeof olds) => new Set(all.map(({ frame }) => frame));
  const [oldFrames, newFrames] = [framesOf(olds), framesOf(news)];
  const candidates = [...olds, ...news].filter(({ frame }) => oldFrames.has(frame) && newFrames.has(frame));
  for (const [index, left] of candidates.entries()) {
    for (const right of candidates.slice(index + 1)) {
      if (left.frame !== right.frame || left.content === right.content) continue;
      const pairs = left.schemas.map((id, place): [SchemaRef, SchemaRef] => [
        { side: left.side, id },
        { side: right.side, id: right.schemas[place] ?? 0 },
      ]);
      tellApart(pairs);
    }
  }
}

/** What of an operation's content is not a schema, as text, and its schemas in the order of that text. */
function partsOf(operation: OperationNode): { frame: string; schemas: SchemaId[] } {
  const schemas: SchemaId[] = [];
  const place = (id: SchemaId | undefined): boolean => {
    if (id !== undefined) schemas.push(id);
    return id !== undefined;
  };
  const media = (one: MediaTypeNode) => [one.mediaType, place(one.schema), place(one.itemSchema)];
  const header = (one: HeaderNode) => [
    [one.name, one.required, one.deprecated, one.explode],
    [place(one.schema), one.content === undefined ? null : media(one.content)],
  ];
  const frame = [
    [operation.method, operation.pathKey.split("{}").length],
    operation.parameters
      .filter((one) => one.in !== "path")
      .map((one) => [
        [one.in, one.name, one.style, one.required, one.deprecated, one.explode],
        [place(one.schema), one.content === undefined ? null : media(one.content)],
      ]),
    [operation.requestBody?.required ?? null, operation.requestBody?.content.map(media) ?? null],
    operation.responses.map((one) => [one.status, one.content.map(media), one.headers.map(header)]),
    operation.security.map((alternative) => alternative.map((one) => [one.scheme, one.scopes])),
  ];
  return { frame: canonicalText(frame), schemas };
}
