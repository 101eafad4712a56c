import { expect, test } from "vitest";
import { chunkBlocks } from "../../../../shared/sessions/reading/chunk-blocks.ts";
import { readHtmlPage } from "../../../../shared/sessions/reading/html-page.ts";
import { readMarkdown } from "../../../../shared/sessions/reading/markdown-blocks.ts";
import { readSitemap } from "../../../../shared/sessions/reading/sitemap.ts";

test("a page is its main part: lists, tables, code and links as Markdown, menus and scripts left out", () => {
  const page = readHtmlPage(
    `<title>T</title><nav>menu</nav><p>Banner</p><main><h1>Users <a href="#u">#</a></h1><p>A <b>user</b> is <a href="/u#q">here</a>.
<ul><li>one<ul><li>two</ul><li>three</ul><table><tr><th>Name<th>Type<tr><td>id<td>a|b</table>
<pre><code>GET /x
 y</code></pre><script>let x = "<p>no</p>"</script></main><footer>f</footer>`,
    "https://a.test/docs/",
  );
  expect([page.title, page.links, page.blocks]).toEqual([
    "T",
    [{ url: "https://a.test/u", text: "here", rel: [] }],
    [
      { kind: "heading", level: 1, text: "Users" },
      { kind: "text", markdown: "A **user** is [here](https://a.test/u)." },
      { kind: "text", markdown: "- one\n  - two\n- three" },
      { kind: "table", header: ["Name", "Type"], rows: [["id", "a|b"]] },
      { kind: "code", markdown: "```\nGET /x\n y\n```" },
    ],
  ]);
});

test("Markdown is cut at its headings, of either kind, and not at what looks like one in code", () => {
  const markdown = `---\ntitle: x\n---\n# A\n\n${"word ".repeat(80)}\n\n## B ##\n\n| a | b |\n|---|---|\n| 1 | c\\|d |\n\nTitle\n=====\n\`\`\`\n# no\n\`\`\`\n`;
  expect(chunkBlocks(readMarkdown(markdown))).toEqual([
    { headings: ["A"], content: `# A\n\n${"word ".repeat(80).trim()}` },
    { headings: ["A", "B"], content: "## B\n\n| a | b |\n| --- | --- |\n| 1 | c\\|d |" },
    { headings: ["Title"], content: "# Title\n\n```\n# no\n```" },
  ]);
});

test("a long table is cut between rows, each part with its header", () => {
  const rows = Array.from({ length: 400 }, (_, at) => `| field_${at} | string |`);
  const chunks = chunkBlocks(readMarkdown(`# Fields\n\n| Name | Type |\n|---|---|\n${rows.join("\n")}`));
  const lines = chunks.flatMap(({ content }) => content.split("\n"));
  expect([
    Math.max(...chunks.map(({ content }) => content.length)) <= 4_000,
    chunks.every(({ content }) => content.includes("| Name | Type |\n| --- | --- |")),
    lines.filter((line) => line.startsWith("| field_")),
  ]).toEqual([true, true, rows]);
});

test("a sitemap gives its pages, an index its sitemaps, anything else nothing", () => {
  const page = "<urlset><url><loc> https://a.test/x?a=1&amp;b=2 </loc></url><url><loc>no url</loc></url></urlset>";
  const index = "<sitemapindex><sitemap><loc>https://a.test/s.xml</loc></sitemap></sitemapindex>";
  expect([page, index, "<html><loc>https://a.test/</loc>"].map(readSitemap)).toEqual([
    { pages: ["https://a.test/x?a=1&b=2"], sitemaps: [] },
    { pages: [], sitemaps: ["https://a.test/s.xml"] },
    { pages: [], sitemaps: [] },
  ]);
});

test("a link around a block is written in each block that it reaches into", () => {
  const { blocks } = readHtmlPage(
    `<p>See <a href="/x">the <b>guide</b><div>First steps</div><h2>Cards</h2> and more</a> of it <a href="/e"></a>.`,
    "https://a.test/",
  );
  expect(blocks).toEqual([
    { kind: "text", markdown: "See [the **guide**](https://a.test/x)" },
    { kind: "text", markdown: "[First steps](https://a.test/x)" },
    { kind: "heading", level: 2, text: "Cards" },
    { kind: "text", markdown: "[and more](https://a.test/x) of it ." },
  ]);
});

// Each of these took minutes, or all memory, when what it costs grew with its square.
test("pages that are made to cost are read at the cost of their length", () => {
  const chars = 400_000;
  const kindsOf = (html: string) => [...new Set(readHtmlPage(html, "https://a.test/").blocks.map(({ kind }) => kind))];
  const fill = (text: string) => text.repeat(chars / text.length);
  const wide = readMarkdown(`${fill("|a")}|\n|-|\n${fill("|b\n")}`);
  const rows = wide.flatMap((block) => (block.kind === "table" ? [block.header.length, block.rows.length] : []));
  expect([
    kindsOf(`<pre>${fill(" ")}x</pre>`),
    kindsOf(`<ul>${fill("<li>a</li>")}</ul>`),
    kindsOf(`<p>${fill('<a href="/x">y</a> ')}`),
    kindsOf(`<p>${fill("<b>x<i>")}`),
    kindsOf(`<table><tr>${fill("<td>a")}${fill("<tr><td>b")}`),
    rows,
    readSitemap(fill("<url><loc>a")),
    readHtmlPage(`<a href="https://a.test/${fill("openapi")}">x</a>`, "https://a.test/").links,
  ]).toEqual([["code"], ["text"], ["text"], ["text"], ["table"], [64, 50_000], { pages: [], sitemaps: [] }, []]);
});
