import type { JsonValue, SpecModel } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { type JsonObject, type ParsedDocument, parseDocument } from "../../../shared/spec/parse.ts";

/** UTF-8 bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Parses a document given as text or as an object. */
export function parseText(document: string | object): ParsedDocument {
  return parseDocument(bytesOf(typeof document === "string" ? document : JSON.stringify(document)));
}

/** Parses and normalizes a document given as text or as an object. */
export function modelOf(document: string | object): SpecModel {
  return normalize(parseText(document));
}

/** An OpenAPI document whose only operation answers `GET /pets` with `schema`. */
export function answering(schema: JsonValue, components: JsonObject = {}, openapi = "3.0.3"): JsonObject {
  return {
    openapi,
    info: { title: "Pets", version: "1" },
    paths: {
      "/pets": { get: { responses: { "200": { description: "ok", content: { "application/json": { schema } } } } } },
    },
    components: { schemas: components },
  };
}

/** The schema of the first response body of the first operation. */
export function answeredSchema(model: SpecModel) {
  const id = model.operations[0]?.responses[0]?.content[0]?.schema;
  const { pointer, hash, annotationsHash, ...meaning } = model.schemas[id ?? -1] ?? {};
  return meaning;
}

/** The error that `run` throws; fails when it throws none. */
export function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
