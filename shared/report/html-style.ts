/** Two palettes, chosen by the reader's system; one column that also prints well. */
export const htmlStyle = `:root { color-scheme: light dark;
  --page: light-dark(#fbfbfa, #16181b); --card: light-dark(#fff, #1f2226); --ink: light-dark(#1c1e21, #e6e7e9);
  --quiet: light-dark(#656a71, #9aa0a8); --line: light-dark(#e3e4e6, #33373d);
  --breaking: light-dark(#b42318, #ff7a6b); --risky: light-dark(#8f5b00, #f2b84b); --safe: light-dark(#1c7a3e, #5fcf86); }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
.quiet, .arrow { color: var(--quiet); font-weight: normal; font-size: .875rem; }
code { font: .875em ui-monospace, monospace; }
nav { display: flex; gap: .75rem; flex-wrap: wrap; }
.tile { padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  color: var(--ink); text-decoration: none; }
.tile b { font-size: 1.25rem; margin-right: .25rem; }
.tile.breaking b, .rule.breaking { color: var(--breaking); }
.tile.risky b, .rule.risky { color: var(--risky); }
.tile.safe b, .rule.safe { color: var(--safe); }
section > details { margin: .5rem 0; padding: .6rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--quiet); border-radius: .375rem; }
section > details.breaking { border-left-color: var(--breaking); }
section > details.risky { border-left-color: var(--risky); }
section > details.safe { border-left-color: var(--safe); }
summary { cursor: pointer; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
li { margin: .35rem 0; }
.operations { color: var(--quiet); }
.operations ul { columns: 18rem; }
footer { margin-top: 3rem; }
@media print { body { max-width: none; } details { break-inside: avoid; } }`;
