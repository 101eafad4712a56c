import { htmlStyle } from "../../shared/report/html-style.ts";
import { escapeHtml, proseHtml } from "../../shared/report/html-text.ts";
import { countText, reportedLevels } from "../../shared/report/phrases.ts";
import type { Rule, RuleArea } from "../../shared/rules/rule.ts";
import { rulePageName } from "../../shared/rules/rule-page.ts";
import { exampleDiff } from "../render/example-diff.ts";
import type { DiffLine } from "../render/line-diff.ts";

type RuleEntry = [id: string, rule: Rule];

const pageStyle = `${htmlStyle}
article { margin: .75rem 0; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--quiet); border-radius: .375rem; scroll-margin-top: 1rem; }
article:target { outline: 2px solid var(--link); }
article.breaking { border-left-color: var(--breaking); }
article.risky { border-left-color: var(--risky); }
article.safe { border-left-color: var(--safe); }
article h2 { margin: 0; font-size: 1.05rem; }
article h2 a { color: inherit; text-decoration: none; }
dt { font-weight: 600; margin-top: .4rem; }
dd { margin: 0; }
pre { margin: .4rem 0 0; padding: .5rem .75rem; overflow-x: auto; background: var(--page); border-radius: .25rem; }
pre del, pre ins { display: block; text-decoration: none; }
pre del { background: var(--out); }
pre ins { background: var(--in); }
table { border-collapse: collapse; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); }
td:not(:first-child), th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }`;

/**
 * A page for each area with all of its rules, and an index with counts; by file name. A rule's page and anchor are what
 * `rulePageUrl` says.
 */
export function rulePages(rules: ReadonlyMap<string, Rule>): Map<string, string> {
  const byArea = new Map<RuleArea, RuleEntry[]>();
  for (const entry of [...rules].sort(([left], [right]) => (left < right ? -1 : 1))) {
    byArea.set(entry[1].area, [...(byArea.get(entry[1].area) ?? []), entry]);
  }
  const areas = [...byArea].sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map([
    ["index.html", indexPage(areas)],
    ...areas.map(([area, entries]): [string, string] => [rulePageName(area), areaPage(area, entries)]),
  ]);
}

function indexPage(areas: readonly [RuleArea, RuleEntry[]][]): string {
  const rowOf = (first: string, entries: readonly RuleEntry[]) => {
    const counts = reportedLevels.map((level) => entries.filter(([, rule]) => rule.level === level).length);
    return `<tr><td>${first}</td>${[...counts, entries.length].map((count) => `<td>${count}</td>`).join("")}</tr>`;
  };
  const all = areas.flatMap(([, entries]) => entries);
  return page(
    "Rules of Forewarn",
    `<p>What a change is judged by. <code>forewarn explain RULE</code> says the same of one rule.</p>
<table>
<thead><tr><th>Area</th>${reportedLevels.map((level) => `<th>${level}</th>`).join("")}<th>rules</th></tr></thead>
<tbody>
${areas.map(([area, entries]) => rowOf(`<a href="${rulePageName(area)}">${area}</a>`, entries)).join("\n")}
${rowOf("<b>all</b>", all)}
</tbody>
</table>
`,
  );
}

function areaPage(area: RuleArea, entries: readonly RuleEntry[]): string {
  return page(
    `Rules: ${area}`,
    `<p><a href="index.html">All areas</a> · ${countText(entries.length, "rule")}</p>
${entries.map(([id, rule]) => ruleHtml(id, rule)).join("")}`,
  );
}

function ruleHtml(id: string, { level, direction, kind, action, message, why, migration, example }: Rule): string {
  const facts = [level, ...(direction === "none" ? [] : [direction]), kind, action].join(" · ");
  return `<article id="${escapeHtml(id)}" class="${level}">
<h2><a href="#${escapeHtml(id)}"><code class="rule ${level}">${escapeHtml(id)}</code></a></h2>
<p class="quiet">${escapeHtml(facts)}</p>
<dl>
<dt>Says</dt><dd>${proseHtml(message)}</dd>
<dt>Why</dt><dd>${proseHtml(why)}</dd>
<dt>What to do</dt><dd>${proseHtml(migration)}</dd>
</dl>
<pre><code>${exampleDiff(example).map(lineHtml).join("")}</code></pre>
</article>
`;
}

function lineHtml({ sign, line }: DiffLine): string {
  const text = escapeHtml(`${sign} ${line}`);
  if (sign === "-") return `<del>${text}</del>`;
  return sign === "+" ? `<ins>${text}</ins>` : `${text}\n`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${pageStyle}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<main>
${body}</main>
</body>
</html>
`;
}
