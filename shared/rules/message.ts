import type { Fact } from "../diff/facts.ts";
import type { JsonValue } from "../spec/model.ts";
import { placePhrase } from "./place-phrase.ts";

/** A value in a sentence is cut after this many characters; the whole is in the finding's `args`. */
const maxValueLength = 120;
/** Of a list, this many values are named in a sentence. */
const maxListedValues = 8;

/** `template` with `{place}` and its arguments filled in. */
export function messageOf(template: string, fact: Fact, args: Record<string, JsonValue>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "place" ? placePhrase(fact) : valueText(args[name] ?? null),
  );
}

function valueText(value: JsonValue): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, maxListedValues).map(valueText).join(", ");
    const hidden = value.length - maxListedValues;
    return hidden > 0 ? `${shown} and ${hidden} more` : shown;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength - 1)}…` : text;
}
