import type { SchemaId, SchemaNode } from "../spec/model.ts";
import { type SchemaParts, takeApart } from "../spec/schema-graph.ts";

export type SideName = "before" | "after";

/** A schema of one of the two documents: whichever has that hash there. */
export type SchemaRef = { side: SideName; hash: string };

/** Two schemas whose hashes differ and are made of places. */
type Doubt = {
  left: SchemaRef;
  right: SchemaRef;
  /** Doubts that may be settled as soon as this one is. */
  dependents: Doubt[];
  /** Known to differ. */
  isSettled: boolean;
};

type Relation = "same" | "different" | Doubt;

/** Above this many doubts, reading everything costs less. */
const maxDoubts = 20_000;

/** Above this many pairs of branches of two unions, it is not tried to tell the unions apart. */
const maxBranchPairs = 10_000;

/**
 * Finds out whether schemas that were told apart do differ, where their hashes are made of places. Two do when they say
 * something different themselves, when they hold different members, or when they hold in one member two that differ, or a
 * branch that differs from all of the other's. What cannot be settled so may mean the same, written in another way.
 */
export class Doubts {
  private readonly sides: Record<SideName, HashedSchemas>;
  private readonly noted: (readonly [SchemaRef, SchemaRef][])[] = [];
  private readonly known = new Set<string>();
  private readonly relations = new Map<string, Relation>();
  private readonly unopened: Doubt[] = [];
  private readonly settled: Doubt[] = [];

  constructor(before: readonly SchemaNode[], after: readonly SchemaNode[]) {
    this.sides = { before: new HashedSchemas(before), after: new HashedSchemas(after) };
  }

  /** Notes that one of `pairs`, in none of which the hashes are equal, must differ. */
  note(pairs: readonly [SchemaRef, SchemaRef][]): void {
    if (pairs.some(([left, right]) => !isVague(left.hash) && !isVague(right.hash))) return;
    const [only] = pairs;
    if (pairs.length === 1 && only !== undefined) {
      const key = keyOf(...only);
      if (this.known.has(key)) return;
      this.known.add(key);
    }
    this.noted.push(pairs);
  }

  /**
   * Places of unread schemas that may mean the same as what they were told apart from; empty when nothing is in doubt.
   * `undefined` when something is, and reading more does not help.
   */
  unsettledPlaces(): string[] | undefined {
    const all = this.noted.map((pairs) => pairs.map(([left, right]) => this.relate(left, right)));
    for (let doubt = this.unopened.pop(); doubt !== undefined; doubt = this.unopened.pop()) {
      if (this.relations.size > maxDoubts) return undefined;
      this.open(doubt);
    }
    for (let doubt = this.settled.pop(); doubt !== undefined; doubt = this.settled.pop()) {
      for (const dependent of doubt.dependents) {
        if (!dependent.isSettled && this.tellsApart(dependent)) this.settle(dependent);
      }
    }
    if (all.every((relations) => relations.some(areDifferent))) return [];
    const places = new Set<string>();
    for (const doubt of this.relations.values()) {
      if (typeof doubt !== "object" || doubt.isSettled) continue;
      for (const { side, hash } of [doubt.left, doubt.right]) {
        if (isUnread(hash)) places.add(this.sides[side].pointerOf(hash));
      }
    }
    return places.size === 0 ? undefined : [...places];
  }

  private relate(left: SchemaRef, right: SchemaRef): Relation {
    if (left.hash === right.hash) return "same";
    if (!isVague(left.hash) && !isVague(right.hash)) return "different";
    const key = keyOf(left, right);
    const known = this.relations.get(key);
    if (known !== undefined) return known;
    const doubt: Doubt = { left, right, dependents: [], isSettled: false };
    this.relations.set(key, doubt);
    this.unopened.push(doubt);
    return doubt;
  }

  private open(doubt: Doubt): void {
    if (this.tellsApart(doubt)) {
      this.settle(doubt);
      return;
    }
    for (const relation of this.innerRelations(doubt)) {
      if (typeof relation === "object") relation.dependents.push(doubt);
    }
  }

  private settle(doubt: Doubt): void {
    doubt.isSettled = true;
    this.settled.push(doubt);
  }

  private tellsApart(doubt: Doubt): boolean {
    const [left, right] = [this.partsOf(doubt.left), this.partsOf(doubt.right)];
    if (left.own !== right.own || left.inner.size !== right.inner.size) return true;
    const mayRepeat = left.isMerged || right.isMerged;
    for (const [label, ids] of left.inner) {
      const others = right.inner.get(label);
      if (others === undefined || (others.length !== ids.length && !mayRepeat)) return true;
      if (ids.length * others.length > maxBranchPairs) continue;
      const table = ids.map((id) => others.map((other) => areDifferent(this.relateInner(doubt, id, other))));
      if (table.some((row) => row.every((differs) => differs))) return true;
      if (others.some((_, column) => table.every((row) => row[column] === true))) return true;
    }
    return false;
  }

  private innerRelations(doubt: Doubt): Relation[] {
    const relations: Relation[] = [];
    const right = this.partsOf(doubt.right);
    for (const [label, ids] of this.partsOf(doubt.left).inner) {
      const others = right.inner.get(label) ?? [];
      if (ids.length * others.length > maxBranchPairs) continue;
      for (const id of ids) for (const other of others) relations.push(this.relateInner(doubt, id, other));
    }
    return relations;
  }

  private relateInner({ left, right }: Doubt, id: SchemaId, other: SchemaId): Relation {
    return this.relate(this.sides[left.side].refOf(left.side, id), this.sides[right.side].refOf(right.side, other));
  }

  private partsOf({ side, hash }: SchemaRef): SchemaParts {
    return this.sides[side].partsOf(hash);
  }
}

/** The schemas of one side by their hash; those of one hash mean the same. There may be more of them at any time. */
class HashedSchemas {
  private readonly schemas: readonly SchemaNode[];
  private readonly ids = new Map<string, SchemaId>();
  private readonly parts = new Map<string, SchemaParts>();
  private indexed = 0;

  constructor(schemas: readonly SchemaNode[]) {
    this.schemas = schemas;
  }

  refOf(side: SideName, id: SchemaId): SchemaRef {
    return { side, hash: this.schemas[id]?.hash ?? "" };
  }

  pointerOf(hash: string): string {
    return this.schemas[this.idOf(hash)]?.pointer ?? "";
  }

  partsOf(hash: string): SchemaParts {
    const known = this.parts.get(hash);
    if (known !== undefined) return known;
    const parts = takeApart(this.schemas, this.idOf(hash));
    this.parts.set(hash, parts);
    return parts;
  }

  private idOf(hash: string): SchemaId {
    for (; this.indexed < this.schemas.length; this.indexed++) {
      const own = this.schemas[this.indexed]?.hash ?? "";
      if (!this.ids.has(own)) this.ids.set(own, this.indexed);
    }
    const id = this.ids.get(hash);
    if (id === undefined) throw new RangeError(`no schema has the hash ${hash}`);
    return id;
  }
}

function keyOf(left: SchemaRef, right: SchemaRef): string {
  return `${left.side} ${left.hash} ${right.side} ${right.hash}`;
}

function areDifferent(relation: Relation): boolean {
  return relation === "different" || (typeof relation === "object" && relation.isSettled);
}

/** Whether a hash is made of places: see `fingerprintSlice`. */
export function isVague(hash: string): boolean {
  return hash.startsWith("~") || isUnread(hash);
}

/** Whether it is that of a schema which was left unread when hashes were made. */
export function isUnread(hash: string): boolean {
  return hash.startsWith("@");
}
