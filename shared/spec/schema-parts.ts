import { HashTable } from "./hash-table.ts";
import type { SchemaId, SchemaNode } from "./model.ts";
import { graphOfOne, isBranchLabel, type SchemaGraph } from "./schema-graph.ts";

/** One schema taken apart as its hash is: what it says itself, and the schemas in it by the label of their edge. */
export type SchemaParts = {
  /** Different for schemas that say something different themselves. */
  own: number;
  /** By a number for each label. */
  inner: ReadonlyMap<number, readonly SchemaId[]>;
  /** Put together from several: what it holds twice counts once. */
  isMerged: boolean;
};

/** Takes the schemas of a slice apart: those that were read by the graph that they were hashed with. */
export class SchemaTaker {
  private readonly schemas: readonly SchemaNode[];
  private readonly graph: SchemaGraph;
  private readonly local: HashTable;
  private readonly unread: ReadonlySet<SchemaId>;
  private readonly count: number;

  /** @param unread at the time when `graph` was built */
  constructor(schemas: readonly SchemaNode[], graph: SchemaGraph, local: HashTable, unread: ReadonlySet<SchemaId>) {
    this.schemas = schemas;
    this.graph = graph;
    this.local = local;
    this.unread = unread;
    this.count = graph.standsFor.length;
  }

  /** Takes schema `id` apart, or the one that it merely wraps. An unread schema reads itself. */
  takeApart(id: SchemaId): SchemaParts {
    const passed = new Set<SchemaId>();
    for (let current = id; ; ) {
      passed.add(current);
      if (current < this.count && !this.unread.has(current)) {
        const meant = this.graph.standsFor[current] ?? current;
        if (meant === current || passed.has(meant)) return partsOf(this.graph, this.local, current);
        current = meant;
        continue;
      }
      const node = this.schemas[current];
      if (node === undefined) throw new RangeError(`the model has no schema ${current}`);
      const local = new HashTable(1);
      const graph = graphOfOne(this.schemas, node, local);
      const parts = partsOf(graph, local, 0);
      const [only] = graph.edgeTarget;
      const isWrapper =
        graph.edgeTarget.length === 1 &&
        local.keyOf(0) === 0 &&
        isBranchLabel(graph.edgeLabel[0] ?? 0, graph.edgeLabel[1] ?? 0);
      if (!isWrapper || only === undefined || passed.has(only)) return parts;
      current = only;
    }
  }
}

function partsOf(
  { edgeStart, edgeTarget, edgeLabel, isMerged }: SchemaGraph,
  local: HashTable,
  at: number,
): SchemaParts {
  const inner = new Map<number, SchemaId[]>();
  const end = edgeStart[at + 1] ?? 0;
  for (let edge = edgeStart[at] ?? 0; edge < end; edge++) {
    const [keyword, name] = [edgeLabel[edge * 2] ?? 0, edgeLabel[edge * 2 + 1] ?? 0];
    // Two labels of one number could only make two schemas look alike, which is safe.
    const label = (keyword >>> 0) * 0x200000 + ((name ^ (name >>> 11)) & 0x1fffff);
    const targets = inner.get(label);
    const target = edgeTarget[edge] ?? 0;
    if (targets === undefined) inner.set(label, [target]);
    else targets.push(target);
  }
  return { own: local.keyOf(at), inner, isMerged: isMerged[at] === 1 };
}
