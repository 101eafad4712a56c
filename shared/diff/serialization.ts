import type { JsonType } from "../spec/model.ts";

/** How a value is written into a URL, a header, a cookie or a form. */
export type Serialization = { style: string; explode: boolean };

type Kind = "scalar" | "array" | "object";

const delimiters: Record<string, string> = { spaceDelimited: "space", tabDelimited: "tab", pipeDelimited: "pipe" };

/**
 * Which of the two makes a value of one of `types` (any type when absent) look different on the wire. `explode` of a
 * single value, or of a list that commas join anyway, changes nothing; where the style changes, so does what `explode`
 * is by default, and the style is what was edited.
 */
export function differenceInWriting(
  before: Serialization,
  after: Serialization,
  types: readonly JsonType[] | undefined,
): keyof Serialization | undefined {
  const isDifferent = kindsOf(types).some((kind) => writingOf(before, kind) !== writingOf(after, kind));
  if (!isDifferent) return undefined;
  return before.style === after.style ? "explode" : "style";
}

function kindsOf(types: readonly JsonType[] | undefined): Kind[] {
  if (types === undefined) return ["scalar", "array", "object"];
  const kinds = types.map((type): Kind => (type === "array" || type === "object" ? type : "scalar"));
  return [...new Set(kinds)];
}

/** The table of styles of the specification (Parameter Object, "Style Examples"), a word for each column. */
function writingOf({ style, explode }: Serialization, kind: Kind): string {
  const isPlain = style === "form" || style === "deepObject" || style in delimiters;
  if (kind === "scalar") return isPlain ? "form" : style;
  if (style === "simple") return kind === "array" ? style : `${style} ${explode}`;
  if (style === "deepObject") return kind === "array" ? "undefined" : style;
  if (isPlain) return explode ? "repeated" : (delimiters[style] ?? "comma");
  return `${style} ${explode}`;
}
