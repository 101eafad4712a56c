import { createHash } from "node:crypto";
import { HashTable } from "./hash-table.ts";
import { Hash128, hashJson } from "./hash128.ts";
import type {
  CallbackNode,
  ContentHash,
  EncodingNode,
  HeaderNode,
  JsonValue,
  LinkNode,
  MediaTypeNode,
  NodeBase,
  OperationNode,
  ParameterNode,
  RequestBodyNode,
  ResponseNode,
  SchemaId,
  SecurityAlternative,
  SecuritySchemeNode,
  ServerNode,
  SpecModel,
} from "./model.ts";
import { hashSchemas } from "./schema-hashes.ts";
import { SchemaTaker } from "./schema-parts.ts";

/**
 * Sets every hash of `model`: schemas first, then what uses them, then the whole. Equal hash, equal meaning.
 *
 * Not part of any hash: component names, places in the document, the order of things without order. Not part of the root
 * hash: schema components that no operation uses, and the document's title and version; `componentsHash` has the former.
 * @param schemaNotes annotations of the schemas, by SchemaId
 */
export function fingerprint(model: SpecModel, schemaNotes: HashTable): void {
  const { hashes: schemaHashes } = hashSchemas(model.schemas);
  const hashes = schemaHashes.toHex(model.schemas.length);
  const notes = schemaNotes.toHex(model.schemas.length);
  for (let id = 0; id < model.schemas.length; id++) {
    const node = model.schemas[id];
    if (node === undefined) continue;
    node.hash = hashes[id] ?? "";
    node.annotationsHash = notes[id] ?? "";
  }
  const hasher = new NodeHasher(schemaHashes, model.securitySchemes);
  for (const server of model.servers) hasher.server(server);
  for (const operation of [...model.operations, ...model.webhooks]) hasher.operation(operation);
  hasher.assignHashes();
  model.rootHash = hashRoot(model);
  model.componentsHash = hashComponents(model);
}

/**
 * Sets the hashes of a model that was read in part, and none of the whole document. Equal hash, equal meaning; but a hash
 * that starts with `~` or `@` is made of places, so that only in two slices of a pair of documents it can be equal, and may
 * be different there for equal meaning.
 * @returns what takes the schemas apart, in order to find that out
 */
export function fingerprintSlice(model: SpecModel, unread: ReadonlySet<SchemaId>): SchemaTaker {
  const { hashes: schemaHashes, vague, graph, local } = hashSchemas(model.schemas, unread);
  const taker = new SchemaTaker(model.schemas, graph, local, new Set(unread));
  const hashes = schemaHashes.toHex(model.schemas.length);
  for (let id = 0; id < model.schemas.length; id++) {
    const node = model.schemas[id];
    if (node !== undefined && !unread.has(id)) node.hash = `${vague[id] === 1 ? "~" : ""}${hashes[id]}`;
  }
  const hasher = new NodeHasher(schemaHashes, model.securitySchemes);
  for (const operation of [...model.operations, ...model.webhooks]) hasher.operation(operation);
  hasher.assignHashes();
  return taker;
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

/** Hashes the nodes above the schemas. Methods return the index of the node's hash; a shared node is hashed once. */
class NodeHasher {
  private readonly schemaHashes: HashTable;
  private readonly hashes = new HashTable();
  private readonly indexes = new Map<NodeBase, number>();
  private readonly shapes: [OperationNode, number][] = [];
  /** Security scheme name to the index of its hash. */
  private readonly schemes = new Map<string, number>();
  private used = 0;

  constructor(schemaHashes: HashTable, schemes: readonly SecuritySchemeNode[]) {
    this.schemaHashes = schemaHashes;
    for (const scheme of schemes) this.schemes.set(scheme.name, this.securityScheme(scheme));
  }

  /** Writes the hashes into the nodes, when all are known. */
  assignHashes(): void {
    const hex = this.hashes.toHex(this.used);
    for (const [node, index] of this.indexes) node.hash = hex[index] ?? "";
    for (const [operation, index] of this.shapes) operation.shapeHash = hex[index] ?? "";
  }

  operation(node: OperationNode): number {
    const shape = new Hash128().reset(33);
    for (const parameter of node.parameters) this.addPart(shape, "parameter", this.parameter(parameter));
    if (node.requestBody !== undefined) this.addPart(shape, "requestBody", this.requestBody(node.requestBody));
    for (const response of node.responses) this.addPart(shape, "response", this.response(response));
    for (const callback of node.callbacks) this.addPart(shape, "callback", this.callback(callback));
    for (const alternative of node.security) this.addPart(shape, "security", this.securityAlternative(alternative));
    const shapeIndex = this.keep(shape);
    this.shapes.push([node, shapeIndex]);
    const whole = new Hash128();
    this.addPart(whole, "shape", shapeIndex);
    for (const server of node.servers) this.addPart(whole, "server", this.server(server));
    for (const tag of node.tags) addValue(whole, "tag", tag);
    addValue(whole, "operationId", node.operationId);
    addValue(whole, "deprecated", node.deprecated);
    addValue(whole, "sunset", node.sunset);
    addValue(whole, "stability", node.stability);
    return this.keep(whole, node);
  }

  private parameter(node: ParameterNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "in", node.in);
    addValue(sum, "style", node.style);
    addFlags(sum, [node.required, node.deprecated, node.explode, node.allowReserved, node.allowEmptyValue]);
    addValue(sum, "sunset", node.sunset);
    addValue(sum, "stability", node.stability);
    this.addSchema(sum, "schema", node.schema);
    if (node.content !== undefined) this.addPart(sum, "content", this.mediaType(node.content));
    return this.keep(sum, node);
  }

  private requestBody(node: RequestBodyNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const sum = new Hash128();
    addFlags(sum, [node.required]);
    for (const media of node.content) this.addPart(sum, "content", this.mediaType(media));
    return this.keep(sum, node);
  }

  private response(node: ResponseNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const sum = new Hash128();
    addValue(sum, "status", node.status);
    for (const header of node.headers) this.addPart(sum, "header", this.header(header));
    for (const media of node.content) this.addPart(sum, "content", this.mediaType(media));
    for (const link of node.links) this.addPart(sum, "link", this.link(link));
    return this.keep(sum, node);
  }

  private header(node: HeaderNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addFlags(sum, [node.required, node.deprecated, node.explode]);
    addValue(sum, "style", node.style);
    addValue(sum, "sunset", node.sunset);
    this.addSchema(sum, "schema", node.schema);
    if (node.content !== undefined) this.addPart(sum, "content", this.mediaType(node.content));
    return this.keep(sum, node);
  }

  private mediaType(node: MediaTypeNode): number {
    const sum = new Hash128();
    addValue(sum, "mediaType", node.mediaType);
    this.addSchema(sum, "schema", node.schema);
    this.addSchema(sum, "itemSchema", node.itemSchema);
    for (const property in node.encoding) this.addEncoding(sum, `encoding ${property}`, node.encoding[property]);
    node.prefixEncoding?.forEach((encoding, index) => {
      this.addEncoding(sum, `prefixEncoding ${index}`, encoding);
    });
    this.addEncoding(sum, "itemEncoding", node.itemEncoding);
    return this.keep(sum, node);
  }

  private addEncoding(sum: Hash128, label: string, node: EncodingNode | undefined): void {
    if (node === undefined) return;
    const { headers = [], pointer: _, ...encoding } = node;
    addValue(sum, label, encoding);
    for (const header of headers) this.addPart(sum, label, this.header(header));
  }

  private link(node: LinkNode): number {
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "operationId", node.operationId);
    addValue(sum, "operationRef", node.operationRef);
    addValue(sum, "parameters", node.parameters);
    addValue(sum, "requestBody", node.requestBody);
    addValue(sum, "server", node.server);
    return this.keep(sum, node);
  }

  private callback(node: CallbackNode): number {
    const sum = new Hash128();
    addValue(sum, "name", node.name);
    addValue(sum, "expression", node.expression);
    for (const operation of node.operations) this.addPart(sum, operation.method, this.operation(operation));
    return this.keep(sum, node);
  }

  server(node: ServerNode): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const sum = new Hash128();
    addValue(sum, "url", withoutTrailingSlashes(node.url));
    for (const name in node.variables) addValue(sum, `variable ${name}`, { ...node.variables[name] });
    return this.keep(sum, node);
  }

  /** The name does not count: a renamed scheme is the same scheme. */
  private securityScheme(node: SecuritySchemeNode): number {
    const sum = new Hash128();
    addValue(sum, "type", node.type);
    addValue(sum, "scheme", node.scheme);
    addValue(sum, "bearerFormat", node.bearerFormat);
    addValue(sum, "in", node.in);
    addValue(sum, "parameterName", node.parameterName);
    addValue(sum, "openIdConnectUrl", node.openIdConnectUrl);
    addValue(sum, "deprecated", node.deprecated);
    for (const name in node.flows) addValue(sum, `flow ${name}`, { ...node.flows[name] });
    return this.keep(sum, node);
  }

  private securityAlternative(alternative: SecurityAlternative): number {
    const sum = new Hash128();
    for (const { scheme, scopes } of alternative) {
      const known = this.schemes.get(scheme);
      const named = new Hash128();
      if (known === undefined) addValue(named, "unknown", scheme);
      else this.addPart(named, "scheme", known);
      addValue(named, "scopes", scopes);
      this.addPart(sum, "scheme", this.keep(named));
    }
    return this.keep(sum);
  }

  /** Ends a hash and keeps it, as that of `node` when there is one. */
  private keep(sum: Hash128, node?: NodeBase): number {
    const index = this.used++;
    this.hashes.set(index, entry.reset(34).hash(sum).finish());
    if (node !== undefined) this.indexes.set(node, index);
    return index;
  }

  private addPart(sum: Hash128, label: string, index: number): void {
    sum.add(entry.reset(31).text(label).hash(this.hashes.get(index, part)).finish());
  }

  private addSchema(sum: Hash128, label: string, id: number | undefined): void {
    if (id !== undefined) sum.add(entry.reset(31).text(label).hash(this.schemaHashes.get(id, part)).finish());
  }
}

/** A path is appended to the URL either way. No regular expression: `/\/+$/` is quadratic in slashes that end nowhere. */
function withoutTrailingSlashes(url: string): string {
  let end = url.length;
  while (end > 1 && url.charCodeAt(end - 1) === 47) end--;
  return url.slice(0, end);
}

function addValue(sum: Hash128, label: string, value: JsonValue | undefined): void {
  if (value !== undefined) sum.add(entry.reset(32).text(label).hash(hashJson(value, part)).finish());
}

function addFlags(sum: Hash128, flags: readonly boolean[]): void {
  let bits = 0;
  for (const flag of flags) bits = bits * 2 + (flag ? 1 : 0);
  sum.add(entry.reset(35).word(bits).finish());
}

const entry = new Hash128();
const part = new Hash128();
