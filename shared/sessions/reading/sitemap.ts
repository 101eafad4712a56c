import { Parser } from "htmlparser2";
import { parseWithin } from "./parse-within.ts";

/** The protocol's own limit for one file (sitemaps.org). */
const maxLocations = 50_000;

export type Sitemap = {
  /** Pages, in the order listed. */
  pages: string[];
  /** Further sitemaps that an index names. */
  sitemaps: string[];
};

/** Reads a sitemap or an index of them; empty for anything else. */
export const readSitemap = (xml: string): Sitemap => {
  const found: Sitemap = { pages: [], sitemaps: [] };
  let depth = 0;
  let list: string[] | undefined;
  let location: string | undefined;
  const parser = new Parser(
    {
      onopentag(tag) {
        depth += 1;
        if (tag === "url") list = found.pages;
        else if (tag === "sitemap") list = found.sitemaps;
        else if (tag === "loc") location = "";
      },
      ontext(text) {
        if (location !== undefined) location += text;
      },
      onclosetag(tag) {
        depth -= 1;
        if (tag !== "loc" || location === undefined) return;
        const url = location.trim();
        if (URL.canParse(url) && list !== undefined && list.length < maxLocations) list.push(new URL(url).href);
        location = undefined;
      },
    },
    { xmlMode: true },
  );
  parseWithin(parser, xml, () => depth);
  return found;
};
