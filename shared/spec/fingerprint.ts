import { createHash } from "node:crypto";
import type { HashTable } from "./hash-table.ts";
import { Hash128, hashJson } from "./hash128.ts";
import type {
  CallbackNode,
  ContentHash,
  HeaderNode,
  JsonValue,
  LinkNode,
  MediaTypeNode,
  OperationNode,
  ParameterNode,
  RequestBodyNode,
  ResponseNode,
  SecuritySchemeNode,
  ServerNode,
  SpecModel,
} from "./model.ts";
import { hashSchemas } from "./schema-hashes.ts";

/**
 * Sets every hash of `model`: schemas first, then what uses them, then the whole. Equal hash, equal meaning.
 *
 * Not part of any hash: component names, places in the document, the order of things without order. Not part of the root
 * hash: schema components that no operation uses, and the document's title and version; `componentsHash` has the former.
 * @param schemaNotes annotations of the schemas, by SchemaId
 */
export function fingerprint(model: SpecModel, schemaNotes: HashTable): void {
  const schemaHashes = hashSchemas(model.schemas);
  const hashes = schemaHashes.toHex(model.schemas.length);
  const notes = schemaNotes.toHex(model.schemas.length);
  for (let id = 0; id < model.schemas.length; id++) {
    const node = model.schemas[id];
    if (node === undefined) continue;
    node.hash = hashes[id] ?? "";
    node.annotationsHash = notes[id] ?? "";
  }
  const hasher = new NodeHasher(hashes);
  for (const scheme of model.securitySchemes) hasher.securityScheme(scheme);
  for (const server of model.servers) hasher.server(server);
  hasher.schemes = new Map(model.securitySchemes.map((scheme) => [scheme.name, scheme.hash]));
  for (const operation of [...model.operations, ...model.webhooks]) hasher.operation(operation);
  model.rootHash = hashRoot(model);
  model.componentsHash = hashComponents(model);
}

function hashRoot(model: SpecModel): ContentHash {
  const lines = [
    ...model.operations.map((operation) => `operation ${operation.method} ${operation.path} ${operation.hash}`),
    ...model.webhooks.map((webhook) => `webhook ${webhook.method} ${webhook.path} ${webhook.hash}`),
    ...model.securitySchemes.map((scheme) => `scheme ${scheme.hash}`),
    ...model.servers.map((server) => `server ${server.hash}`),
  ];
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

function hashComponents(model: SpecModel): ContentHash {
  const lines = Object.entries(model.components).map(
    ([name, id]) => `${JSON.stringify(name)} ${model.schemas[id]?.hash}`,
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** Hashes the nodes above the schemas. A node that several places share has its hash already when it is met again. */
class NodeHasher {
  /** Security scheme name to its hash. */
  schemes: ReadonlyMap<string, ContentHash> = new Map();
  private readonly schemaHashes: readonly ContentHash[];

  constructor(schemaHashes: readonly ContentHash[]) {
    this.schemaHashes = schemaHashes;
  }

  operation(node: OperationNode): ContentHash {
    const shape = new Hash128();
    for (const parameter of node.parameters) addPart(shape, "parameter", this.parameter(parameter));
    if (node.requestBody !== undefined) addPart(shape, "requestBody", this.requestBody(node.requestBody));
    for (const response of node.responses) addPart(shape, "response", this.response(response));
    for (const callback of node.callbacks) addPart(shape, "callback", this.callback(callback));
    for (const alternative of node.security) {
      const part = new Hash128();
      for (const { scheme, scopes } of alternative)
        addPart(part, this.schemes.get(scheme) ?? scheme, scopes.join("\n"));
      addPart(shape, "security", part.toHex());
    }
    node.shapeHash = shape.isZero() ? zeroHash : shape.toHex();
    const whole = new Hash128();
    addPart(whole, "shape", node.shapeHash);
    for (const server of node.servers) addPart(whole, "server", this.server(server));
    for (const tag of node.tags) addPart(whole, "tag", tag);
    addValue(whole, "operationId", node.operationId);
    addValue(whole, "deprecated", node.deprecated);
    addValue(whole, "sunset", node.sunset);
    addValue(whole, "stability", node.stability);
    node.hash = whole.toHex();
    return node.hash;
  }

  parameter(node: ParameterNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "in", node.in);
    addValue(sum, "required", node.required);
    addValue(sum, "deprecated", node.deprecated);
    addValue(sum, "style", node.style);
    addValue(sum, "explode", node.explode);
    addValue(sum, "allowReserved", node.allowReserved);
    addValue(sum, "allowEmptyValue", node.allowEmptyValue);
    addValue(sum, "sunset", node.sunset);
    addValue(sum, "stability", node.stability);
    this.addSchema(sum, "schema", node.schema);
    if (node.content !== undefined) addPart(sum, "content", this.mediaType(node.content));
    node.hash = sum.toHex();
    return node.hash;
  }

  requestBody(node: RequestBodyNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "required", node.required);
    for (const media of node.content) addPart(sum, "content", this.mediaType(media));
    node.hash = sum.toHex();
    return node.hash;
  }

  response(node: ResponseNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "status", node.status);
    for (const header of node.headers) addPart(sum, "header", this.header(header));
    for (const media of node.content) addPart(sum, "content", this.mediaType(media));
    for (const link of node.links) addPart(sum, "link", hashLink(link));
    node.hash = sum.toHex();
    return node.hash;
  }

  header(node: HeaderNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "required", node.required);
    addValue(sum, "deprecated", node.deprecated);
    addValue(sum, "explode", node.explode);
    this.addSchema(sum, "schema", node.schema);
    if (node.content !== undefined) addPart(sum, "content", this.mediaType(node.content));
    node.hash = sum.toHex();
    return node.hash;
  }

  mediaType(node: MediaTypeNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "mediaType", node.mediaType);
    this.addSchema(sum, "schema", node.schema);
    this.addSchema(sum, "itemSchema", node.itemSchema);
    for (const [property, { headers = [], ...encoding }] of Object.entries(node.encoding ?? {})) {
      addValue(sum, `encoding ${property}`, encoding);
      for (const header of headers) addPart(sum, `encoding ${property}`, this.header(header));
    }
    node.hash = sum.toHex();
    return node.hash;
  }

  callback(node: CallbackNode): ContentHash {
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "expression", node.expression);
    for (const operation of node.operations) addPart(sum, operation.method, this.operation(operation));
    node.hash = sum.toHex();
    return node.hash;
  }

  server(node: ServerNode): ContentHash {
    if (node.hash !== "") return node.hash;
    const sum = new Hash128();
    addValue(sum, "url", withoutTrailingSlashes(node.url));
    for (const [name, variable] of Object.entries(node.variables ?? {}))
      addValue(sum, `variable ${name}`, { ...variable });
    node.hash = sum.toHex();
    return node.hash;
  }

  /** The name does not count: a renamed scheme is the same scheme. */
  securityScheme(node: SecuritySchemeNode): ContentHash {
    const sum = new Hash128();
    addValue(sum, "type", node.type);
    addValue(sum, "scheme", node.scheme);
    addValue(sum, "bearerFormat", node.bearerFormat);
    addValue(sum, "in", node.in);
    addValue(sum, "parameterName", node.parameterName);
    addValue(sum, "openIdConnectUrl", node.openIdConnectUrl);
    addValue(sum, "deprecated", node.deprecated);
    for (const [name, flow] of Object.entries(node.flows ?? {})) addValue(sum, `flow ${name}`, { ...flow });
    node.hash = sum.toHex();
    return node.hash;
  }

  private addSchema(sum: Hash128, label: string, id: number | undefined): void {
    if (id !== undefined) addPart(sum, label, this.schemaHashes[id] ?? "");
  }
}

/** A path is appended to the URL either way. No regular expression: `/\/+$/` is quadratic in slashes that end nowhere. */
function withoutTrailingSlashes(url: string): string {
  let end = url.length;
  while (end > 1 && url.charCodeAt(end - 1) === 47) end--;
  return url.slice(0, end);
}

const zeroHash: ContentHash = "0".repeat(32);

function hashLink(node: LinkNode): ContentHash {
  const sum = new Hash128();
  addValue(sum, "name", node.name);
  addValue(sum, "operationId", node.operationId);
  addValue(sum, "operationRef", node.operationRef);
  addValue(sum, "parameters", node.parameters);
  addValue(sum, "requestBody", node.requestBody);
  node.hash = sum.toHex();
  return node.hash;
}

function addPart(sum: Hash128, label: string, hash: ContentHash): void {
  sum.add(entry.reset(31).text(label).text(hash).finish());
}

function addValue(sum: Hash128, label: string, value: JsonValue | undefined): void {
  if (value !== undefined) sum.add(entry.reset(32).text(label).hash(hashJson(value, part)).finish());
}

const entry = new Hash128();
const part = new Hash128();
