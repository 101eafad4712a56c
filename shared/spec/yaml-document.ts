import {
  CORE_SCHEMA,
  constructFromEvents,
  defineScalarTag,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
  YAMLException,
} from "js-yaml";
import { DocumentTooComplexError, InvalidDocumentError, type TextPosition } from "./errors.ts";
import type { JsonValue, SpecWarning } from "./model.ts";
import type { ParseLimits } from "./parse-limits.ts";
import { indexTextPositions, positionAt, type TextPositions } from "./text-positions.ts";
import { createYamlLocator } from "./yaml-locator.ts";

/**
 * `.nan` and `.inf` have no JSON form: written plainly they stay strings, with the tag `!!float` they are refused. Dates
 * stay strings because the core schema has none.
 */
const finiteFloatTag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: true,
  implicitFirstChars: floatCoreTag.implicitFirstChars,
  identify: floatCoreTag.identify,
  resolve(source, isExplicit, tagName) {
    const value = floatCoreTag.resolve(source, isExplicit, tagName);
    return typeof value === "number" && !Number.isFinite(value) ? NOT_RESOLVED : value;
  },
});

/** How scalars are read, and that `<<` merges. */
export const yamlSchema = CORE_SCHEMA.withTags(finiteFloatTag, mergeTag);

/** Keys that merges (`<<`) may copy in one document; the library's own limit is 10,000. */
const maxMergedKeys = 200_000;

const maxDuplicateWarnings = 100;

export type ReadDocument = {
  value: JsonValue;
  warnings: SpecWarning[];
  /** Line and column of what a pointer names, in the text as written, save for repaired indentation. */
  locate(pointer: string): TextPosition | undefined;
  hasProtoKey: boolean;
  /** Whether one object may stand at several places of `value`. */
  sharesObjects: boolean;
};

/**
 * Reads one YAML 1.2 document (core schema, `<<` merges). A key written twice is a warning and the last one counts, as in
 * JSON. Aliases are shared, not copied, but what they would amount to when followed is counted against `maxNodes`.
 * @throws InvalidDocumentError with line and column
 * @throws DocumentTooComplexError when a limit is passed
 */
export function readYaml(written: string, limits: ParseLimits): ReadDocument {
  const warnings: SpecWarning[] = [];
  const { text, events, repairedLines } = guard(written, limits, () => parseRepaired(written, limits));
  for (const line of repairedLines) {
    const message = `line ${line} continues a quoted text and is not indented; it was read as if it were`;
    warnings.push({ code: "yaml-indentation", message, line, column: 1 });
  }
  const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
  if (documents === 0) throw new InvalidDocumentError("the document is empty", "");
  if (documents > 1) {
    throw new InvalidDocumentError("not one YAML document", `the stream holds ${documents} documents, expected one`);
  }
  checkExpandedSize(text, events, limits);
  const options = { source: text, schema: yamlSchema, maxAliases: limits.maxAliases, maxTotalMergeKeys: maxMergedKeys };
  const values = guard(text, limits, () => {
    try {
      return constructFromEvents(events, options);
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== "duplicated mapping key") throw error;
      warnings.push(...findDuplicates(text, events));
      return constructFromEvents(events, { ...options, json: true });
    }
  });
  const value = (values[0] ?? null) as JsonValue; // the schema has no tag that makes anything else
  const sharesObjects = events.some((event) => event.type === EVENT_ID.ALIAS);
  const locate = createLocator(text, events);
  return { value, warnings, locate, hasProtoKey: mayHoldProto(text) && hasProtoKey(value), sharesObjects };
}

function createLocator(text: string, events: readonly Event[]): ReadDocument["locate"] {
  let positions: TextPositions | undefined;
  let offsetOf: ((pointer: string) => number | undefined) | undefined;
  return (pointer) => {
    positions ??= indexTextPositions(text);
    offsetOf ??= createYamlLocator(text, events);
    const offset = offsetOf(pointer);
    return offset === undefined ? undefined : positions.at(offset);
  };
}

/** Different lines that may be repaired: each costs a pass. */
const maxRepairs = 20;

/**
 * Real documents end a long quoted example with its quote at the start of a line, which YAML forbids and many readers
 * allow. Inside quotes the indentation means nothing, so that it can be added; equal lines are mended together.
 */
function parseRepaired(
  written: string,
  limits: ParseLimits,
): { text: string; events: Event[]; repairedLines: number[] } {
  let text = written;
  const repairedLines = new Set<number>();
  for (let repairs = 0; ; repairs++) {
    try {
      return { text, events: parseEvents(text, { maxDepth: limits.maxDepth }), repairedLines: [...repairedLines] };
    } catch (error) {
      const isRepairable = error instanceof YAMLException && error.reason === "deficient indentation";
      if (!isRepairable || error.mark === undefined || repairs === maxRepairs) throw error;
      const lines = text.split("\n");
      const wrong = lines[error.mark.line];
      if (wrong === undefined || !/^\s*['"]\s*$/.test(wrong)) throw error;
      let previousIndent = "";
      for (const [index, line] of lines.entries()) {
        if (line === wrong && previousIndent.length > 0) {
          lines[index] = previousIndent + line;
          repairedLines.add(index + 1);
        }
        if (line.trim() !== "") previousIndent = /^ */.exec(line)?.[0] ?? "";
      }
      text = lines.join("\n");
    }
  }
}

function guard<T>(text: string, limits: ParseLimits, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw new InvalidDocumentError("not valid YAML", error instanceof Error ? error.message : String(error));
    }
    const position = error.mark === undefined ? undefined : positionAt(text, error.mark.position);
    const place = position === undefined ? "" : ` at line ${position.line}, column ${position.column}`;
    if (error.reason.startsWith("nesting exceeded")) {
      throw new DocumentTooComplexError(`the YAML nests deeper than ${limits.maxDepth} levels${place}`);
    }
    if (error.reason.startsWith("aliases exceeded")) {
      throw new DocumentTooComplexError(`the YAML has more than ${limits.maxAliases} aliases${place}`);
    }
    if (error.reason.startsWith("merge keys exceeded")) {
      throw new DocumentTooComplexError(`the YAML merges (<<) more than ${maxMergedKeys} keys${place}`);
    }
    throw new InvalidDocumentError("not valid YAML", error.reason, position);
  }
}

/** An alias bomb is small as text and as shared objects, and endless to whoever walks it: counted here, before that. */
function checkExpandedSize(text: string, events: readonly Event[], limits: ParseLimits): void {
  const sizes = new Map<string, number>();
  const depths = new Map<string, number>();
  const open: { anchor: string; size: number; depth: number }[] = [];
  const openAnchors = new Set<string>();
  let top = { anchor: "", size: 0, depth: 0 };
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push(top);
      top = { anchor: "", size: 0, depth: 0 };
    } else if (event.type === EVENT_ID.SCALAR) {
      top.size++;
      if (event.anchorStart !== -1) {
        const anchor = text.slice(event.anchorStart, event.anchorEnd);
        sizes.set(anchor, 1);
        depths.set(anchor, 0);
      }
    } else if (event.type === EVENT_ID.ALIAS) {
      const anchor = text.slice(event.anchorStart, event.anchorEnd);
      if (openAnchors.has(anchor)) {
        const position = positionAt(text, event.anchorStart);
        throw new InvalidDocumentError("not valid YAML", `the alias *${anchor} stands inside its own anchor`, position);
      }
      top.size += sizes.get(anchor) ?? 1;
      top.depth = Math.max(top.depth, (depths.get(anchor) ?? 0) + 1);
    } else if (event.type === EVENT_ID.POP) {
      const closed = top;
      top = open.pop() ?? top;
      top.size += closed.size + 1;
      top.depth = Math.max(top.depth, closed.depth + 1);
      if (closed.anchor !== "") {
        openAnchors.delete(closed.anchor);
        sizes.set(closed.anchor, closed.size + 1);
        depths.set(closed.anchor, closed.depth);
      }
    } else {
      open.push(top);
      const anchor = event.anchorStart === -1 ? "" : text.slice(event.anchorStart, event.anchorEnd);
      if (anchor !== "") openAnchors.add(anchor);
      top = { anchor, size: 0, depth: 0 };
    }
    if (top.size > limits.maxNodes) {
      throw new DocumentTooComplexError(
        `the YAML holds more than ${limits.maxNodes} values when its aliases are followed (an alias bomb?)`,
      );
    }
    if (top.depth > limits.maxDepth) {
      throw new DocumentTooComplexError(
        `the YAML nests deeper than ${limits.maxDepth} levels when its aliases are followed`,
      );
    }
  }
}

function findDuplicates(text: string, events: readonly Event[]): SpecWarning[] {
  const warnings: SpecWarning[] = [];
  const positions = indexTextPositions(text);
  const open: { keys: Map<string, number> | undefined; keyNext: boolean }[] = [];
  for (const event of events) {
    const top = open.at(-1);
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (top?.keys !== undefined) {
      if (top.keyNext && event.type === EVENT_ID.SCALAR) {
        const key = getScalarValue(text, event);
        const first = top.keys.get(key);
        if (first === undefined) top.keys.set(key, event.valueStart);
        else if (warnings.length < maxDuplicateWarnings && key !== "<<") {
          const position = positions.at(event.valueStart);
          const message = `the key ${JSON.stringify(key)} is written twice (first at line ${positions.at(first).line}); the last one counts`;
          warnings.push({ code: "duplicate-key", message, ...position });
        }
      }
      top.keyNext = !top.keyNext;
    }
    if (event.type === EVENT_ID.MAPPING) open.push({ keys: new Map(), keyNext: true });
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS)
      open.push({ keys: undefined, keyNext: false });
  }
  return warnings;
}

/** How a key may hold the underscores of `__proto__`: plainly or escaped. A mere mention is looked into. */
function mayHoldProto(text: string): boolean {
  return text.includes("__proto__") || /\\(?:u005f|x5f|U0000005f)/i.test(text);
}

/** Objects that aliases share are looked at once. */
function hasProtoKey(value: JsonValue): boolean {
  const seen = new Set<JsonValue>();
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (Object.hasOwn(next, "__proto__")) return true;
    for (const member of Object.values(next)) waiting.push(member);
  }
  return false;
}
