import { setFlagsFromString } from "node:v8";
import { parseDocument } from "../../shared/spec/parse.ts";
import { documentGroupOf } from "./document-group.ts";
import type { InputDocument } from "./input-document.ts";
import type { PartPermissions } from "./part-source.ts";
import { readSource } from "./read-source.ts";
import { namingSource, withParts } from "./with-parts.ts";

/**
 * From this size, memory counts for more than time: V8 collects garbage early instead of letting the heap double. Below it,
 * which is where the largest public documents are, collecting early costs a fifth of the time.
 */
const thriftyFromBytes = 16 * 1024 * 1024;

/**
 * Reads the document at `source`, and the files that it refers to; of a glob or a folder all documents
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
  if (read.bytes.byteLength > thriftyFromBytes) {
    setFlagsFromString("--semi-space-growth-factor=1 --heap-growing-percent=30");
  }
  return namingSource(source, async () => {
    // Nobody is shown the warnings here, so that keys written twice are not looked for.
    const written = parseDocument(read.bytes, { findDuplicateKeys: false });
    const parsed = await withParts(source, read, written, permissions);
    return { source, parsed, locate: (pointer) => parsed.locate(pointer) };
  });
}
