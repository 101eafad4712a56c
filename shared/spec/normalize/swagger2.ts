import { isAnnotation } from "../annotation-keys.ts";
import { compareStrings } from "../canonical-json.ts";
import { asString, isJsonObject, type JsonObject } from "../json-object.ts";
import type {
  HeaderNode,
  JsonValue,
  MediaTypeNode,
  ParameterNode,
  RequestBodyNode,
  SchemaId,
  ServerNode,
} from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, notesHash, startNotes } from "./annotations.ts";
import { addSchemaNotes, type NormalizeContext, warn } from "./context.ts";
import { canonicalMediaType } from "./media-types.ts";
import type { Exchange } from "./operations.ts";
import { defaultStyle, mergeParameters, setLifecycle } from "./parameters.ts";
import { dereference, type Place } from "./references.ts";
import { type ResponseParts, readResponses } from "./responses.ts";
import { readSchema, reserveSchema } from "./schemas.ts";
import { readSwagger2Servers } from "./servers.ts";

/**
 * Swagger 2.0 read as what OpenAPI 3 would write: `body` and `formData` parameters are a request body, `consumes` and
 * `produces` its and the responses' media types. Where a document names none, JSON is meant in practice.
 */

const defaultMediaTypes = ["application/json"];
const urlencoded = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data";

/** Members of a parameter or header that are not part of its schema. */
const notSchema = new Set([
  "name",
  "in",
  "required",
  "collectionFormat",
  "allowEmptyValue",
  "schema",
  "x-sunset",
  "x-stability-level",
]);

/** `collectionFormat` as OpenAPI 3 style and explode; `tsv` has no counterpart and keeps a name of its own. */
const collectionStyles: Record<string, { style: string; explode: boolean }> = {
  csv: { style: "form", explode: false },
  ssv: { style: "spaceDelimited", explode: false },
  tsv: { style: "tabDelimited", explode: false },
  pipes: { style: "pipeDelimited", explode: false },
  multi: { style: "form", explode: true },
};

/** Reads parameters, request body and responses of a Swagger 2.0 operation. */
export function readSwagger2Exchange(
  context: NormalizeContext,
  place: Place<JsonObject>,
  shared: Place<JsonObject>[],
  own: Place<JsonObject>[],
): Exchange {
  const { value, pointer } = place;
  const payloads = new Map<string, Place<JsonObject>>();
  const split = (places: Place<JsonObject>[]): ParameterNode[] => {
    const parameters: ParameterNode[] = [];
    for (const parameter of places) {
      const location = parameter.value.in;
      if (location === "body") payloads.set("body", parameter);
      else if (location === "formData") payloads.set(`formData ${String(parameter.value.name)}`, parameter);
      else {
        const node = readPlainParameter(context, parameter);
        if (node !== undefined) parameters.push(node);
      }
    }
    return parameters;
  };
  const inheritedParameters = split(shared);
  const ownParameters = split(own);
  const consumes = mediaTypesOf(value.consumes ?? context.document.consumes);
  const produces = mediaTypesOf(value.produces ?? context.document.produces);
  return {
    parameters: mergeParameters(inheritedParameters, ownParameters),
    requestBody: readPayload(context, payloads, consumes, pointer),
    responses: readResponses(
      context,
      value.responses,
      `${pointer}/responses`,
      (response) => readSwagger2ResponseParts(context, response, produces),
      produces.join(),
    ),
  };
}

/** Servers of an operation that has `schemes` of its own. */
export function readSwagger2OperationServers(
  context: NormalizeContext,
  operation: JsonObject,
  pointer: string,
): ServerNode[] | undefined {
  if (!Array.isArray(operation.schemes)) return undefined;
  return readSwagger2Servers(context.document, operation.schemes, `${pointer}/schemes`, context.base);
}

function mediaTypesOf(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((item) => typeof item === "string").map(canonicalMediaType))].sort();
}

function readPlainParameter(context: NormalizeContext, place: Place<JsonObject>): ParameterNode | undefined {
  const { value, pointer } = place;
  const known = place.isShared ? context.sharedParameters.get(pointer) : undefined;
  if (known !== undefined) return known;
  const location = value.in;
  const written = asString(value.name);
  if ((location !== "path" && location !== "query" && location !== "header") || written === undefined) {
    warn(context, "invalid-parameter", pointer, `the parameter has no name or no valid "in"; it is ignored`, pointer);
    return undefined;
  }
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const collection = collectionOf(value);
  const style = collection === undefined || collection.style === "form" ? defaultStyle(location) : collection.style;
  const node: ParameterNode = {
    pointer,
    hash: "",
    annotationsHash: "",
    name: location === "header" ? written.toLowerCase() : written,
    in: location,
    required: location === "path" || value.required === true,
    deprecated: false,
    style,
    explode: location === "query" && (collection === undefined || collection.explode),
    allowReserved: false,
    allowEmptyValue: location === "query" && value.allowEmptyValue === true,
    schema: readSchema(context, schemaOf(context, value), pointer, notes, "schema"),
  };
  setLifecycle(node, value);
  if (typeof value.description === "string") node.description = value.description;
  node.annotationsHash = notesHash(notes);
  if (place.isShared) context.sharedParameters.set(pointer, node);
  return node;
}

/** The schema that a parameter or header is: its members without those that OpenAPI 3 keeps outside. */
function schemaOf(context: NormalizeContext, value: JsonObject): JsonObject {
  const schema: JsonObject = {};
  for (const key in value) if (!notSchema.has(key) && !isAnnotation(key)) schema[key] = value[key] ?? null;
  if (context.unread?.changed.has(value)) context.unread.changed.add(schema);
  return schema;
}

type Collection = { style: string; explode: boolean };

/**
 * `undefined` for what is not an array: no collection, no format. A list in a list may be joined another way, which OpenAPI 3
 * cannot write: its style is added to the outer one's name.
 */
function collectionOf(value: JsonObject): Collection | undefined {
  if (value.type !== "array") return undefined;
  const collection = collectionStyles[asString(value.collectionFormat) ?? "csv"] ?? collectionStyles.csv;
  const inner = isJsonObject(value.items) ? collectionOf(value.items) : undefined;
  if (collection === undefined || inner === undefined || inner.style === "form") return collection;
  return { ...collection, style: `${collection.style} of ${inner.style}` };
}

function readPayload(
  context: NormalizeContext,
  payloads: Map<string, Place<JsonObject>>,
  consumes: string[],
  pointer: string,
): RequestBodyNode | undefined {
  const body = payloads.get("body");
  if (body !== undefined) return readBody(context, body, consumes);
  if (payloads.size === 0) return undefined;
  return readForm(context, [...payloads.values()], consumes, pointer);
}

function readBody(
  context: NormalizeContext,
  { value, pointer }: Place<JsonObject>,
  consumes: string[],
): RequestBodyNode {
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const schema =
    value.schema === undefined ? undefined : readSchema(context, value.schema, `${pointer}/schema`, notes, "schema");
  const node: RequestBodyNode = {
    pointer,
    hash: "",
    annotationsHash: notesHash(notes),
    required: value.required === true,
    content: contentOf(consumes, schema, `${pointer}/schema`),
  };
  if (typeof value.description === "string") node.description = value.description;
  return node;
}

/** One media type node for each name, all with the same schema. */
function contentOf(mediaTypes: string[], schema: SchemaId | undefined, pointer: string): MediaTypeNode[] {
  const names = mediaTypes.length > 0 ? mediaTypes : defaultMediaTypes;
  return names.map((mediaType) => {
    const node: MediaTypeNode = { pointer, hash: "", annotationsHash: "", mediaType };
    if (schema !== undefined) node.schema = schema;
    return node;
  });
}

function readForm(
  context: NormalizeContext,
  fields: Place<JsonObject>[],
  consumes: string[],
  operation: string,
): RequestBodyNode {
  const pointer = `${operation}/parameters`;
  const notes = startNotes(context);
  const id = reserveSchema(context, pointer);
  const properties: Record<string, SchemaId> = {};
  const required: string[] = [];
  const encoding: NonNullable<MediaTypeNode["encoding"]> = {};
  for (const { value, pointer: at } of fields) {
    const name = asString(value.name) ?? "";
    addAnnotations(notes, value);
    properties[name] = readSchema(context, schemaOf(context, value), at, notes, name);
    if (value.required === true) required.push(name);
    const collection = collectionOf(value);
    if (collection !== undefined && !collection.explode) {
      encoding[name] = collection.style === "form" ? { explode: false } : { style: collection.style };
    }
  }
  const node = context.schemas[id];
  if (node !== undefined) {
    node.types = ["object"];
    node.properties = properties;
    if (required.length > 0) node.required = [...new Set(required)].sort();
  }
  addSchemaNotes(context, notes, id, "schema");
  const hasFile = fields.some(({ value }) => value.type === "file");
  const named = consumes.filter((mediaType) => mediaType === urlencoded || mediaType.startsWith("multipart/"));
  const mediaTypes = named.length > 0 ? named : [hasFile ? multipart : urlencoded];
  const content = contentOf(mediaTypes, id, pointer);
  if (Object.keys(encoding).length > 0) for (const media of content) media.encoding = encoding;
  return { pointer, hash: "", annotationsHash: notesHash(notes), required: required.length > 0, content };
}

function readSwagger2ResponseParts(
  context: NormalizeContext,
  { value, pointer }: Place<JsonObject>,
  produces: string[],
): ResponseParts {
  const headers = readSwagger2Headers(context, value.headers, `${pointer}/headers`);
  if (value.schema === undefined) return { headers, content: [] };
  const isFile = isJsonObject(value.schema) && value.schema.type === "file";
  const names = isFile && produces.length === 0 ? ["application/octet-stream"] : produces;
  const notes = startNotes(context);
  const schema = readSchema(context, value.schema, `${pointer}/schema`, notes, "schema");
  const content = contentOf(names, schema, `${pointer}/schema`);
  for (const media of content) media.annotationsHash = notesHash(notes);
  return { headers, content };
}

function readSwagger2Headers(context: NormalizeContext, value: JsonValue | undefined, pointer: string): HeaderNode[] {
  if (!isJsonObject(value)) return [];
  const nodes = new Map<string, HeaderNode>();
  for (const written in value) {
    const name = written.toLowerCase();
    const place = dereference(context, value[written], `${pointer}/${escapePointerToken(written)}`);
    if (place === undefined || name === "content-type") continue;
    const notes = startNotes(context);
    addAnnotations(notes, place.value);
    const node: HeaderNode = {
      pointer: place.pointer,
      hash: "",
      annotationsHash: "",
      name,
      required: false,
      deprecated: false,
      explode: false,
      schema: readSchema(context, schemaOf(context, place.value), place.pointer, notes, "schema"),
    };
    const style = collectionOf(place.value)?.style ?? "form";
    if (style !== "form") node.style = style;
    if (typeof place.value.description === "string") node.description = place.value.description;
    node.annotationsHash = notesHash(notes);
    nodes.set(name, node);
  }
  return [...nodes.values()].sort((a, b) => compareStrings(a.name, b.name));
}
