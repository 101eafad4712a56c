import { flattenAllOf } from "./flatten-all-of.ts";
import type { HashTable } from "./hash-table.ts";
import { Hash128, hashJson } from "./hash128.ts";
import type { JsonType, SchemaId, SchemaNode } from "./model.ts";
import { acceptsAnything, trivialWhenAny } from "./trivial-schemas.ts";

/**
 * The schemas as a graph: for each node the hash of what it says itself, and labelled edges to the schemas inside it. Edges
 * of node `i` are `edgeStart[i]` up to `edgeStart[i + 1]`.
 */
export type SchemaGraph = {
  edgeStart: Int32Array;
  edgeTarget: Int32Array;
  /** Two label words for each edge: keyword and name or index. Unordered branches share one label. */
  edgeLabel: Int32Array;
  /** Node that this one merely wraps, being a union or intersection of one; itself otherwise. */
  standsFor: Int32Array;
  /** 1 for a node that was put together from several: where two of them say the same, it counts once. */
  isMerged: Uint8Array;
};

const typeBits: Record<JsonType, number> = {
  null: 1,
  boolean: 2,
  integer: 4,
  number: 8,
  string: 16,
  array: 32,
  object: 64,
};

/** Each keyword's own seed. A number here is part of the stored hashes: it never changes within one `modelVersion`. */
const seeds: Record<
  Exclude<keyof SchemaNode, "pointer" | "hash" | "annotationsHash" | "name" | "title" | "description"> | "unread",
  number
> = {
  never: 101,
  types: 102,
  enum: 103,
  const: 103, // a constant is an enum of one
  format: 105,
  pattern: 106,
  minimum: 107,
  maximum: 108,
  exclusiveMinimum: 109,
  exclusiveMaximum: 110,
  multipleOf: 111,
  minLength: 112,
  maxLength: 113,
  minItems: 114,
  maxItems: 115,
  uniqueItems: 116,
  minProperties: 117,
  maxProperties: 118,
  minContains: 119,
  maxContains: 120,
  contentEncoding: 121,
  contentMediaType: 122,
  contentSchema: 123,
  properties: 124,
  required: 125,
  patternProperties: 126,
  propertyNames: 127,
  additionalProperties: 128,
  unevaluatedProperties: 129,
  dependentRequired: 130,
  dependentSchemas: 131,
  items: 132,
  prefixItems: 133,
  contains: 134,
  unevaluatedItems: 135,
  allOf: 136,
  anyOf: 137,
  oneOf: 138,
  not: 139,
  if: 140,
  // biome-ignore lint/suspicious/noThenProperty: the JSON Schema keyword; this table is never awaited
  then: 141,
  else: 142,
  discriminator: 143,
  default: 144,
  readOnly: 145,
  writeOnly: 146,
  deprecated: 147,
  xml: 148,
  extensibleEnum: 149,
  danglingRef: 150,
  sunset: 151,
  stability: 152,
  unread: 199,
};

/**
 * Reads every node once.
 * @param local takes the hash of each node without its edges, as a sum of keyword hashes
 * @param unread schemas that are known by their place alone
 */
export function buildSchemaGraph(
  schemas: readonly SchemaNode[],
  local: HashTable,
  unread: ReadonlySet<SchemaId> = new Set(),
): SchemaGraph {
  if (unread.size > 0) readWhatHashesLookInto(schemas, unread);
  const builder = new GraphBuilder(schemas, schemas.length);
  for (let id = 0; id < schemas.length; id++) {
    const node = schemas[id];
    if (node === undefined) continue;
    if (unread.has(id)) builder.addUnread(id, node, local);
    else builder.addNode(id, flattenAllOf(schemas, node), local);
  }
  return builder.finish(schemas.length);
}

/** Building looks into some schemas: those that are unread read themselves and add to `schemas`, which must not grow later. */
function readWhatHashesLookInto(schemas: readonly SchemaNode[], unread: ReadonlySet<SchemaId>): void {
  for (let id = 0; id < schemas.length; id++) {
    const node = schemas[id];
    if (node === undefined || unread.has(id)) continue;
    for (const part of flattenAllOf(schemas, node)) {
      for (const branch of part.allOf ?? []) acceptsAnything(schemas[branch]);
      for (const key in part) if (key === "not" || trivialWhenAny.has(key)) lookInto(schemas, part, key);
    }
  }
}

function lookInto(schemas: readonly SchemaNode[], node: SchemaNode, key: string): void {
  const value = node[key as keyof SchemaNode]; // a key of the node itself
  if (typeof value === "number") acceptsAnything(schemas[value]);
}

/** The graph of a single node, number 0, whose edges lead to SchemaIds. */
export function graphOfOne(schemas: readonly SchemaNode[], node: SchemaNode, local: HashTable): SchemaGraph {
  const builder = new GraphBuilder(schemas, 1, 8);
  builder.addNode(0, flattenAllOf(schemas, node), local);
  return builder.finish(1);
}

/** Whether the label of an edge is that of a branch of an `allOf`, `anyOf` or `oneOf`. */
export function isBranchLabel(keyword: number, name: number): boolean {
  return name === 0 && (keyword === seeds.allOf || keyword === seeds.anyOf || keyword === seeds.oneOf);
}

class GraphBuilder {
  private readonly schemas: readonly SchemaNode[];
  private readonly edgeStart: Int32Array;
  private readonly standsFor: Int32Array;
  private readonly isMerged: Uint8Array;
  /** What a merged node said so far. */
  private readonly said = new Set<string>();
  private mayRepeat = false;
  private edgeTarget: Int32Array<ArrayBuffer>;
  private edgeLabel: Int32Array<ArrayBuffer>;
  private edges = 0;
  private readonly sum = new Hash128();
  private readonly part = new Hash128();
  private readonly value = new Hash128();

  constructor(schemas: readonly SchemaNode[], count: number, edges = 4096) {
    this.schemas = schemas;
    this.edgeStart = new Int32Array(count + 1);
    this.standsFor = new Int32Array(count);
    this.isMerged = new Uint8Array(count);
    this.edgeTarget = new Int32Array(edges);
    this.edgeLabel = new Int32Array(edges * 2);
  }

  finish(count: number): SchemaGraph {
    this.edgeStart[count] = this.edges;
    const { edgeStart, edgeTarget, edgeLabel, standsFor, isMerged } = this;
    return {
      edgeStart,
      edgeTarget: edgeTarget.subarray(0, this.edges),
      edgeLabel: edgeLabel.subarray(0, this.edges * 2),
      standsFor,
      isMerged,
    };
  }

  addUnread(id: SchemaId, { hash }: SchemaNode, local: HashTable): void {
    this.edgeStart[id] = this.edges;
    this.standsFor[id] = id;
    local.set(id, this.sum.reset(seeds.unread).text(hash).finish());
  }

  /** @param parts the schemas that the node is made of, itself first */
  addNode(id: SchemaId, parts: readonly SchemaNode[], local: HashTable): void {
    const { sum } = this;
    sum.clear();
    this.edgeStart[id] = this.edges;
    this.mayRepeat = parts.length > 1;
    this.said.clear();
    let keywords = 0;
    for (const part of parts) {
      for (const key in part) {
        if (this.mayRepeat && key === "allOf") continue;
        if (this.addKeyword(key as keyof SchemaNode, part)) keywords++; // for-in gives the keys of the type itself
      }
    }
    local.set(id, sum);
    const [node] = parts;
    this.standsFor[id] = keywords === 1 && parts.length === 1 && node !== undefined ? this.soleBranch(node, id) : id;
    if (this.mayRepeat) this.isMerged[id] = 1;
  }

  /** The only branch of a schema that is nothing but a combination of one: it accepts exactly what its branch accepts. */
  private soleBranch(node: SchemaNode, id: SchemaId): SchemaId {
    const branches = node.allOf?.filter((branch) => !this.isTrivial(branch)) ?? node.anyOf ?? node.oneOf;
    return branches?.length === 1 ? (branches[0] ?? id) : id;
  }

  private isTrivial(id: SchemaId): boolean {
    return acceptsAnything(this.schemas[id]);
  }

  private say(entry: Hash128): void {
    if (this.mayRepeat) {
      const key = entry.toHex();
      if (this.said.has(key)) return;
      this.said.add(key);
    }
    this.sum.add(entry);
  }

  /** Adds one keyword; `false` for what does not belong to the meaning. */
  private addKeyword(key: keyof SchemaNode, node: SchemaNode): boolean {
    const { part, value } = this;
    switch (key) {
      case "pointer":
      case "hash":
      case "annotationsHash":
      case "name":
      case "title":
      case "description":
        return false;
      case "properties":
      case "patternProperties":
      case "dependentSchemas": {
        const schemas = node[key];
        for (const name in schemas) {
          part.reset(seeds[key]).text(name).finish();
          this.addEdge(schemas[name] ?? 0, part.a, part.b);
        }
        return true;
      }
      case "items":
      case "additionalProperties":
      case "unevaluatedProperties":
      case "unevaluatedItems":
      case "propertyNames":
      case "contains":
      case "contentSchema":
      case "not":
      case "if":
      case "then":
      case "else":
        if (trivialWhenAny.has(key) && this.isTrivial(node[key] ?? 0)) return false;
        if (key === "not" && this.isTrivial(node.not ?? 0)) {
          this.say(part.reset(seeds.never).finish());
          return true;
        }
        this.addEdge(node[key] ?? 0, seeds[key], 0);
        return true;
      case "allOf": {
        const targets = node.allOf?.filter((target) => !this.isTrivial(target)) ?? [];
        for (const target of targets) this.addEdge(target, seeds.allOf, 0);
        return targets.length > 0;
      }
      case "anyOf":
      case "oneOf":
        for (const target of node[key] ?? []) this.addEdge(target, seeds[key], 0);
        return true;
      case "prefixItems":
        node.prefixItems?.forEach((target, index) => {
          this.addEdge(target, seeds.prefixItems, index);
        });
        return true;
      case "types": {
        let bits = 0;
        for (const type of node.types ?? []) bits |= typeBits[type];
        this.say(part.reset(seeds.types).word(bits).finish());
        return true;
      }
      case "required":
        for (const name of node.required ?? []) this.say(part.reset(seeds.required).text(name).finish());
        return true;
      case "enum":
      case "extensibleEnum": {
        const values = node[key] ?? [];
        for (const item of values) this.say(part.reset(seeds[key]).hash(hashJson(item, value)).finish());
        if (values.length === 0) this.say(part.reset(seeds[key]).finish());
        return true;
      }
      case "discriminator":
        this.addDiscriminator(node);
        return true;
      case "format":
      case "pattern":
      case "contentEncoding":
      case "contentMediaType":
      case "danglingRef":
      case "sunset":
      case "stability":
        this.say(
          part
            .reset(seeds[key])
            .text(node[key] ?? "")
            .finish(),
        );
        return true;
      case "never":
      case "uniqueItems":
      case "readOnly":
      case "writeOnly":
      case "deprecated":
        this.say(part.reset(seeds[key]).finish());
        return true;
      default:
        this.say(part.reset(seeds[key]).hash(hashJson(node[key], value)).finish());
        return true;
    }
  }

  private addDiscriminator(node: SchemaNode): void {
    const { part } = this;
    const { propertyName = "", mapping } = node.discriminator ?? {};
    this.say(part.reset(seeds.discriminator).text(propertyName).finish());
    for (const value in mapping) {
      const target = mapping[value];
      part.reset(seeds.discriminator).text(value);
      if (typeof target === "number") this.addEdge(target, part.finish().a, part.b);
      else this.say(part.text(target ?? "").finish());
    }
  }

  private addEdge(target: SchemaId, labelA: number, labelB: number): void {
    if (this.edges === this.edgeTarget.length) {
      this.edgeTarget = grow(this.edgeTarget);
      this.edgeLabel = grow(this.edgeLabel);
    }
    this.edgeTarget[this.edges] = target;
    this.edgeLabel[this.edges * 2] = labelA;
    this.edgeLabel[this.edges * 2 + 1] = labelB;
    this.edges++;
  }
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
