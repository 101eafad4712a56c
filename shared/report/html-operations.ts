import type { OperationRef } from "../diff/change-set.ts";
import { escapeHtml } from "./html-text.ts";
import { countText } from "./phrases.ts";

/** Longer lists are written once, at the end of the page: hundreds of edits often reach the same hundreds of operations. */
const maxListedOperations = 12;

/** Lists of operations, each written once. */
export type OperationBook = {
  /** The list itself, or a link to it. */
  listHtml(operations: readonly OperationRef[]): string;
  /** The lists that were linked to. */
  appendixHtml(): string;
};

export function createOperationBook(): OperationBook {
  const lists = new Map<string, { id: string; operations: readonly OperationRef[] }>();
  return {
    listHtml(operations) {
      if (operations.length === 0) return "";
      if (operations.length <= maxListedOperations) return `<ul class="operations">${itemsHtml(operations)}</ul>\n`;
      const key = operations.map(({ method, path }) => `${method} ${path}`).join("\n");
      const list = lists.get(key) ?? { id: `operations-${lists.size + 1}`, operations };
      lists.set(key, list);
      return `<p class="reach" data-operations="${list.id}">Reaches <a href="#${list.id}">${countText(operations.length, "operation")}</a></p>\n`;
    },
    appendixHtml() {
      if (lists.size === 0) return "";
      const items = [...lists.values()].map(
        ({ id, operations }) => `<details id="${id}" class="list">
<summary>${countText(operations.length, "operation")}, ${escapeHtml(operations[0]?.path ?? "")} to ${escapeHtml(operations.at(-1)?.path ?? "")}</summary>
<ul class="operations">${itemsHtml(operations)}</ul></details>
`,
      );
      return `<section id="operations" class="appendix">\n<h2>Operations that edits reach</h2>\n${items.join("")}</section>\n`;
    },
  };
}

function itemsHtml(operations: readonly OperationRef[]): string {
  return operations
    .map(({ method, path }) => `<li><code><b class="method">${escapeHtml(method)}</b> ${escapeHtml(path)}</code></li>`)
    .join("");
}
