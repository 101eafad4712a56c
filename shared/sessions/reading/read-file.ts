import { AppError } from "../../errors.ts";
import { decodeText } from "../../spec/decode-text.ts";
import type { SpecModel } from "../../spec/model.ts";
import { normalize } from "../../spec/normalize/normalize.ts";
import { parseDocument } from "../../spec/parse.ts";
import type { Block } from "./blocks.ts";
import { UnreadableFileError } from "./errors.ts";
import { type HtmlPage, readHtmlPage } from "./html-page.ts";
import { readMarkdown } from "./markdown-blocks.ts";
import { describeModel } from "./model-blocks.ts";

/** A file as documentation. What it is follows from its bytes first: many servers label everything `text/plain`. */
export type ReadFile = { title?: string; blocks: Block[] } & (
  | { kind: "html"; page: HtmlPage }
  | { kind: "openapi"; model: SpecModel }
  | { kind: "markdown" | "text" | "pdf" }
);

export type FileAbout = {
  /** For messages, and for its extension: a path or an address. */
  name: string;
  contentType?: string;
  /** What the links of a page are relative to. @default links are dropped */
  url?: string;
};

/**
 * Reads an OpenAPI document, a page, Markdown, plain text or a PDF.
 * @throws UnreadableFileError for any other file, and for a broken one
 */
export const readFile = async (bytes: Uint8Array, about: FileAbout): Promise<ReadFile> => {
  if (startsWith(bytes, "%PDF-")) {
    // A reader of PDF files is large and seldom needed.
    const { readPdf } = await import("./pdf-blocks.ts");
    return { kind: "pdf", ...(await readPdf(bytes, about.name)) };
  }
  const text = textOf(bytes, about.name);
  if (looksLikeOpenApi(text)) return readOpenApi(bytes, about.name);
  if (looksLikeHtml(text, about)) {
    const page = readHtmlPage(text, about.url ?? "about:blank");
    const title = page.title ?? firstHeading(page.blocks);
    return { kind: "html", page, blocks: page.blocks, ...(title === undefined ? {} : { title }) };
  }
  if (/^\s*[[{]/.test(text) && isJson(text)) {
    throw new UnreadableFileError(about.name, "is JSON, but not an OpenAPI document.");
  }
  const blocks = readMarkdown(text);
  const title = firstHeading(blocks);
  const kind = title !== undefined || /\.(md|mdx|markdown)$/i.test(about.name) ? "markdown" : "text";
  return { kind, blocks, ...(title === undefined ? {} : { title }) };
};

const startsWith = (bytes: Uint8Array, prefix: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).indexOf(prefix, 0, "latin1") === 0;

/** @throws UnreadableFileError when the bytes are no text */
const textOf = (bytes: Uint8Array, name: string): string => {
  const head = bytes.subarray(0, 8_192);
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isUtf16 && head.includes(0)) {
    throw new UnreadableFileError(
      name,
      "is a binary file. Read are OpenAPI documents, HTML, Markdown, text, PDF and zip.",
    );
  }
  try {
    return decodeText(bytes);
  } catch {
    // Pages from before UTF-8: every byte is a character there.
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

/** The version key at the start of a line, or anywhere in JSON; a page that merely speaks of it does not begin like one. */
const looksLikeOpenApi = (text: string): boolean =>
  /^\s*\{/.test(text)
    ? /"(openapi|swagger)"\s*:\s*"?\d/.test(text)
    : /^["']?(openapi|swagger)["']?\s*:\s*["']?\d/m.test(text.slice(0, 65_536)) && !/^\s*</.test(text);

const looksLikeHtml = (text: string, { name, contentType = "" }: FileAbout): boolean =>
  /^\s*<(!doctype\s+html|html|head|body|title|meta|main|div|h1|\?xml|!--)/i.test(text) ||
  (/\bhtml\b/i.test(contentType) && /<[a-z]/i.test(text)) ||
  (/\.x?html?$/i.test(name) && /<[a-z]/i.test(text));

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const readOpenApi = (bytes: Uint8Array, name: string): ReadFile => {
  try {
    const model = normalize(parseDocument(bytes));
    return { kind: "openapi", title: model.info.title, model, blocks: describeModel(model) };
  } catch (error) {
    if (error instanceof AppError) throw new UnreadableFileError(name, `cannot be read: ${error.message}`, error);
    throw error;
  }
};

const firstHeading = (blocks: readonly Block[]): string | undefined =>
  blocks.find((block) => block.kind === "heading")?.text;
