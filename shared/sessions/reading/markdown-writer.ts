import { type Block, type Table, tableOf } from "./blocks.ts";

/** Lists deeper than this are written at this depth: nobody reads further, and a hostile page has 50,000. */
const maxListDepth = 8;

/** A paragraph or list that is longer is cut: whatever is added to it costs a look at all that is written of it so far. */
const maxInlineChars = 50_000;

/** Links inside one another, which HTML forbids. */
const maxOpenLinks = 8;

/** Cells that a page's tables may have together; what follows is left out. */
const maxTableCells = 50_000;

const blockTags = new Set(
  "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr li main nav ol p section summary ul".split(
    " ",
  ),
);

/** What is no documentation: its text is left out with everything in it. */
const skippedTags = new Set(
  "script style noscript template svg math iframe object canvas audio video select button textarea nav aside footer dialog".split(
    " ",
  ),
);

const marks: Record<string, string> = { strong: "**", b: "**", em: "_", i: "_", code: "`", kbd: "`", tt: "`" };

/**
 * Turns the events of an HTML parser into Markdown blocks. It keeps counters, not a tree, so that a page's nesting costs
 * neither stack nor memory.
 */
export class MarkdownWriter {
  private blocks: Block[] = [];
  private inline = "";
  private skipped: { tag: string; depth: number } | undefined;
  private heading: number | undefined;
  private preDepth = 0;
  private lists: { isOrdered: boolean; items: number }[] = [];
  private listDepth = 0;
  private itemPrefix = "";
  private quoteDepth = 0;
  private table: { rows: string[][]; depth: number } | undefined;
  private cells = 0;
  private hasMain = false;
  private mainDepth = 0;

  /** The open links: what was written before each, and its target, `undefined` when only its text is written. */
  private links: { before: string; target: string | undefined }[] = [];
  private readonly resolveLink: (href: string) => string | undefined;

  /** @param resolveLink the address for an `href`, `undefined` when it leads nowhere */
  constructor(resolveLink: (href: string) => string | undefined) {
    this.resolveLink = resolveLink;
  }

  open(tag: string, attributes: Record<string, string>): void {
    if (this.skipped !== undefined) {
      if (tag === this.skipped.tag) this.skipped.depth += 1;
      return;
    }
    if (skippedTags.has(tag) || attributes["aria-hidden"] === "true" || attributes.hidden !== undefined) {
      if (tag !== "br" && tag !== "img" && tag !== "input") this.skipped = { tag, depth: 1 };
      return;
    }
    if (tag === "main") this.openMain();
    if (this.table !== undefined) {
      this.openInTable(tag);
      return;
    }
    const level = headingLevel(tag);
    if (level !== undefined) {
      this.flush();
      this.heading = level;
    } else if (tag === "pre") {
      if (this.preDepth === 0) this.flush();
      this.preDepth += 1;
    } else if (tag === "table") {
      this.flush();
      this.table = { rows: [], depth: 1 };
    } else if (tag === "br") {
      this.write(this.preDepth > 0 ? "\n" : " ");
    } else if (tag === "img") {
      this.write(attributes.alt ?? "");
    } else if (tag === "a") {
      const target = attributes.href === undefined ? undefined : this.resolveLink(attributes.href);
      const isWritten = target !== undefined && this.heading === undefined && this.preDepth === 0;
      if (this.links.length >= maxOpenLinks) return;
      this.links.push({ before: this.inline, target: isWritten ? target : undefined });
      this.inline = "";
    } else if (this.preDepth === 0 && marks[tag] !== undefined) {
      if (this.heading === undefined) this.write(marks[tag]);
    } else this.openBlock(tag);
  }

  close(tag: string): void {
    if (this.skipped !== undefined) {
      if (tag === this.skipped.tag) this.skipped.depth -= 1;
      if (this.skipped.depth === 0) this.skipped = undefined;
      return;
    }
    if (tag === "main" && this.mainDepth > 0) {
      this.flush();
      this.mainDepth -= 1;
    }
    if (this.table !== undefined) {
      this.closeInTable(tag);
      return;
    }
    if (headingLevel(tag) !== undefined) {
      this.flush();
      this.heading = undefined;
    } else if (tag === "pre" && this.preDepth > 0) {
      if (this.preDepth === 1) this.flush();
      this.preDepth -= 1;
    } else if (tag === "a") {
      const link = this.links.pop();
      if (link !== undefined) this.inline = link.before + linked(this.inline, link.target);
    } else if (this.preDepth === 0 && marks[tag] !== undefined) {
      if (this.heading === undefined) this.inline = closeMark(this.inline, marks[tag]);
    } else this.closeBlock(tag);
  }

  text(text: string): void {
    if (this.skipped !== undefined || (this.hasMain && this.mainDepth === 0)) return;
    if (this.table !== undefined) this.addToCell(text);
    else this.write(this.preDepth > 0 ? text : text.replace(/\s+/g, " "));
  }

  /** The blocks of everything so far. */
  end(): Block[] {
    this.closeTable();
    this.flush();
    return this.blocks;
  }

  /** A page that says what its main part is has everything else (menus, banners) outside of it. */
  private openMain(): void {
    if (!this.hasMain) {
      this.closeTable();
      this.blocks = [];
      this.inline = "";
      this.links = [];
      this.lists = [];
      this.listDepth = 0;
      this.heading = undefined;
      this.hasMain = true;
    }
    this.mainDepth += 1;
  }

  private openBlock(tag: string): void {
    if (!blockTags.has(tag) || this.preDepth > 0) return;
    this.flush();
    if (tag === "ul" || tag === "ol") {
      this.listDepth += 1;
      if (this.listDepth <= maxListDepth) this.lists.push({ isOrdered: tag === "ol", items: 0 });
    } else if (tag === "li") {
      const list = this.lists.at(-1);
      if (list !== undefined) list.items += 1;
      const indent = "  ".repeat(Math.max(0, this.lists.length - 1));
      this.itemPrefix = `${indent}${list?.isOrdered === true ? `${list.items}.` : "-"} `;
    } else if (tag === "blockquote") this.quoteDepth += 1;
  }

  private closeBlock(tag: string): void {
    if (!blockTags.has(tag) || this.preDepth > 0) return;
    this.flush();
    if (tag === "ul" || tag === "ol") {
      if (this.listDepth <= maxListDepth) this.lists.pop();
      this.listDepth = Math.max(0, this.listDepth - 1);
    } else if (tag === "blockquote") this.quoteDepth = Math.max(0, this.quoteDepth - 1);
  }

  private openInTable(tag: string): void {
    if (this.table === undefined) return;
    if (tag === "table") this.table.depth += 1;
    if (this.table.depth > 1) return;
    if (tag === "tr") this.table.rows.push([]);
    if ((tag === "td" || tag === "th") && this.cells < maxTableCells) {
      this.cells += 1;
      if (this.table.rows.length === 0) this.table.rows.push([]);
      this.table.rows.at(-1)?.push("");
    }
    if (tag === "br" || tag === "p" || tag === "li" || tag === "div") this.addToCell(" ");
  }

  private closeInTable(tag: string): void {
    if (this.table === undefined || tag !== "table") return;
    this.table.depth -= 1;
    if (this.table.depth === 0) this.closeTable();
  }

  private addToCell(text: string): void {
    const row = this.table?.rows.at(-1);
    if (row !== undefined && row.length > 0) row[row.length - 1] += text;
  }

  private closeTable(): void {
    const rows = (this.table?.rows ?? []).map((row) => row.map((cell) => cell.replace(/\s+/g, " ").trim()));
    this.table = undefined;
    const table = tableOf(rows);
    if (table !== undefined) this.blocks.push(layoutAsText(table) ?? table);
  }

  private write(text: string): void {
    this.inline += text;
    if (this.preDepth === 0 && this.inline.length > maxInlineChars) this.flush();
  }

  /** What was written since the last block. A link that goes on after it is one in both. */
  private takeInline(): string {
    let inline = this.inline;
    for (const link of this.links.toReversed()) {
      inline = link.before + linked(inline, this.heading === undefined ? link.target : undefined);
      link.before = "";
    }
    this.inline = "";
    return inline;
  }

  private flush(): void {
    const raw = this.takeInline();
    if (this.preDepth > 0) {
      const code = raw.replace(/^\n+/, "").trimEnd();
      if (code !== "") this.blocks.push({ kind: "code", markdown: fence(code) });
      return;
    }
    const text = raw.replace(/ {2,}/g, " ").trim();
    if (text === "") return;
    if (this.heading !== undefined) {
      const bare = text.replace(/\s*[#¶]$/u, "").trim();
      if (bare !== "") this.blocks.push({ kind: "heading", level: this.heading, text: bare });
      return;
    }
    const prefix = this.itemPrefix !== "" ? this.itemPrefix : this.quoteDepth > 0 ? "> " : "";
    this.itemPrefix = "";
    const markdown = prefix + (prefix === "" ? escapeStart(text) : text);
    const last = this.blocks.at(-1);
    // The items of a list are one block.
    const isItem = last?.kind === "text" && last.markdown.length < maxInlineChars && startsItem(last.markdown);
    if (this.lists.length > 0 && isItem) last.markdown += `\n${prefix === "" ? "  " : ""}${markdown}`;
    else this.blocks.push({ kind: "text", markdown });
  }
}

const headingLevel = (tag: string): number | undefined => {
  const level = /^h([1-6])$/.exec(tag)?.[1];
  return level === undefined ? undefined : Number(level);
};

/** A table of one column is a page's layout: its text without the frame. */
const layoutAsText = ({ header, rows }: Table): Block | undefined =>
  header.length > 1 ? undefined : { kind: "text", markdown: [header, ...rows].map((cells) => cells[0]).join("\n\n") };

/** A link without a label leads nowhere that anybody sees. */
const linked = (label: string, target: string | undefined): string => {
  const text = label.trim();
  if (target === undefined) return label;
  return text === "" ? "" : `[${text}](${target})`;
};

/** An empty pair of marks says nothing. */
const closeMark = (inline: string, mark: string): string =>
  inline.endsWith(mark) ? inline.slice(0, -mark.length) : inline + mark;

const startsItem = (markdown: string): boolean => /^\s*(-|\d+\.) /.test(markdown);

/** A paragraph that begins like a heading, a table or a fence must not be read as one. */
const escapeStart = (text: string): string => (/^(#{1,6} |\||```|~~~|> )/.test(text) ? `\\${text}` : text);

const fence = (code: string): string => {
  const mark = code.includes("```") ? "~~~~" : "```";
  return `${mark}\n${code}\n${mark}`;
};
