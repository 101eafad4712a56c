import { type Block, markdownOf } from "./blocks.ts";

/** Room for some 1,000 tokens, which every embedding model and reader of ours takes whole. */
const maxChunkChars = 4_000;

/** A section that is shorter is not worth reading on its own: it goes on with the next one below the same heading. */
const minChunkChars = 300;

export type MarkdownChunk = {
  /** Markdown, beginning with its heading. */
  content: string;
  /** Headings from the outermost to the chunk's own. */
  headings: string[];
};

/**
 * Cuts blocks into chunks at headings. A longer section is cut between blocks, a longer table between rows (each part has
 * the header), anything else that is longer at line ends; short neighbours of one parent stay together.
 */
export const chunkBlocks = (blocks: readonly Block[]): MarkdownChunk[] => {
  const chunks: MarkdownChunk[] = [];
  for (const { headings, level, parts } of sectionsOf(blocks)) {
    for (const content of packParts(parts)) {
      const last = chunks.at(-1);
      const isNeighbour = last !== undefined && isBelow(last.headings, headings, level);
      const joined = isNeighbour ? `${last.content}\n\n${content}` : content;
      if (isNeighbour && last.content.length < minChunkChars && joined.length <= maxChunkChars) last.content = joined;
      else chunks.push({ content, headings });
    }
  }
  return chunks;
};

type Section = { headings: string[]; level: number; parts: string[] };

const sectionsOf = (blocks: readonly Block[]): Section[] => {
  const path: { level: number; text: string }[] = [];
  const sections: Section[] = [];
  for (const block of blocks) {
    if (block.kind === "heading") {
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push({ level: block.level, text: block.text });
      sections.push({ headings: path.map(({ text }) => text), level: block.level, parts: [markdownOf(block)] });
    } else {
      const section = sections.at(-1) ?? { headings: [], level: 0, parts: [] };
      if (sections.length === 0) sections.push(section);
      section.parts.push(...cutBlock(block));
    }
  }
  return sections;
};

/** Whether `later` is in the section of `earlier`, or beside it below the same heading. */
const isBelow = (earlier: string[], later: string[], level: number): boolean => {
  if (level === 0 || later.length < earlier.length) return false;
  const parent = earlier.slice(0, later.length === earlier.length ? -1 : undefined);
  return parent.length > 0 && parent.every((text, at) => later[at] === text);
};

const packParts = (parts: string[]): string[] => {
  const packed: string[] = [];
  for (const part of parts) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= maxChunkChars)
      packed[packed.length - 1] = `${last}\n\n${part}`;
    else packed.push(part);
  }
  return packed;
};

const cutBlock = (block: Block): string[] => {
  const whole = markdownOf(block);
  if (whole.length <= maxChunkChars) return [whole];
  if (block.kind !== "table") return cutText(whole);
  const parts: string[] = [];
  let rows: string[][] = [];
  let chars = 0;
  const flush = (): void => {
    if (rows.length > 0) parts.push(...cutText(markdownOf({ ...block, rows })));
    rows = [];
    chars = 0;
  };
  for (const row of block.rows) {
    const rowChars = row.reduce((sum, cell) => sum + cell.length + 3, 0);
    if (chars + rowChars > maxChunkChars / 2) flush();
    rows.push(row);
    chars += rowChars;
  }
  flush();
  return parts;
};

const cutText = (text: string): string[] => {
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > maxChunkChars) {
    const to = cutAt(text, from);
    parts.push(text.slice(from, to).trimEnd());
    from = to;
    while (from < text.length && /\s/.test(text.charAt(from))) from += 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
};

/** After `from`, the last line end or space in reach, or the limit itself; never between the halves of a surrogate pair. */
const cutAt = (text: string, from: number): number => {
  const limit = from + maxChunkChars;
  const reach = text.slice(from, limit + 1);
  for (const mark of ["\n", " "]) {
    const at = reach.lastIndexOf(mark);
    if (at > maxChunkChars / 4) return from + at;
  }
  const isPair = (text.codePointAt(limit - 1) ?? 0) > 0xffff;
  return isPair ? limit - 1 : limit;
};
