/**
 * Whether the document may refer to another one: a search of the text, so that nearly all documents pay for nothing more.
 * True too often (a `$ref` in an example, UTF-16), never too seldom.
 */
export function mayHaveParts(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text.includes(0)) return true; // UTF-16
  for (let at = text.indexOf("$ref"); at !== -1; at = text.indexOf("$ref", at + 4)) {
    let next = at + 4;
    while (separators.has(text[next] ?? 0)) next++;
    if (text[next] !== 35) return true; // #
  }
  return false;
}

/** Quotes, colon, white space: what may stand between `$ref` and its value. */
const separators = new Set(Buffer.from("\"': \t\r\n"));
