import { type Block, tableOf } from "./blocks.ts";

/**
 * Takes Markdown apart into blocks, line by line: what chunking and tables need of it, in linear time and without a tree,
 * whatever the text nests. Inline marks stay as they are.
 */
export const readMarkdown = (markdown: string): Block[] => {
  const lines = markdown.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    const text = paragraph.join("\n").trimEnd();
    if (text.trim() !== "") blocks.push({ kind: "text", markdown: text });
    paragraph = [];
  };

  let at = frontMatterEnd(lines);
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line);
    if (fence !== undefined) {
      flush();
      const end = fenceEnd(lines, at + 1, fence);
      blocks.push({ kind: "code", markdown: lines.slice(at, end).join("\n") });
      at = end;
    } else if (heading !== null) {
      flush();
      const text = stripTrailingHashes(heading[2] ?? "");
      if (text !== "") blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text });
      at += 1;
    } else if (line.includes("|") && isDelimiterRow(lines[at + 1] ?? "")) {
      flush();
      const end = tableEnd(lines, at + 2);
      const table = tableOf([line, ...lines.slice(at + 2, end)].map(cellsOf));
      if (table !== undefined) blocks.push(table);
      at = end;
    } else {
      const underline = /^ {0,3}(=+|-{2,})\s*$/.exec(line)?.[1];
      const [only] = paragraph;
      if (
        underline !== undefined &&
        only !== undefined &&
        paragraph.length === 1 &&
        !/^\s*([-*+>]|\d+\.)\s/.test(only)
      ) {
        blocks.push({ kind: "heading", level: underline.startsWith("=") ? 1 : 2, text: only.trim() });
        paragraph = [];
      } else if (line.trim() === "") flush();
      else paragraph.push(line);
      at += 1;
    }
  }
  flush();
  return blocks;
};

/** YAML between two `---` at the very start is about the file, not of it. */
const frontMatterEnd = (lines: string[]): number => {
  if (lines[0]?.trimEnd() !== "---") return 0;
  const end = lines.findIndex((line, at) => at > 0 && at < 200 && line.trimEnd() === "---");
  return end === -1 ? 0 : end + 1;
};

/** Index after the closing fence; a fence that is never closed goes to the end (CommonMark 4.5). */
const fenceEnd = (lines: string[], from: number, fence: string): number => {
  const mark = fence[0] ?? "`";
  for (let at = from; at < lines.length; at++) {
    const text = (lines[at] ?? "").trim();
    if (text.length >= fence.length && text === mark.repeat(text.length)) return at + 1;
  }
  return lines.length;
};

/** Rows beyond these are text: a table is in memory several times, and nobody wrote this one. */
const maxTableRows = 50_000;

const tableEnd = (lines: string[], from: number): number => {
  let end = from;
  while (end < lines.length && end - from < maxTableRows && (lines[end] ?? "").includes("|")) end++;
  return end;
};

const stripTrailingHashes = (text: string): string => {
  const bare = text.trim();
  let end = bare.length;
  while (end > 0 && bare[end - 1] === "#") end--;
  return end === 0 || end === bare.length || /\s/.test(bare[end - 1] ?? "") ? bare.slice(0, end).trim() : bare;
};

const isDelimiterRow = (line: string): boolean =>
  line.includes("-") && line.includes("|") && cellsOf(line).every((cell) => /^:?-+:?$/.test(cell));

/** Cells of a row; `\|` is a sign in one. */
const cellsOf = (line: string): string[] => {
  const cells: string[] = [];
  let cell = "";
  const row = line.trim();
  for (let at = 0; at < row.length; at++) {
    const sign = row[at];
    if (sign === "\\" && row[at + 1] === "|") {
      cell += "|";
      at += 1;
    } else if (sign === "|") {
      if (at > 0) cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  if (cell !== "") cells.push(cell.trim());
  return cells;
};
