import { getDocumentProxy } from "unpdf";
import type { Block } from "./blocks.ts";
import { UnreadableFileError } from "./errors.ts";

const maxPages = 2_000;

/** Text of a PDF that is read; a bomb's pages repeat one object without end. */
const maxTextChars = 20_000_000;

/** How much larger than the body text a line is that heads a section. */
const headingRatio = 1.15;

const maxHeadingChars = 120;

type Line = { text: string; size: number };

/**
 * The text of a PDF: lines in a larger type are headings, the larger the higher, up to three levels.
 * @param name for messages
 * @throws UnreadableFileError for a broken or protected file, and for one that holds pictures alone
 */
export const readPdf = async (bytes: Uint8Array, name: string): Promise<{ title?: string; blocks: Block[] }> => {
  // The reader takes the buffer away from whoever gives it.
  const copy = Uint8Array.from(bytes);
  try {
    const pdf = await getDocumentProxy(copy, { verbosity: 0, stopAtErrors: true });
    if (pdf.numPages > maxPages) throw new UnreadableFileError(name, `has more than ${maxPages} pages.`);
    const pages: Line[][] = [];
    let chars = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const lines = linesOf((await page.getTextContent()).items);
      chars += lines.reduce((sum, { text }) => sum + text.length, 0);
      if (chars > maxTextChars) throw new UnreadableFileError(name, `holds more than ${maxTextChars} characters.`);
      pages.push(lines);
      page.cleanup();
    }
    await pdf.cleanup();
    if (chars === 0) throw new UnreadableFileError(name, "is a PDF without text: its pages are pictures.");
    const blocks = blocksOf(pages);
    const title = blocks.find((block) => block.kind === "heading")?.text;
    return title === undefined ? { blocks } : { title, blocks };
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    const isProtected = error instanceof Error && error.name === "PasswordException";
    throw new UnreadableFileError(name, isProtected ? "is a PDF with a password." : "is a PDF that is broken.", error);
  }
};

type TextItem = { str: string; height: number; hasEOL: boolean };

const linesOf = (items: readonly (TextItem | object)[]): Line[] => {
  const lines: Line[] = [];
  let text = "";
  let size = 0;
  const flush = (): void => {
    const bare = text.replace(/\s+/g, " ").trim();
    if (bare !== "") lines.push({ text: bare, size: Math.round(size * 2) / 2 });
    text = "";
    size = 0;
  };
  for (const item of items) {
    if (!("str" in item)) continue;
    text += item.str;
    if (item.str.trim() !== "") size = Math.max(size, item.height);
    if (item.hasEOL) flush();
  }
  flush();
  return lines;
};

const blocksOf = (pages: readonly Line[][]): Block[] => {
  const sizes = new Map<number, number>();
  for (const { text, size } of pages.flat()) sizes.set(size, (sizes.get(size) ?? 0) + text.length);
  const [bodySize = 0] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? [];
  const headingSizes = [...sizes.keys()].filter((size) => size > bodySize * headingRatio).sort((a, b) => b - a);
  const blocks: Block[] = [];
  for (const lines of pages) {
    let paragraph: string[] = [];
    const flush = (): void => {
      if (paragraph.length > 0) blocks.push({ kind: "text", markdown: paragraph.join("\n") });
      paragraph = [];
    };
    for (const { text, size } of lines) {
      const rank = headingSizes.indexOf(size);
      if (rank === -1 || text.length > maxHeadingChars) paragraph.push(text);
      else {
        flush();
        blocks.push({ kind: "heading", level: Math.min(rank + 1, 3), text });
      }
    }
    flush();
  }
  return blocks;
};
