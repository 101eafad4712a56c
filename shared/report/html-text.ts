import { escapeXml } from "./xml.ts";

/** For content and attributes; a line end says nothing in a sentence. */
export function escapeHtml(text: string): string {
  return escapeXml(text.replaceAll(/[\t\r\n]+/g, " "));
}

/** Escaped, with what stands in backticks as code. */
export function proseHtml(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : escapeHtml(part)))
    .join("");
}
