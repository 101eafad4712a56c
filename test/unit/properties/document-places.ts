import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";

/** What may stand in a document as it is written. */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "header"
  | "requestBody"
  | "response"
  | "mediaType"
  | "encoding"
  | "link"
  | "callback"
  | "server"
  | "requirement"
  | "securityScheme"
  | "schema";

/** One object of the document, with what is needed to put another one in its place. */
export type DocumentPlace = {
  kind: Kind;
  value: JsonObject;
  /** Object or list that holds it, and under which name; the document itself has none. */
  holder: JsonObject | JsonValue[];
  key: string | number;
  /** Names from the root, references not followed: `["paths", "/pets", "get"]`. */
  path: (string | number)[];
  parent?: DocumentPlace;
  replace(value: JsonValue): void;
};

type Shape = "one" | "list" | "map";
type Children = { [key: string]: [Shape, Kind] };

const schemaChildren: Children = {
  properties: ["map", "schema"],
  patternProperties: ["map", "schema"],
  dependentSchemas: ["map", "schema"],
  $defs: ["map", "schema"],
  items: ["one", "schema"],
  additionalProperties: ["one", "schema"],
  unevaluatedProperties: ["one", "schema"],
  unevaluatedItems: ["one", "schema"],
  propertyNames: ["one", "schema"],
  contains: ["one", "schema"],
  contentSchema: ["one", "schema"],
  not: ["one", "schema"],
  if: ["one", "schema"],
  // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword; this table is never awaited
  then: ["one", "schema"],
  else: ["one", "schema"],
  allOf: ["list", "schema"],
  anyOf: ["list", "schema"],
  oneOf: ["list", "schema"],
  prefixItems: ["list", "schema"],
};

/** Kinds whose maps may hold vendor extensions beside them; in any other map, `x-…` is a name like others. */
const extensible = new Set<Kind>(["pathItem", "response", "callback"]);

const operations = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

const childrenOf: Record<Kind, Children> = {
  document: {
    paths: ["map", "pathItem"],
    webhooks: ["map", "pathItem"],
    components: ["one", "components"],
    servers: ["list", "server"],
    security: ["list", "requirement"],
    definitions: ["map", "schema"],
    parameters: ["map", "parameter"],
    responses: ["map", "response"],
    securityDefinitions: ["map", "securityScheme"],
  },
  components: {
    schemas: ["map", "schema"],
    parameters: ["map", "parameter"],
    headers: ["map", "header"],
    requestBodies: ["map", "requestBody"],
    responses: ["map", "response"],
    callbacks: ["map", "callback"],
    links: ["map", "link"],
    pathItems: ["map", "pathItem"],
    securitySchemes: ["map", "securityScheme"],
  },
  pathItem: {
    ...Object.fromEntries(operations.map((method): [string, [Shape, Kind]] => [method, ["one", "operation"]])),
    additionalOperations: ["map", "operation"],
    parameters: ["list", "parameter"],
    servers: ["list", "server"],
  },
  operation: {
    parameters: ["list", "parameter"],
    requestBody: ["one", "requestBody"],
    responses: ["map", "response"],
    callbacks: ["map", "callback"],
    servers: ["list", "server"],
    security: ["list", "requirement"],
  },
  parameter: { schema: ["one", "schema"], content: ["map", "mediaType"], items: ["one", "schema"] },
  header: { schema: ["one", "schema"], content: ["map", "mediaType"], items: ["one", "schema"] },
  requestBody: { content: ["map", "mediaType"] },
  response: {
    headers: ["map", "header"],
    content: ["map", "mediaType"],
    links: ["map", "link"],
    schema: ["one", "schema"],
  },
  mediaType: { schema: ["one", "schema"], itemSchema: ["one", "schema"], encoding: ["map", "encoding"] },
  encoding: { headers: ["map", "header"] },
  link: { server: ["one", "server"] },
  callback: {},
  server: {},
  requirement: {},
  securityScheme: {},
  schema: schemaChildren,
};

/**
 * Every object of `document` that has a kind, outermost first, in document order. What a reference names is not visited
 * from there, so that each object is visited once.
 */
export function placesOf(document: JsonObject): DocumentPlace[] {
  const places: DocumentPlace[] = [];
  visit({ kind: "document", value: document, holder: [], key: 0, path: [], replace: () => {} }, places);
  return places;
}

/**
 * The places that the API consists of: under `paths` and `webhooks`, and what is referred to from there. An encoding's
 * headers are none of it outside multipart: they "SHALL be ignored".
 */
export function reachablePlaces(document: JsonObject): DocumentPlace[] {
  const all = placesOf(document);
  const byPointer = new Map(all.map((place) => [pointerOf(place), place]));
  const inside = new Map<DocumentPlace, DocumentPlace[]>();
  for (const place of all) {
    if (place.parent !== undefined && !isIgnored(place))
      inside.set(place.parent, [...(inside.get(place.parent) ?? []), place]);
  }
  const reached = new Set<DocumentPlace>();
  const waiting = all.filter(
    ({ path, kind }) => (path.length === 2 && (path[0] === "paths" || path[0] === "webhooks")) || kind === "server",
  );
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    waiting.push(...(inside.get(place) ?? []));
    const { $ref, discriminator } = place.value;
    const mapping = isJsonObject(discriminator) && isJsonObject(discriminator.mapping) ? discriminator.mapping : {};
    for (const reference of [$ref, ...Object.values(mapping)]) {
      const target = typeof reference === "string" ? byPointer.get(decodeURIComponent(reference)) : undefined;
      if (target !== undefined) waiting.push(target);
    }
  }
  return all.filter((place) => reached.has(place) || place.kind === "securityScheme");
}

/** Whether an encoding is of a part of a multipart body, rather than of a field of a form. */
export function isOfMultipart({ parent }: DocumentPlace): boolean {
  return /^multipart\//i.test(String(parent?.key));
}

function isIgnored({ kind, parent }: DocumentPlace): boolean {
  return kind === "header" && parent?.kind === "encoding" && !isOfMultipart(parent);
}

/** `#/paths/~1pets/get`: as a `$ref` would name the place. */
export function pointerOf({ path }: Pick<DocumentPlace, "path">): string {
  return `#${path.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** Where the component of one kind stand: `["components", "schemas"]`, or `["definitions"]` in Swagger 2.0. */
export function componentBase(document: JsonObject, kind: Kind): string[] | undefined {
  const root = "swagger" in document ? "document" : "components";
  const key = Object.entries(childrenOf[root]).find(([, [shape, of]]) => shape === "map" && of === kind)?.[0];
  if (key === undefined || key === "paths" || key === "webhooks") return undefined;
  return root === "document" ? [key] : [root, key];
}

function visit(place: DocumentPlace, places: DocumentPlace[]): void {
  places.push(place);
  if (typeof place.value.$ref === "string" && place.kind !== "schema" && place.kind !== "pathItem") return;
  if (place.kind === "callback") {
    visitMembers(place, place.value, [], "pathItem", places);
    return;
  }
  const children = childrenOf[place.kind];
  for (const key of Object.keys(place.value)) {
    const child = Object.hasOwn(children, key) ? children[key] : undefined;
    if (child === undefined) continue;
    const [shape, kind] = child;
    const value = place.value[key];
    if (shape === "one") visitChild(place, place.value, key, [key], kind, places);
    else if (isJsonObject(value) || Array.isArray(value)) visitMembers(place, value, [key], kind, places);
  }
}

function visitMembers(
  parent: DocumentPlace,
  holder: JsonObject | JsonValue[],
  path: string[],
  kind: Kind,
  places: DocumentPlace[],
): void {
  const keys = Array.isArray(holder) ? holder.keys() : Object.keys(holder);
  for (const key of keys) {
    if (String(key).startsWith("x-") && extensible.has(kind)) continue;
    visitChild(parent, holder, key, [...path, key], kind, places);
  }
}

function visitChild(
  parent: DocumentPlace,
  holder: JsonObject | JsonValue[],
  key: string | number,
  path: (string | number)[],
  kind: Kind,
  places: DocumentPlace[],
): void {
  const value = Array.isArray(holder) ? holder[Number(key)] : holder[key];
  if (!isJsonObject(value)) return;
  const replace = (fresh: JsonValue) => {
    if (Array.isArray(holder)) holder[Number(key)] = fresh;
    else holder[key] = fresh;
  };
  visit({ kind, value, holder, key, path: [...parent.path, ...path], parent, replace }, places);
}
