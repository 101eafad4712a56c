/** What a page, a Markdown text or a file is made of, in its order; each block is Markdown that stands on its own. */
export type Block =
  /** `text` without the `#` signs. */
  | { kind: "heading"; level: number; text: string }
  | { kind: "text" | "code"; markdown: string }
  /** Cells are plain text; every row has as many as `header`. */
  | { kind: "table"; header: string[]; rows: string[][] };

export type Table = Extract<Block, { kind: "table" }>;

/** The Markdown of one block. */
export const markdownOf = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${block.text}`;
    case "table":
      return markdownOfTable(block);
    default:
      return block.markdown;
  }
};

const markdownOfTable = ({ header, rows }: Table): string =>
  [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cellText).join(" | ")} |`).join("\n");

const cellText = (text: string): string => text.replace(/\\?\|/g, "\\|");

/** A table that people read has fewer; without a limit one row of 100,000 cells makes every other row as wide. */
const maxColumns = 64;

/** A table of the rows, as wide as its widest one, at most 64 cells; `undefined` when nothing is in it. */
export const tableOf = (rows: readonly (readonly string[])[]): Table | undefined => {
  const filled = rows.map((row) => row.slice(0, maxColumns)).filter((row) => row.some((cell) => cell !== ""));
  const width = filled.reduce((widest, row) => Math.max(widest, row.length), 0);
  const [header, ...rest] = filled.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
  return header === undefined ? undefined : { kind: "table", header, rows: rest };
};
