/** Two palettes with a contrast of 4.5 and more, chosen by the reader's system; one column that also prints well. */
export const htmlStyle = `:root { color-scheme: light dark;
  --page: light-dark(#f7f7f5, #15171a); --card: light-dark(#fff, #1d2024); --ink: light-dark(#1c1e21, #e6e7e9);
  --quiet: light-dark(#5c6168, #a3a9b1); --line: light-dark(#dfe0e3, #34383e); --chip: light-dark(#eeefec, #2a2e34);
  --link: light-dark(#0b57a4, #86bdf8); --breaking: light-dark(#b42318, #ff8577); --risky: light-dark(#875400, #f2b84b);
  --safe: light-dark(#17703a, #5fcf86); --out: light-dark(#fdecea, #3a2220); --in: light-dark(#e8f5ec, #1b3325); }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
.skip, .unseen { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; line-height: 1.25; text-wrap: balance; }
h1 .version { color: var(--quiet); font-weight: 500; white-space: nowrap; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .6rem; }
p { margin: .3rem 0; }
.quiet, .arrow { color: var(--quiet); }
.quiet { font-weight: normal; font-size: .875rem; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.says code { background: var(--chip); padding: .1em .3em; border-radius: .25em; }
nav { display: flex; gap: .6rem; flex-wrap: wrap; margin-top: .9rem; }
.tile { padding: .35rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  color: var(--ink); text-decoration: none; }
a.tile:hover { border-color: currentColor; }
.tile.none { color: var(--quiet); background: none; }
.tile b { font-size: 1.25rem; margin-right: .25rem; font-variant-numeric: tabular-nums; }
.tile.breaking b, .rule.breaking, label.breaking { color: var(--breaking); }
.tile.risky b, .rule.risky, label.risky { color: var(--risky); }
.tile.safe b, .rule.safe, label.safe { color: var(--safe); }
#filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center;
  margin: 1rem -1.25rem 0; padding: .6rem 1.25rem; background: var(--page); border-bottom: 1px solid var(--line); }
#filter input[type=search] { flex: 1 1 16rem; min-width: 0; padding: .4rem .6rem; font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: .375rem; }
#filter ::placeholder { color: var(--quiet); opacity: 1; }
#filter fieldset { display: flex; gap: .75rem; margin: 0; padding: 0; border: 0; }
#filter label { font-size: .9rem; white-space: nowrap; }
#filter label:has(:disabled) { color: var(--quiet); }
#filter button { padding: .3rem .7rem; font: inherit; font-size: .875rem; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .375rem; cursor: pointer; }
#filter button:hover { border-color: var(--quiet); }
#shown { font-size: .875rem; color: var(--quiet); }
#shown:empty { display: none; }
.cause, .list { margin: .4rem 0; background: var(--card); border: 1px solid var(--line); border-radius: .375rem;
  scroll-margin-top: 4.5rem; }
.cause { border-left: 4px solid var(--quiet); content-visibility: auto; contain-intrinsic-size: auto 3.2rem; }
.cause:target, .list:target { outline: 2px solid var(--link); }
.cause.breaking { border-left-color: var(--breaking); }
.cause.risky { border-left-color: var(--risky); }
.cause.safe { border-left-color: var(--safe); }
.level { scroll-margin-top: 3.5rem; }
summary { cursor: pointer; padding: .6rem 1rem; }
.cause > summary { display: flex; gap: .25rem 1rem; justify-content: space-between; align-items: baseline; }
.cause > summary::before { content: "▸"; color: var(--quiet); flex: none; margin-right: -.5rem; }
.cause[open] > summary::before { content: "▾"; }
.cause > summary::-webkit-details-marker { display: none; }
.says { flex: 1; }
summary .reach { flex: none; color: var(--quiet); font-size: .8125rem; white-space: nowrap; }
.cause > :not(summary) { margin-left: 2rem; margin-right: 1rem; }
.cause > p.reach { font-size: .875rem; }
.findings { list-style: none; padding: 0; margin-top: 0; }
.findings > li + li { margin-top: .6rem; padding-top: .6rem; border-top: 1px solid var(--line); }
.values { display: grid; gap: 2px; margin: .4rem 0; }
.values del, .values ins { display: block; padding: .2rem .6rem; border-radius: .25rem; text-decoration: none; }
.values del { background: var(--out); }
.values ins { background: var(--in); }
.sign { display: inline-block; width: 5em; font-size: .8125rem; color: var(--quiet); }
.operations { list-style: none; padding: 0; margin-top: .4rem; margin-bottom: .6rem; font-size: .9375rem; }
.list .operations { columns: 22rem; padding: 0 1rem .6rem; }
.operations li { break-inside: avoid; padding-left: 4.5rem; text-indent: -4.5rem; }
.method { display: inline-block; min-width: 4.5rem; text-indent: 0; color: var(--quiet); }
.cause { position: relative; }
.cause > .self { position: absolute; right: 0; bottom: .5rem; font-size: .8125rem; }
footer { margin-top: 3rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem .75rem 3rem; }
  #filter { position: static; margin-inline: -.75rem; padding-inline: .75rem; }
  .cause > summary { flex-wrap: wrap; padding: .5rem .75rem; }
  .says { flex: 1 1 80%; }
  summary .reach { padding-left: 1.25rem; }
  .cause > :not(summary) { margin-left: 1rem; margin-right: .75rem; }
  .operations li { padding-left: 1rem; text-indent: -1rem; }
  .method { min-width: 0; }
  .cause > .self { position: static; display: inline-block; padding-bottom: .5rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 11pt; background: none; }
  #filter, .self, .skip, nav { display: none; }
  .cause { content-visibility: visible; break-inside: avoid; }
  .cause::details-content, .list::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; text-decoration: none; }
}`;
