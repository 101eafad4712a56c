import { decodeText } from "./decode-text.ts";
import { detectDialect, requirePaths } from "./dialect.ts";
import {
  DocumentTooComplexError,
  InvalidDocumentError,
  type TextPosition,
  UnsupportedDocumentError,
} from "./errors.ts";
import { findDuplicateKeys, measureValue } from "./json-duplicate-keys.ts";
import { findJsonError } from "./json-error.ts";
import { createJsonLocator } from "./json-locator.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import { countWrittenMembers } from "./json-text.ts";
import type { JsonValue, SpecDialect, SpecWarning } from "./model.ts";
import { defaultParseLimits, type ParseLimits } from "./parse-limits.ts";
import { indexTextPositions, positionAt } from "./text-positions.ts";
import { type ReadDocument, readYaml } from "./yaml-document.ts";

export type { JsonObject } from "./json-object.ts";
export type { ParseLimits } from "./parse-limits.ts";

/** A document that was read: a JSON tree, whatever it was written in. */
export type ParsedDocument = {
  document: JsonObject;
  dialect: SpecDialect;
  /** As written: `"3.0.3"`. */
  version: string;
  format: "json" | "yaml";
  /** Duplicate keys, missing operations. In document order. */
  warnings: SpecWarning[];
  /** Whether one object may stand at several places of `document`: YAML aliases, parts that are used twice. */
  sharesObjects: boolean;
  /**
   * Line and column (1-based) of the member or item that `pointer` (RFC 6901) names; `undefined` when nothing is there. The
   * source map is computed on the first call, container by container.
   */
  locate(pointer: string): SourcePosition | undefined;
};

/** A place in the text. In a document of several files also which file, and the pointer in there. */
export type SourcePosition = TextPosition & {
  /** The file or URL of a part; absent for the document's own. */
  source?: string;
  /** Pointer in `source`. */
  pointer?: string;
};

/** Any JSON or YAML value that was read, be it a document or a piece of one. */
export type ParsedValue = Pick<ParsedDocument, "format" | "warnings" | "sharesObjects"> & {
  value: JsonValue;
  locate(pointer: string): TextPosition | undefined;
};

const maxDuplicateWarnings = 100;

/**
 * Reads an API description: JSON when it looks like JSON, else YAML; Swagger 2.0, OpenAPI 3.0, 3.1, 3.2.
 * A key that is written twice is a warning and the last one counts, in both formats. `__proto__` as a key is refused.
 * @throws InvalidDocumentError not readable, or nothing to watch; with line and column where there is one
 * @throws UnsupportedDocumentError readable, but not a document of these versions
 * @throws DocumentTooComplexError beyond a limit
 * @example parseDocument(new TextEncoder().encode('{"openapi":"3.1.0","paths":{}}')).dialect // "openapi-3.1"
 */
export function parseDocument(bytes: Uint8Array, options: Partial<ParseLimits> = {}): ParsedDocument {
  return documentOf(parseValue(bytes, options));
}

/**
 * What was read as an API description.
 * @throws InvalidDocumentError nothing to watch
 * @throws UnsupportedDocumentError not a document of these versions
 */
export function documentOf({ value, ...parsed }: ParsedValue): ParsedDocument {
  if (!isJsonObject(value)) {
    const kind = Array.isArray(value) ? "a list" : typeof value === "string" ? "plain text" : "a single value";
    throw new UnsupportedDocumentError(`this is ${kind}, not an OpenAPI document`);
  }
  const { dialect, version } = detectDialect(value);
  requirePaths(value, dialect);
  if (isJsonObject(value.paths) && Object.keys(value.paths).length === 0) {
    parsed.warnings.push({
      code: "no-paths",
      message: "the document has no operations: its paths are empty",
      pointer: "/paths",
    });
  }
  return { document: value, dialect, version, ...parsed };
}

/**
 * Reads JSON when it looks like JSON, else YAML: what a document may refer to need not be a document itself.
 * @throws InvalidDocumentError not readable
 * @throws UnsupportedDocumentError HTML or XML
 * @throws DocumentTooComplexError beyond a limit
 */
export function parseValue(bytes: Uint8Array, options: Partial<ParseLimits> = {}): ParsedValue {
  const limits = { ...defaultParseLimits, ...options };
  if (bytes.byteLength > limits.maxBytes) {
    throw new DocumentTooComplexError(`the document has ${bytes.byteLength} bytes; the limit is ${limits.maxBytes}`);
  }
  const text = decodeText(bytes);
  const first = /[^\s]/.exec(text.length > 65_536 ? text.slice(0, 65_536) : text)?.[0] ?? text.trimStart()[0];
  if (first === undefined) throw new InvalidDocumentError("the document is empty", "");
  if (first === "<") {
    throw new UnsupportedDocumentError("this is HTML or XML, not an OpenAPI document in JSON or YAML");
  }
  const format = first === "{" || first === "[" ? "json" : "yaml";
  const read = format === "json" ? readJson(text, utf8Of(text, bytes), limits) : readYaml(text, limits);
  const { hasProtoKey, ...rest } = read;
  if (hasProtoKey) refuseProtoKey(text);
  return { format, ...rest };
}

/** @param bytes `text` in UTF-8 */
function readJson(text: string, bytes: Uint8Array, limits: ParseLimits): ReadDocument {
  const value = parseJson(text);
  const size = measureValue(value, limits.maxDepth);
  if (size.tooDeep) throw new DocumentTooComplexError(`the JSON nests deeper than ${limits.maxDepth} levels`);
  if (size.members > limits.maxNodes) {
    throw new DocumentTooComplexError(`the JSON holds more than ${limits.maxNodes} members`);
  }
  const warnings: SpecWarning[] = [];
  if (limits.findDuplicateKeys && size.members < countWrittenMembers(bytes)) {
    const positions = indexTextPositions(text);
    for (const { pointer, key, offset, firstOffset } of findDuplicateKeys(text, maxDuplicateWarnings)) {
      const first = positions.at(firstOffset).line;
      const message = `the key ${JSON.stringify(key)} is written twice (first at line ${first}); the last one counts`;
      warnings.push({ code: "duplicate-key", message, pointer, ...positions.at(offset) });
    }
  }
  let locate: ReadDocument["locate"] | undefined;
  return {
    ...{ value, warnings, hasProtoKey: size.hasProtoKey, sharesObjects: false },
    locate(pointer) {
      locate ??= createJsonLocator(bytes);
      return locate(pointer);
    },
  };
}

/** UTF-8 of `text`, which was read from `bytes`: those, unless they are UTF-16, without a byte order mark. */
function utf8Of(text: string, bytes: Uint8Array): Uint8Array {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return Buffer.from(text, "utf8");
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = findJsonError(text);
    if (found === undefined) throw error; // cannot be: the scanner follows the same grammar
    const position = positionAt(text, found.offset);
    throw found.truncated
      ? new InvalidDocumentError("the document ends in the middle", `truncated JSON, ${found.reason}`, position)
      : new InvalidDocumentError("not valid JSON", found.reason, position);
  }
}

/** An own `__proto__` member turns into a prototype as soon as somebody copies it. No API has one in earnest. */
function refuseProtoKey(text: string): never {
  const offset = text.indexOf("__proto__");
  const position = offset === -1 ? undefined : positionAt(text, offset);
  throw new InvalidDocumentError("the document is refused", 'it has an object with the key "__proto__"', position);
}
