import { normalize } from "../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../shared/spec/parse.ts";
import { documentGroupOf } from "./document-group.ts";
import type { InputDocument } from "./input-document.ts";
import type { PartPermissions } from "./part-source.ts";
import { readSource } from "./read-source.ts";
import { namingSource, withParts } from "./with-parts.ts";

/**
 * Reads and understands the document at `source`, and the files that it refers to; of a glob or a folder all documents
 * together.
 * @throws UnreadableInputError
 */
export async function readDocument(
  source: string,
  stdin: AsyncIterable<Uint8Array>,
  permissions: PartPermissions = {},
): Promise<InputDocument> {
  const group = await documentGroupOf(source);
  if (group !== undefined) {
    const { readComposedDocument } = await import("./read-composed-document.ts");
    return readComposedDocument(source, group, permissions);
  }
  const read = await readSource(source, stdin);
  return namingSource(source, async () => {
    const parsed = await withParts(source, read, parseDocument(read.bytes), permissions);
    return { source, model: normalize(parsed), locate: (pointer) => parsed.locate(pointer) };
  });
}
