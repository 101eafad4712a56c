import { compareStrings } from "../canonical-json.ts";
import type { Hash128 } from "../hash128.ts";
import { asString, isJsonObject, type JsonObject, sortedStrings } from "../json-object.ts";
import type {
  CallbackNode,
  JsonValue,
  OperationNode,
  ParameterNode,
  RequestBodyNode,
  ResponseNode,
  SecurityAlternative,
  ServerNode,
  SpecDialect,
} from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, addNodeNotes, notesHash, startNotes } from "./annotations.ts";
import { countOperationParts, type NormalizeContext, warn } from "./context.ts";
import { dereferenceParameters, mergeParameters, readParameter, setLifecycle } from "./parameters.ts";
import { pathKeyOf } from "./path-keys.ts";
import { dereference, type Place } from "./references.ts";
import { readRequestBody } from "./request-bodies.ts";
import { readResponseParts, readResponses } from "./responses.ts";
import { readSecurity } from "./security.ts";
import { readServers, sortServers } from "./servers.ts";
import { readSwagger2Exchange, readSwagger2OperationServers } from "./swagger2.ts";

/** What an operation takes over where it says nothing itself. */
export type Inherited = { security: SecurityAlternative[]; servers: ServerNode[] };

/** What travels in both directions. */
export type Exchange = {
  parameters: ParameterNode[];
  requestBody: RequestBodyNode | undefined;
  responses: ResponseNode[];
};

/** Callbacks may refer to callbacks: what they amount to can double with every line of the document. */
const maxCallbackOperations = 10_000;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** Reads a map of path items (`paths`, `webhooks`, a callback); operations sorted by path, then method. */
export function readPathItems(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
  inherited: Inherited,
): OperationNode[] {
  if (!isJsonObject(value)) return [];
  const operations: OperationNode[] = [];
  for (const path in value) {
    if (path.startsWith("x-")) continue;
    const place = dereference(context, siblingsFirst(context, value[path]), `${pointer}/${escapePointerToken(path)}`);
    if (place !== undefined) operations.push(...readPathItem(context, path, place, inherited));
  }
  return operations.sort((a, b) => compareStrings(a.path, b.path) || compareStrings(a.method, b.method));
}

/** A path item may have operations beside its `$ref`; the specification leaves open what that means: they win here. */
function siblingsFirst(context: NormalizeContext, value: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(value) || typeof value.$ref !== "string" || !methods.some((method) => value[method] !== undefined))
    return value;
  const { $ref, ...own } = value;
  const target = dereference(context, { $ref }, "");
  return { ...target?.value, ...own };
}

/** How many operations `readPathItems` makes of a path item without `$ref`. */
export function countOperations(pathItem: JsonObject, dialect: SpecDialect): number {
  const written = methods.map((method) =>
    method === "query" && dialect !== "openapi-3.2" ? undefined : pathItem[method],
  );
  const more =
    dialect === "openapi-3.2" && isJsonObject(pathItem.additionalOperations) ? pathItem.additionalOperations : {};
  return [...written, ...Object.values(more)].filter(isJsonObject).length;
}

function readPathItem(
  context: NormalizeContext,
  path: string,
  { value, pointer }: Place<JsonObject>,
  inherited: Inherited,
): OperationNode[] {
  const servers = readServers(value.servers, `${pointer}/servers`) ?? inherited.servers;
  const shared = dereferenceParameters(context, value.parameters, `${pointer}/parameters`).map(
    (place): Place<JsonObject> => ({ ...place, isShared: true }),
  );
  const operations: OperationNode[] = [];
  const add = (method: string, at: string, written: JsonValue | undefined) => {
    if (!isJsonObject(written)) return;
    const place = { value: written, pointer: at };
    operations.push(readOperation(context, path, method, place, value, shared, { ...inherited, servers }));
  };
  for (const method of methods) {
    if (method === "query" && context.dialect !== "openapi-3.2") continue;
    if (value[method] !== undefined) add(method.toUpperCase(), `${pointer}/${method}`, value[method]);
  }
  if (context.dialect === "openapi-3.2" && isJsonObject(value.additionalOperations)) {
    for (const method in value.additionalOperations) {
      add(method, `${pointer}/additionalOperations/${escapePointerToken(method)}`, value.additionalOperations[method]);
    }
  }
  return operations;
}

function readOperation(
  context: NormalizeContext,
  path: string,
  method: string,
  { value, pointer }: Place<JsonObject>,
  pathItem: JsonObject,
  shared: Place<JsonObject>[],
  inherited: Inherited,
): OperationNode {
  const isSwagger2 = context.dialect === "swagger-2.0";
  const unreadBodies = context.unread?.conduitOperations.get(value);
  const exchange = unreadBodies === undefined ? readAnyExchange(context, { value, pointer }, shared) : nothingExchanged;
  const servers = isSwagger2
    ? readSwagger2OperationServers(context, value, pointer)
    : readServers(value.servers, `${pointer}/servers`);
  const notes = startNotes(context);
  addAnnotations(notes, value);
  addAnnotations(notes, pathItem);
  const node: OperationNode = {
    pointer,
    hash: "",
    annotationsHash: "",
    method,
    path,
    pathKey: pathKeyOf(path),
    tags: sortedStrings(value.tags),
    deprecated: value.deprecated === true,
    parameters: exchange.parameters,
    responses: exchange.responses,
    security: readSecurity(value.security) ?? inherited.security,
    servers: sortServers(servers ?? inherited.servers),
    callbacks:
      unreadBodies === undefined ? readCallbacks(context, value.callbacks, `${pointer}/callbacks`, inherited) : [],
  };
  if (unreadBodies !== undefined) context.unread?.conduitBodies.set(node, unreadBodies);
  if (exchange.requestBody !== undefined) node.requestBody = exchange.requestBody;
  const operationId = asString(value.operationId);
  const summary = asString(value.summary) ?? asString(pathItem.summary);
  const description = asString(value.description) ?? asString(pathItem.description);
  if (operationId !== undefined) node.operationId = operationId;
  if (summary !== undefined) node.summary = summary;
  if (description !== undefined) node.description = description;
  setLifecycle(node, value);
  countOperationParts(context, partsOf(node));
  node.annotationsHash = hashNotes(notes, node);
  return node;
}

const nothingExchanged: Exchange = { parameters: [], requestBody: undefined, responses: [] };

function readAnyExchange(
  context: NormalizeContext,
  operation: Place<JsonObject>,
  shared: Place<JsonObject>[],
): Exchange {
  const { value, pointer } = operation;
  const own = dereferenceParameters(context, value.parameters, `${pointer}/parameters`);
  return context.dialect === "swagger-2.0"
    ? readSwagger2Exchange(context, operation, shared, own)
    : readExchange(context, operation, shared, own);
}

function partsOf({ parameters, requestBody, responses, security, servers }: OperationNode): number {
  let parts = 1 + parameters.length + (requestBody?.content.length ?? 0) + security.length + servers.length;
  for (const { headers, content, links } of responses) parts += 1 + headers.length + content.length + links.length;
  return parts;
}

function readExchange(
  context: NormalizeContext,
  { value, pointer }: Place<JsonObject>,
  shared: Place<JsonObject>[],
  own: Place<JsonObject>[],
): Exchange {
  const read = (places: Place<JsonObject>[]) => places.flatMap((place) => readParameter(context, place) ?? []);
  return {
    parameters: mergeParameters(read(shared), read(own)),
    requestBody:
      value.requestBody === undefined
        ? undefined
        : readRequestBody(context, value.requestBody, `${pointer}/requestBody`),
    responses: readResponses(context, value.responses, `${pointer}/responses`, (place) =>
      readResponseParts(context, place),
    ),
  };
}

function hashNotes(notes: Hash128, node: OperationNode): string {
  for (const parameter of node.parameters) addNodeNotes(notes, `${parameter.in} ${parameter.name}`, parameter);
  if (node.requestBody !== undefined) addNodeNotes(notes, "requestBody", node.requestBody);
  for (const response of node.responses) addNodeNotes(notes, response.status, response);
  for (const callback of node.callbacks) addNodeNotes(notes, `${callback.name} ${callback.expression}`, callback);
  for (const server of node.servers) addNodeNotes(notes, server.url, server);
  return notesHash(notes);
}

function readCallbacks(
  context: NormalizeContext,
  value: JsonValue | undefined,
  pointer: string,
  inherited: Inherited,
): CallbackNode[] {
  if (!isJsonObject(value)) return [];
  const callbacks: CallbackNode[] = [];
  for (const name of Object.keys(value).sort()) {
    if (name.startsWith("x-")) continue;
    const place = dereference(context, value[name], `${pointer}/${escapePointerToken(name)}`);
    if (place === undefined) continue;
    if (context.openCallbacks.has(place.pointer)) {
      warn(
        context,
        "ref-cycle",
        place.pointer,
        `the callback ${name} leads back to itself; it is read once`,
        place.pointer,
      );
      continue;
    }
    if (context.callbackOperations >= maxCallbackOperations) {
      warn(
        context,
        "too-many-callbacks",
        "",
        "the callbacks lead to too many others; the rest is ignored",
        place.pointer,
      );
      break;
    }
    context.openCallbacks.add(place.pointer);
    for (const expression of Object.keys(place.value).sort()) {
      if (expression.startsWith("x-")) continue;
      const at = `${place.pointer}/${escapePointerToken(expression)}`;
      const item = dereference(context, place.value[expression], at);
      if (item === undefined) continue;
      const operations = readPathItem(context, expression, item, { ...inherited, servers: [] }).sort((a, b) =>
        compareStrings(a.method, b.method),
      );
      context.callbackOperations += operations.length;
      const notes = startNotes(context);
      addAnnotations(notes, item.value);
      for (const operation of operations) addNodeNotes(notes, operation.method, operation);
      callbacks.push({ pointer: at, hash: "", annotationsHash: notesHash(notes), name, expression, operations });
    }
    context.openCallbacks.delete(place.pointer);
  }
  return callbacks;
}
