import { isUtf8 } from "node:buffer";
import { InvalidDocumentError } from "./errors.ts";

/**
 * Decodes the bytes of a document: UTF-8, or UTF-16 when a byte order mark says so. The mark itself is dropped.
 * @throws InvalidDocumentError when the bytes are not valid in that encoding; it names the byte and the line.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, "utf-16be");
  if (!isUtf8(bytes)) {
    const offset = findInvalidUtf8(bytes);
    let line = 1;
    let lineStart = 0;
    for (let i = bytes.indexOf(10); i !== -1 && i < offset; i = bytes.indexOf(10, i + 1)) {
      line++;
      lineStart = i + 1;
    }
    const column =
      Buffer.from(bytes.buffer, bytes.byteOffset + lineStart, offset - lineStart).toString("utf8").length + 1;
    throw new InvalidDocumentError("not valid UTF-8", `the byte at offset ${offset} cannot be decoded`, {
      line,
      column,
    });
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString("utf8");
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidDocumentError(
      `not valid ${encoding.toUpperCase()}`,
      "the bytes end in the middle of a character or hold half of a surrogate pair",
    );
  }
}

/** Offset of the first byte that is not UTF-8 (RFC 3629), or the length when there is none. */
function findInvalidUtf8(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return offset;
}

function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return length > 0 && isUtf8(bytes.subarray(offset, offset + length)) && offset + length <= bytes.length ? length : 0;
}
