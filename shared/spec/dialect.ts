import { InvalidDocumentError, UnsupportedDocumentError } from "./errors.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import type { SpecDialect } from "./model.ts";

/** Which specification a document follows. `version` as the document says it: `"3.0.3"`. */
export type DetectedDialect = { dialect: SpecDialect; version: string };

/**
 * Reads the version field. A number, which YAML makes of an unquoted `2.0`, is taken for the version it means.
 * @throws UnsupportedDocumentError for other formats and other versions; it names what the document seems to be
 */
export function detectDialect(document: JsonObject): DetectedDialect {
  const openapi = versionOf(document.openapi);
  if (openapi !== undefined) {
    if (/^3\.0(\.|-|$)/.test(openapi)) return { dialect: "openapi-3.0", version: openapi };
    if (/^3\.1(\.|-|$)/.test(openapi)) return { dialect: "openapi-3.1", version: openapi };
    if (/^3\.2(\.|-|$)/.test(openapi)) return { dialect: "openapi-3.2", version: openapi };
    throw new UnsupportedDocumentError(`OpenAPI ${openapi} is not supported; 3.0, 3.1 and 3.2 are, and Swagger 2.0`);
  }
  const swagger = versionOf(document.swagger);
  if (swagger === "2.0") return { dialect: "swagger-2.0", version: swagger };
  if (swagger !== undefined) throw new UnsupportedDocumentError(`Swagger ${swagger} is not supported; 2.0 is`);
  throw new UnsupportedDocumentError(describeForeign(document));
}

function versionOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isInteger(value) ? `${value}.0` : String(value);
  return typeof value === "string" ? value.trim() : undefined;
}

function describeForeign(document: JsonObject): string {
  if (document.swaggerVersion !== undefined) {
    return `Swagger ${String(document.swaggerVersion)} is not supported; convert the document to Swagger 2.0 or OpenAPI 3`;
  }
  if (document.asyncapi !== undefined)
    return "this is an AsyncAPI document; only OpenAPI and Swagger 2.0 are supported";
  if (document.arazzo !== undefined) return "this is an Arazzo document; only OpenAPI and Swagger 2.0 are supported";
  if (document.overlay !== undefined) return "this is an OpenAPI Overlay; only the document it applies to can be read";
  if (document.discoveryVersion !== undefined)
    return "this is a Google API Discovery document; only OpenAPI is supported";
  const keys = Object.keys(document);
  if (keys.length === 0) return "this is an empty object, not an OpenAPI document";
  const named = keys.slice(0, 8).map((key) => JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key));
  const more = keys.length > named.length ? ` and ${keys.length - named.length} more` : "";
  return `this is not an OpenAPI document: it has no "openapi" or "swagger" field; it has the keys ${named.join(", ")}${more}`;
}

/**
 * Requires something to watch: `paths`, or in 3.1 and later also `webhooks` or `components`.
 * @throws InvalidDocumentError when there is none
 */
export function requirePaths(document: JsonObject, dialect: SpecDialect): void {
  if (isJsonObject(document.paths)) return;
  if (document.paths !== undefined && document.paths !== null) {
    throw new InvalidDocumentError('the document\'s "paths" is not an object', "");
  }
  const mayLackPaths = dialect === "openapi-3.1" || dialect === "openapi-3.2";
  if (mayLackPaths && (isJsonObject(document.webhooks) || isJsonObject(document.components))) return;
  throw new InvalidDocumentError("the document has no paths", "");
}
