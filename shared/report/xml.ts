import { wellFormed } from "./well-formed.ts";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/**
 * Escapes `text` for XML 1.0 attributes and content (and so for HTML's). Characters that XML 1.0 cannot hold, in whatever
 * spelling, become U+FFFD.
 */
export function escapeXml(text: string): string {
  return (
    wellFormed(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: https://www.w3.org/TR/xml/#charsets leaves these out
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? character)
  );
}
