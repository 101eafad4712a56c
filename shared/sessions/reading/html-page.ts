import { Parser } from "htmlparser2";
import type { Block } from "./blocks.ts";
import { MarkdownWriter } from "./markdown-writer.ts";
import { parseWithin } from "./parse-within.ts";

/** Links that are kept of one page; pages that list more are indexes of everything. */
const maxLinks = 2_000;

/** What servers take as an address ends near 8,000 characters; longer ones are data. */
const maxLinkChars = 8_000;

export type PageLink = {
  /** Absolute http(s) address, without its fragment. */
  url: string;
  text: string;
  /** Words of a `link` or `a` element's `rel`: `service-desc`, `next`, `nofollow`. */
  rel: string[];
  /** `type` of the element, where it has one: `application/openapi+json`. */
  type?: string;
};

/** What an HTML page says. */
export type HtmlPage = {
  title?: string;
  description?: string;
  /** `link rel=canonical`, absolute. */
  canonical?: string;
  /** `meta name=robots` (or `forewarn`): do not keep it, do not follow its links. */
  isNoIndex: boolean;
  isNoFollow: boolean;
  links: PageLink[];
  /** Addresses that viewers of API documents (Swagger UI, Redoc, Scalar, RapiDoc, Elements) are told to load. */
  specUrls: string[];
  blocks: Block[];
};

/**
 * Reads a page in one pass over its tokens, with no tree.
 * @param url where the page is, which its links are relative to
 */
export const readHtmlPage = (html: string, url: string): HtmlPage => {
  let base = url;
  let depth = 0;
  let title = "";
  let isInTitle = false;
  let script: string | undefined;
  let anchor: PageLink | undefined;
  const page: HtmlPage = { isNoIndex: false, isNoFollow: false, links: [], specUrls: [], blocks: [] };
  const resolve = (href: string): string | undefined => resolveLink(href, base);
  const writer = new MarkdownWriter(resolve);

  const addLink = (attributes: Record<string, string>): PageLink | undefined => {
    const target = attributes.href === undefined ? undefined : resolve(attributes.href);
    if (target === undefined || page.links.length >= maxLinks) return undefined;
    const rel = (attributes.rel ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const link: PageLink = { url: target, text: attributes.title ?? "", rel };
    if (attributes.type !== undefined) link.type = attributes.type.toLowerCase();
    page.links.push(link);
    return link;
  };
  const addSpecUrl = (text: string | undefined): void => {
    const target = text === undefined ? undefined : resolve(text);
    if (target !== undefined && page.specUrls.length < 20 && !page.specUrls.includes(target))
      page.specUrls.push(target);
  };
  const readMeta = (attributes: Record<string, string>): void => {
    const name = (attributes.name ?? attributes.property ?? "").toLowerCase();
    const content = attributes.content ?? "";
    if (name === "description" || (name === "og:description" && page.description === undefined))
      page.description = content.trim();
    if (name === "robots" || name === "forewarn") {
      page.isNoIndex ||= /\b(noindex|none)\b/i.test(content);
      page.isNoFollow ||= /\b(nofollow|none)\b/i.test(content);
    }
  };

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        depth += 1;
        if (tag === "base" && attributes.href !== undefined) base = resolveLink(attributes.href, url) ?? base;
        else if (tag === "title") isInTitle = true;
        else if (tag === "meta") readMeta(attributes);
        else if (tag === "link") {
          const link = addLink(attributes);
          if (link?.rel.includes("canonical")) page.canonical = link.url;
        } else if (tag === "a") anchor = addLink(attributes);
        else if (tag === "script") script = "";
        addSpecUrl(attributes["spec-url"] ?? attributes.apidescriptionurl ?? attributes["data-url"]);
        writer.open(tag, attributes);
      },
      ontext(text) {
        if (isInTitle) title += text;
        else if (script !== undefined) script += text;
        else {
          if (anchor !== undefined && anchor.text.length < 200) anchor.text += text;
          writer.text(text);
        }
      },
      onclosetag(tag) {
        depth -= 1;
        if (tag === "title") isInTitle = false;
        if (tag === "a") anchor = undefined;
        if (tag === "script" && script !== undefined) {
          for (const found of viewerUrls(script)) addSpecUrl(found);
          script = undefined;
        }
        writer.close(tag);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parseWithin(parser, html, () => depth);
  for (const link of page.links) link.text = link.text.replace(/\s+/g, " ").trim();
  const plainTitle = title.replace(/\s+/g, " ").trim();
  return { ...page, ...(plainTitle === "" ? {} : { title: plainTitle }), blocks: writer.end() };
};

/** Where `href` leads from `base`: an http(s) address without fragment, or `undefined`. */
const resolveLink = (href: string, base: string): string | undefined => {
  const text = href.trim();
  if (text.length > maxLinkChars || text.startsWith("#") || !URL.canParse(text, base)) return undefined;
  const target = new URL(text, base);
  if (target.protocol !== "http:" && target.protocol !== "https:") return undefined;
  target.hash = "";
  return target.href;
};

/** `url: "…"` in the set-up of Swagger UI and `Redoc.init("…")`, of a script that names such a viewer. */
const viewerUrls = (script: string): string[] => {
  if (!/swagger|redoc|scalar|rapidoc/i.test(script)) return [];
  const set = script.matchAll(/\b(?:url|specUrl|spec)["']?\s*:\s*["']([^"'\s]{1,500})["']/g);
  const init = script.matchAll(/Redoc\.init\(\s*["']([^"'\s]{1,500})["']/g);
  return [...set, ...init].flatMap((match) => match[1] ?? []);
};
