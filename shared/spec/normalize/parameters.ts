import { asString, type JsonObject } from "../json-object.ts";
import type { JsonValue, ParameterLocation, ParameterNode } from "../model.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import { type NormalizeContext, warn } from "./context.ts";
import { sortByKey } from "./keyed-lists.ts";
import { readContent } from "./media-types.ts";
import { dereference, type Place } from "./references.ts";
import { readSchema } from "./schemas.ts";

/** "The parameter definition SHALL be ignored" (OpenAPI 3, Parameter Object): other parts of the document define them. */
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

const locations: readonly string[] = ["path", "query", "header", "cookie", "querystring"];

function isLocation(value: JsonValue | undefined): value is ParameterLocation {
  return typeof value === "string" && locations.includes(value);
}

/** Parameter objects of a `parameters` list, references followed; the pointer is where the parameter itself is written. */
export function dereferenceParameters(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
): Place<JsonObject>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => dereference(context, item, `${pointer}/${index}`) ?? []);
}

/** The parameters of an operation: its own, and those of its path item that it does not replace; sorted by `in`, `name`. */
export function mergeParameters(inherited: readonly ParameterNode[], own: readonly ParameterNode[]): ParameterNode[] {
  return sortByKey([...inherited, ...own], (parameter) => `${parameter.in} ${parameter.name}`);
}

/** Reads an OpenAPI 3 parameter; one that many operations refer to is read once. `undefined` for one that does not count. */
export function readParameter(context: NormalizeContext, place: Place<JsonObject>): ParameterNode | undefined {
  const known = place.isShared ? context.sharedParameters.get(place.pointer) : undefined;
  if (known !== undefined) return known;
  const { value, pointer } = place;
  const location = value.in;
  const written = asString(value.name);
  if (!isLocation(location) || written === undefined) {
    warn(context, "invalid-parameter", pointer, `the parameter has no name or no valid "in"; it is ignored`, pointer);
    return undefined;
  }
  const name = location === "header" ? written.toLowerCase() : written;
  if (location === "header" && ignoredHeaders.has(name)) return undefined;
  const notes = startNotes(context);
  addAnnotations(notes, value);
  const style = asString(value.style) ?? defaultStyle(location);
  const node: ParameterNode = {
    pointer,
    hash: "",
    annotationsHash: "",
    name,
    in: location,
    required: location === "path" || value.required === true,
    deprecated: value.deprecated === true,
    style,
    explode: typeof value.explode === "boolean" ? value.explode : style === "form" || style === "cookie",
    allowReserved: value.allowReserved === true,
    allowEmptyValue: location === "query" && value.allowEmptyValue === true,
  };
  if (value.schema !== undefined) node.schema = readSchema(context, value.schema, `${pointer}/schema`, notes, "schema");
  const [content] = readContent(context, value.content, `${pointer}/content`);
  if (content !== undefined) {
    node.content = content;
    addNodeNotes(notes, "content", content);
  }
  setLifecycle(node, value);
  if (typeof value.description === "string") node.description = value.description;
  node.annotationsHash = notesHash(notes);
  if (place.isShared) context.sharedParameters.set(pointer, node);
  return node;
}

/** OpenAPI 3, Parameter Object, `style`: "simple" for path and header, "form" for query and cookie. */
export function defaultStyle(location: ParameterLocation): string {
  return location === "path" || location === "header" ? "simple" : "form";
}

/** Reads `x-sunset` and `x-stability-level`. YAML may make a date of neither: the core schema keeps it a string. */
export function setLifecycle(node: { sunset?: string; stability?: string }, value: JsonObject): void {
  const sunset = asString(value["x-sunset"]);
  if (sunset !== undefined) node.sunset = sunset;
  const stability = asString(value["x-stability-level"]);
  if (stability !== undefined) node.stability = stability;
}
