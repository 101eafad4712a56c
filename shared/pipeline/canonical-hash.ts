import { sha256 } from "../snapshots/sha256.ts";

/** Above this, reading the document costs more memory than a check of ten documents at once may take. */
const maxBytes = 8 * 1024 * 1024;

/** JavaScript's numbers hold 15 digits surely: two longer ones could become one. */
const longNumber = /\d{16}/;

/**
 * SHA-256 of a JSON document written in one way: no blanks, members by name. Equal for what a server only writes in another
 * order from time to time. `undefined` for what is not JSON, is large, or holds numbers that could lose digits: then its
 * bytes decide, and after them the model's root hash in the `snapshot` stage.
 */
export const canonicalSha256 = (body: Uint8Array): string | undefined => {
  if (body.byteLength > maxBytes) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    if (longNumber.test(text)) return undefined;
    return sha256(JSON.stringify(inOrder(JSON.parse(text))));
  } catch {
    // Not UTF-8, not JSON, or nested deeper than the stack is.
    return undefined;
  }
};

/** Objects as lists of their members, so that no name (`__proto__`) can be lost and none is taken for a list of the document's. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return { list: value.map(inOrder) };
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, inner]) => [name, inOrder(inner)]);
};
