/** RFC 6901: escapes one reference token. */
export function escapePointerToken(token: string): string {
  return token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

/**
 * RFC 6901: the tokens of a pointer; `undefined` when it neither is empty nor starts with a slash.
 * @example splitPointer("/paths/~1pets") // ["paths", "/pets"]
 */
export function splitPointer(pointer: string): string[] | undefined {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((token) => (token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token));
}

/** The fragment of a URI reference, without its `#`, as what it means. */
export function decodeFragment(fragment: string): string {
  if (!fragment.includes("%")) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a percent sign that is meant literally
  }
}
