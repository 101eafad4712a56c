import { HashTable } from "./hash-table.ts";
import { Hash128 } from "./hash128.ts";
import type { SchemaId, SchemaNode } from "./model.ts";
import { buildSchemaGraph, type SchemaGraph } from "./schema-graph.ts";
import { visitStronglyConnected } from "./strongly-connected.ts";

export type SchemaHashes = {
  /** By SchemaId. */
  hashes: HashTable;
  /** By SchemaId: 1 where the hash is made of places instead of meaning, because the schema is unread or leads to such. */
  vague: Uint8Array;
  /** What the hashes were made of: the graph, and what each schema says itself. */
  graph: SchemaGraph;
  local: HashTable;
};

/**
 * Hashes of all schemas by what they mean, children first. Where a reference stands and what a component is called does not
 * count.
 *
 * A cycle has no child to start with. Its nodes start with what they say themselves and take in their neighbours again and
 * again, until that tells no more of them apart (partition refinement); then they are as different as they can be, however
 * the cycle was entered and however often it was unrolled in the document. The whole refined component goes into each
 * node's hash, so that equal starts of different cycles are told apart. At last, a node outside whose parts are exactly
 * those of a node on the cycle gets that node's hash, and so do the nodes of a cycle that leads into one of which it is a
 * copy: it is the same schema, written once more.
 * @param unread schemas that are known by their place alone
 */
export function hashSchemas(schemas: readonly SchemaNode[], unread: ReadonlySet<SchemaId> = new Set()): SchemaHashes {
  const local = new HashTable();
  const graph = buildSchemaGraph(schemas, local, unread);
  skipWrappers(graph);
  const hashes = new HashTable();
  const vague = new Uint8Array(schemas.length);
  const isSlice = unread.size > 0;
  for (const id of unread) vague[id] = 1;
  const hasher = new CycleHasher(graph, local, hashes);
  visitStronglyConnected(graph.edgeStart, graph.edgeTarget, (nodes, isCycle) => {
    const [node] = nodes;
    const isVague = isSlice && leadsToVague(graph, nodes, vague);
    if (isVague) for (const id of nodes) vague[id] = 1;
    if (isCycle && isVague) hasher.hashCycleByPlace(nodes, schemas);
    else if (isCycle) hasher.hashCycle(nodes);
    else if (node !== undefined) hasher.hashSingle(node);
  });
  const hash = new Hash128();
  for (let id = 0; id < schemas.length; id++) {
    const meant = graph.standsFor[id] ?? id;
    if (meant === id) continue;
    hashes.set(id, hashes.get(meant, hash));
    vague[id] = vague[meant] ?? 0;
  }
  return { hashes, vague, graph, local };
}

/** Whether one of `nodes` is vague or leads to a schema that is. */
function leadsToVague({ edgeStart, edgeTarget }: SchemaGraph, nodes: readonly number[], vague: Uint8Array): boolean {
  return nodes.some((node) => {
    if (vague[node] === 1) return true;
    for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++)
      if (vague[edgeTarget[edge] ?? 0] === 1) return true;
    return false;
  });
}

/** Leads every edge past nodes that merely wrap another one; wrappers of each other in a ring stay as they are. */
function skipWrappers({ standsFor, edgeTarget }: SchemaGraph): void {
  for (let id = 0; id < standsFor.length; id++) {
    let end = id;
    let steps = 0;
    while (standsFor[end] !== end && steps <= standsFor.length) {
      end = standsFor[end] ?? end;
      if (++steps > 1 && end === id) break;
    }
    if (standsFor[end] !== end) {
      standsFor[id] = id;
      continue;
    }
    for (let at = id; at !== end; ) {
      const following = standsFor[at] ?? end;
      standsFor[at] = end;
      at = following;
    }
  }
  for (let edge = 0; edge < edgeTarget.length; edge++) edgeTarget[edge] = standsFor[edgeTarget[edge] ?? 0] ?? 0;
}

class CycleHasher {
  private readonly graph: SchemaGraph;
  private readonly local: HashTable;
  private readonly hashes: HashTable;
  /** Nodes on cycles by one look at their parts, for equal nodes outside. */
  private readonly onCycles = new Map<number, number>();
  /** Index of each node on the cycle that is being hashed; -1 outside. */
  private readonly position: Int32Array;
  /** The cycles that have been hashed. */
  private readonly cycles: number[][] = [];
  /** Index of each node's cycle; -1 outside. */
  private readonly cycleOf: Int32Array;
  /** The node on a cycle that means the same; the node itself where there is none. */
  private readonly twinOf: Int32Array;
  /** Nodes that may still be looked at to find out that one cycle is another one, unrolled. */
  private twinLooks = maxTwinLooks;
  private readonly sum = new Hash128();
  private readonly part = new Hash128();
  private readonly target = new Hash128();

  constructor(graph: SchemaGraph, local: HashTable, hashes: HashTable) {
    this.graph = graph;
    this.local = local;
    this.hashes = hashes;
    this.position = new Int32Array(graph.standsFor.length).fill(-1);
    this.cycleOf = new Int32Array(graph.standsFor.length).fill(-1);
    this.twinOf = Int32Array.from(graph.standsFor.keys());
  }

  hashSingle(node: number): void {
    this.look(node, false, this.hashes);
    this.hashes.set(node, this.sum);
    if (this.onCycles.size === 0) return;
    const twin = this.onCycles.get(this.hashes.keyOf(node));
    if (twin !== undefined) this.become(node, twin);
  }

  hashCycle(members: readonly number[]): void {
    const nodes = [...members];
    const { classes, isRefined } = this.refine(nodes);
    const cycle = this.cycles.push(nodes) - 1;
    for (const node of nodes) this.cycleOf[node] = cycle;
    if (isRefined && this.takeHashesOfTwin(nodes, cycle)) return;
    const whole = new Hash128();
    const seen = new Set<number>();
    for (let index = 0; index < nodes.length; index++) {
      const key = classes.keyOf(index);
      if (isRefined && seen.has(key)) continue; // else every node counts, told apart or not
      seen.add(key);
      whole.add(classes.get(index, this.target));
    }
    nodes.forEach((node, index) => {
      this.hashes.set(node, this.sum.reset(3).hash(classes.get(index, this.target)).hash(whole).finish());
    });
    const looked = new HashTable();
    for (const node of nodes) {
      this.look(node, false, this.hashes);
      looked.set(0, this.sum);
      this.onCycles.set(looked.keyOf(0), node);
    }
  }

  /**
   * Hashes a cycle in one look: each node by where it stands and by what all of them say. Two slices of a pair of documents
   * have equal places where they mean the same.
   */
  hashCycleByPlace(members: readonly number[], schemas: readonly SchemaNode[]): void {
    const nodes = [...members];
    const places = new HashTable(nodes.length);
    nodes.forEach((node, index) => {
      this.position[node] = index;
      places.set(
        index,
        this.sum
          .reset(4)
          .text(schemas[node]?.pointer ?? "")
          .finish(),
      );
    });
    const whole = new Hash128();
    const looked = new HashTable(nodes.length);
    nodes.forEach((node, index) => {
      this.look(node, true, places);
      looked.set(index, this.part.reset(5).hash(places.get(index, this.target)).hash(this.sum).finish());
      whole.add(this.part);
    });
    nodes.forEach((node, index) => {
      this.hashes.set(node, this.sum.reset(6).hash(looked.get(index, this.target)).hash(whole).finish());
      this.position[node] = -1;
    });
  }

  /** Tells `nodes` apart as far as they differ: a hash for each, by its index, equal for those that mean the same. */
  private refine(nodes: readonly number[]): { classes: HashTable; isRefined: boolean } {
    nodes.forEach((node, index) => {
      this.position[node] = index;
    });
    let current = new HashTable();
    let following = new HashTable();
    nodes.forEach((node, index) => {
      current.set(index, this.local.get(node, this.target));
    });
    let count = countDistinct(current, nodes.length);
    let isRefined = false;
    for (let rounds = maxRoundsFor(nodes.length); rounds > 0 && !isRefined; rounds--) {
      nodes.forEach((node, index) => {
        this.look(node, true, current);
        following.set(index, this.sum);
      });
      const refined = countDistinct(following, nodes.length);
      isRefined = refined === count;
      count = refined;
      [current, following] = [following, current];
    }
    for (const node of nodes) this.position[node] = -1;
    return { classes: current, isRefined };
  }

  /**
   * A cycle that leads into another one may be that one, unrolled: then its nodes get the hashes of those that they cannot
   * be told from.
   */
  private takeHashesOfTwin(nodes: readonly number[], cycle: number): boolean {
    for (const other of this.cyclesBehind(nodes, cycle)) {
      const twins = this.cycles[other] ?? [];
      if (!this.mayRepeat(nodes, twins) || nodes.length + twins.length > this.twinLooks) continue;
      this.twinLooks -= nodes.length + twins.length;
      const { classes, isRefined } = this.refine([...nodes, ...twins]);
      if (!isRefined) continue;
      const byClass = new Map(twins.map((twin, index) => [classes.keyOf(nodes.length + index), twin]));
      const found = nodes.map((_, index) => byClass.get(classes.keyOf(index)));
      if (found.includes(undefined)) continue;
      nodes.forEach((node, index) => {
        this.become(node, found[index] ?? node);
      });
      return true;
    }
    return false;
  }

  /** Makes `node` the same schema as `twin`, which is on a cycle. */
  private become(node: number, twin: number): void {
    this.hashes.set(node, this.hashes.get(twin, this.target));
    this.twinOf[node] = twin;
  }

  private cyclesBehind(nodes: readonly number[], cycle: number): Set<number> {
    const { edgeStart, edgeTarget } = this.graph;
    const behind = new Set<number>();
    for (const node of nodes) {
      const end = edgeStart[node + 1] ?? 0;
      for (let edge = edgeStart[node] ?? 0; edge < end; edge++) {
        behind.add(this.cycleOf[this.twinOf[edgeTarget[edge] ?? 0] ?? 0] ?? -1);
      }
    }
    behind.delete(-1);
    behind.delete(cycle);
    return behind;
  }

  /** Whether each of `nodes` says the same itself as one of `twins`. */
  private mayRepeat(nodes: readonly number[], twins: readonly number[]): boolean {
    const said = new Set(twins.map((twin) => this.local.keyOf(twin)));
    return nodes.every((node) => said.has(this.local.keyOf(node)));
  }

  /** Leaves in `sum` what `node` says together with the hashes of its neighbours: `inside` the cycle from `current`. */
  private look(node: number, inside: boolean, current: HashTable): void {
    const { graph, sum, part, target } = this;
    this.local.get(node, sum);
    const seen = graph.isMerged[node] === 1 ? new Set<string>() : undefined;
    const end = graph.edgeStart[node + 1] ?? 0;
    for (let edge = graph.edgeStart[node] ?? 0; edge < end; edge++) {
      const to = graph.edgeTarget[edge] ?? 0;
      const index = inside ? (this.position[this.twinOf[to] ?? 0] ?? -1) : -1;
      if (index === -1) this.hashes.get(to, target);
      else current.get(index, target);
      part
        .reset(1)
        .word(graph.edgeLabel[edge * 2] ?? 0)
        .word(graph.edgeLabel[edge * 2 + 1] ?? 0)
        .hash(target)
        .finish();
      if (seen !== undefined) {
        const key = part.toHex();
        if (seen.has(key)) continue;
        seen.add(key);
      }
      sum.add(part);
    }
    part.reset(2).hash(sum).finish();
    sum.clear().add(part);
  }
}

/** Looks at nodes that refining one cycle may cost: about a second. */
const maxLooks = 4_000_000;

/** Nodes of pairs of cycles, about ten looks each; real documents have no such pair. */
const maxTwinLooks = 400_000;

/**
 * Rounds after which nodes of a cycle count as equal though a further round might tell them apart. Real cycles need about
 * ten; a ring of 50,000 schemas with one odd one out would need 25,000.
 */
function maxRoundsFor(nodes: number): number {
  return Math.max(24, Math.floor(maxLooks / nodes));
}

function countDistinct(table: HashTable, count: number): number {
  const seen = new Set<number>();
  for (let index = 0; index < count; index++) seen.add(table.keyOf(index));
  return seen.size;
}
