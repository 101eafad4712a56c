import { isJsonObject } from "../../shared/spec/json-object.ts";
import { type ComposedDocument, composeModels } from "../../shared/spec/normalize/compose.ts";
import { documentOf, type ParsedDocument, parseValue, type SourcePosition } from "../../shared/spec/parse.ts";
import { splitPointer } from "../../shared/spec/pointers.ts";
import { UnreadableInputError } from "../errors.ts";
import type { DocumentGroup } from "./document-group.ts";
import { gitSourceOf } from "./git-source.ts";
import type { InputDocument } from "./input-document.ts";
import type { PartPermissions } from "./part-source.ts";
import { readSource } from "./read-source.ts";
import { namingSource, withParts } from "./with-parts.ts";

type Document = ComposedDocument & { parsed: ParsedDocument };

/**
 * Reads all documents of a group as one API. Files that are no documents (parts that documents refer to, settings of
 * tools) are passed over; one that is a document and cannot be read is an error.
 * @throws UnreadableInputError
 */
export async function readComposedDocument(
  source: string,
  group: DocumentGroup,
  permissions: PartPermissions,
): Promise<InputDocument> {
  // Who names a folder means what is in it: documents in there may share files.
  const refRoot = permissions.refRoot ?? (gitSourceOf(source) === undefined ? group.base : undefined);
  const documents: Document[] = [];
  for (const file of group.files) {
    const parsed = await readIfDocument(file.source, { ...permissions, refRoot });
    if (parsed !== undefined) documents.push({ ...file, parsed });
  }
  if (documents.length === 0) {
    throw new UnreadableInputError(source, `none of the ${group.files.length} files that match is an OpenAPI document`);
  }
  const model = await namingSource(source, async () => composeModels(documents));
  return {
    source,
    model,
    locate: (pointer) => locateIn(documents, pointer),
    files: documents.map((document) => document.source),
  };
}

/** How a document starts: a look at the text saves parsing what else lies about, which need not even be readable. */
const documentMark = /(?:^|[\n\r{,])\s*["']?(?:openapi|swagger)["']?\s*:/;

async function readIfDocument(source: string, permissions: PartPermissions): Promise<ParsedDocument | undefined> {
  const read = await readSource(source, noInput());
  const text = Buffer.from(read.bytes);
  if (!text.includes(0) && !documentMark.test(text.toString("latin1"))) return undefined;
  return namingSource(source, async () => {
    const parsed = parseValue(read.bytes);
    if (!isJsonObject(parsed.value)) return undefined;
    const { openapi, swagger, paths, webhooks } = parsed.value;
    const isDocument = (openapi ?? swagger) !== undefined && (paths ?? webhooks) !== undefined;
    return isDocument ? withParts(source, read, documentOf(parsed), permissions) : undefined;
  });
}

async function* noInput(): AsyncIterable<Uint8Array> {}

function locateIn(documents: readonly Document[], pointer: string): SourcePosition | undefined {
  const [key] = splitPointer(pointer) ?? [];
  const document = documents.find((one) => one.key === key);
  if (document === undefined) return undefined; // said of all documents together: their versions, their security
  const inDocument = pointer.slice(pointer.indexOf("/", 1) === -1 ? pointer.length : pointer.indexOf("/", 1));
  const position = document.parsed.locate(inDocument);
  return position === undefined ? undefined : { source: document.source, pointer: inDocument, ...position };
}
