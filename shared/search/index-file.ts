import * as z from "zod";
import { UnreadableIndexError } from "./errors.ts";
import type { SearchIndex } from "./search-index.ts";

/**
 * Raised when a release writes index files in another form, or puts other text into them: what older ones made is then made
 * anew, in the background.
 */
export const indexRevision = 1;

/** First bytes of every index file. */
const magic = `FWSX${String(indexRevision).padStart(4, "0")}`;
/** Sections begin at multiples of four, so that numbers are read in place. */
const alignment = 4;

const headerSchema = z.object({
  parts: z.array(
    z.object({
      dependencyId: z.string(),
      snapshotId: z.string(),
      model: z.object({ id: z.string(), dimension: z.number() }),
      start: z.number(),
      count: z.number(),
      vectorsAt: z.number(),
    }),
  ),
  /** Bytes of each section, in the order of `encodeIndex`. */
  sections: z.array(z.number()).length(8),
});

const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** The index as one file: magic, length of the header, header as JSON, sections. Equal indexes give equal bytes. */
export const encodeIndex = (index: SearchIndex): Uint8Array => {
  const sections = [
    index.rows,
    index.rowOffsets,
    index.lengths,
    new TextEncoder().encode(index.words.join("\n")),
    index.wordOffsets,
    index.postingRows,
    index.postingWeights,
    index.vectors,
  ].map((section) => new Uint8Array(section.buffer, section.byteOffset, section.byteLength));
  const header = new TextEncoder().encode(
    JSON.stringify({
      parts: headerSchema.shape.parts.parse(index.parts),
      sections: sections.map(({ byteLength }) => byteLength),
    }),
  );
  const headerEnd = padded(magic.length + 4 + header.byteLength);
  const file = new Uint8Array(headerEnd + sections.reduce((total, { byteLength }) => total + padded(byteLength), 0));
  file.set(new TextEncoder().encode(magic));
  new DataView(file.buffer).setUint32(magic.length, header.byteLength, true);
  file.set(header, magic.length + 4);
  let at = headerEnd;
  for (const section of sections) {
    file.set(section, at);
    at += padded(section.byteLength);
  }
  return file;
};

/**
 * The index in a file. Its columns are views of `bytes`, which must not change any more.
 * @throws UnreadableIndexError
 */
export const decodeIndex = (bytes: Uint8Array): SearchIndex => {
  // Numbers are read in place, which takes a buffer that begins at a multiple of four.
  const file = bytes.byteOffset % alignment === 0 ? bytes : Uint8Array.from(bytes);
  const decoder = new TextDecoder();
  if (file.byteLength < magic.length + 4 || decoder.decode(file.subarray(0, magic.length)) !== magic)
    throw new UnreadableIndexError("the search index has another format than this release reads");
  const headerLength = new DataView(file.buffer, file.byteOffset).getUint32(magic.length, true);
  const headerText = decoder.decode(file.subarray(magic.length + 4, magic.length + 4 + headerLength));
  const { parts, sections } = headerSchema.parse(JSON.parse(headerText));
  let at = padded(magic.length + 4 + headerLength);
  const starts = sections.map((byteLength) => {
    const start = at;
    at += padded(byteLength);
    return { start: file.byteOffset + start, byteLength };
  });
  if (at > file.byteLength) throw new UnreadableIndexError("the search index is cut off");
  const [rows, rowOffsets, lengths, words, wordOffsets, postingRows, postingWeights, vectors] = starts;
  const { buffer } = file;
  const view = <T>(section: Section | undefined, width: number, make: (start: number, length: number) => T): T =>
    make(section?.start ?? 0, (section?.byteLength ?? 0) / width);
  const text = decoder.decode(view(words, 1, (start, length) => new Uint8Array(buffer, start, length)));
  return {
    parts,
    rows: view(rows, 1, (start, length) => new Uint8Array(buffer, start, length)),
    rowOffsets: view(rowOffsets, 4, (start, length) => new Uint32Array(buffer, start, length)),
    lengths: view(lengths, 4, (start, length) => new Float32Array(buffer, start, length)),
    words: text === "" ? [] : text.split("\n"),
    wordOffsets: view(wordOffsets, 4, (start, length) => new Uint32Array(buffer, start, length)),
    postingRows: view(postingRows, 4, (start, length) => new Uint32Array(buffer, start, length)),
    postingWeights: view(postingWeights, 1, (start, length) => new Uint8Array(buffer, start, length)),
    vectors: view(vectors, 1, (start, length) => new Int8Array(buffer, start, length)),
  };
};

type Section = { start: number; byteLength: number };
