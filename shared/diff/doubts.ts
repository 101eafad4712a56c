import type { SchemaId } from "../spec/model.ts";
import type { SlicedModel } from "../spec/normalize/normalize.ts";
import type { SchemaParts } from "../spec/schema-parts.ts";
import { HashedSchemas } from "./hashed-schemas.ts";

export type SideName = "before" | "after";

/** A schema of one of the two documents: whichever has that hash there. */
export type SchemaRef = { side: SideName; hash: string };

/** Two schemas whose hashes differ and are made of places. */
type Doubt = {
  left: Handle;
  right: Handle;
  /** Doubts that may be settled as soon as this one is. */
  dependents: Doubt[];
  /** Has to be settled in the end. */
  isNoted: boolean;
  /** Known to differ. */
  isSettled: boolean;
};

/** A schema: the number of its hash in the schemas of its side. */
type Handle = { schemas: HashedSchemas; number: number };

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
  /** Of each list, one has to be settled in the end. */
  private readonly noted: Doubt[][] = [];
  private readonly relations = new Map<number, Relation>();
  private readonly unopened: Doubt[] = [];
  private readonly settled: Doubt[] = [];

  constructor(before: SlicedModel, after: SlicedModel) {
    this.sides = { before: new HashedSchemas(before), after: new HashedSchemas(after) };
  }

  /** Notes that the two, whose hashes are not equal, were told apart. */
  noteOne(left: SchemaRef, right: SchemaRef): void {
    if (!isVague(left.hash) && !isVague(right.hash)) return;
    const relation = this.relate(this.handleOf(left), this.handleOf(right));
    if (typeof relation !== "object" || relation.isNoted) return;
    relation.isNoted = true;
    this.noted.push([relation]);
  }

  /** Notes that one of `pairs`, in none of which the hashes are equal, must differ. */
  note(pairs: readonly [SchemaRef, SchemaRef][]): void {
    if (pairs.some(([left, right]) => !isVague(left.hash) && !isVague(right.hash))) return;
    const relations = pairs.map(([left, right]) => this.relate(this.handleOf(left), this.handleOf(right)));
    this.noted.push(relations.filter((relation) => typeof relation === "object"));
  }

  /**
   * Places of unread schemas that may mean the same as what they were told apart from; empty when nothing is in doubt.
   * `undefined` when something is, and reading more does not help.
   */
  unsettledPlaces(): string[] | undefined {
    for (let doubt = this.unopened.pop(); doubt !== undefined; doubt = this.unopened.pop()) {
      if (this.relations.size > maxDoubts) return undefined;
      this.open(doubt);
    }
    for (let doubt = this.settled.pop(); doubt !== undefined; doubt = this.settled.pop()) {
      for (const dependent of doubt.dependents) {
        if (!dependent.isSettled && this.tellsApart(dependent)) this.settle(dependent);
      }
    }
    if (this.noted.every((doubts) => doubts.some(({ isSettled }) => isSettled))) return [];
    const places = new Set<string>();
    for (const doubt of this.relations.values()) {
      if (typeof doubt !== "object" || doubt.isSettled) continue;
      for (const { schemas, number } of [doubt.left, doubt.right]) {
        if (isUnread(schemas.hashOf(number))) places.add(schemas.pointerOf(number));
      }
    }
    return places.size === 0 ? undefined : [...places];
  }

  private handleOf({ side, hash }: SchemaRef): Handle {
    const schemas = this.sides[side];
    return { schemas, number: schemas.numberOf(hash) };
  }

  private relate(left: Handle, right: Handle): Relation {
    const key = this.keyOf(left) * 0x4000000 + this.keyOf(right);
    const known = this.relations.get(key);
    if (known !== undefined) return known;
    const relation = this.newRelation(left, right);
    this.relations.set(key, relation);
    if (typeof relation === "object" && !this.isOneConduit(left, right)) this.unopened.push(relation);
    return relation;
  }

  private newRelation(left: Handle, right: Handle): Relation {
    const [was, is] = [left.schemas.hashOf(left.number), right.schemas.hashOf(right.number)];
    if (was === is) return "same";
    return isVague(was) || isVague(is)
      ? { left, right, dependents: [], isNoted: false, isSettled: false }
      : "different";
  }

  /** Opening both sides of a conduit would read all that it leads to: they stay in doubt. */
  private isOneConduit(left: Handle, right: Handle): boolean {
    const [was, is] = [left.schemas.hashOf(left.number), right.schemas.hashOf(right.number)];
    return was.startsWith("@<") && is.startsWith("@>") && was.slice(2) === is.slice(2);
  }

  /** Below 2^26: there are fewer schemas than 2^25. */
  private keyOf({ schemas, number }: Handle): number {
    return number * 2 + (schemas === this.sides.before ? 0 : 1);
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
    const [left, right] = [partsOf(doubt.left), partsOf(doubt.right)];
    if (left.own !== right.own || left.inner.size !== right.inner.size) return true;
    const mayRepeat = left.isMerged || right.isMerged;
    for (const [label, ids] of left.inner) {
      const others = right.inner.get(label);
      if (others === undefined || (others.length !== ids.length && !mayRepeat)) return true;
      if (this.differsUnder(doubt, ids, others)) return true;
    }
    return false;
  }

  /** Whether one of `ids` differs from all of `others`, or the other way round. */
  private differsUnder(doubt: Doubt, ids: readonly SchemaId[], others: readonly SchemaId[]): boolean {
    const [id, other] = [ids[0], others[0]];
    if (ids.length === 1 && others.length === 1 && id !== undefined && other !== undefined) {
      return areDifferent(this.relateInner(doubt, id, other));
    }
    if (ids.length * others.length > maxBranchPairs) return false;
    const table = ids.map((one) => others.map((another) => areDifferent(this.relateInner(doubt, one, another))));
    if (table.some((row) => row.every((differs) => differs))) return true;
    return others.some((_, column) => table.every((row) => row[column] === true));
  }

  private innerRelations(doubt: Doubt): Relation[] {
    const relations: Relation[] = [];
    const right = partsOf(doubt.right);
    for (const [label, ids] of partsOf(doubt.left).inner) {
      const others = right.inner.get(label) ?? [];
      if (ids.length * others.length > maxBranchPairs) continue;
      for (const id of ids) for (const other of others) relations.push(this.relateInner(doubt, id, other));
    }
    return relations;
  }

  private relateInner(
    { left: { schemas }, right: { schemas: others } }: Doubt,
    id: SchemaId,
    other: SchemaId,
  ): Relation {
    return this.relate(
      { schemas, number: schemas.numberOfId(id) },
      { schemas: others, number: others.numberOfId(other) },
    );
  }
}

function partsOf({ schemas, number }: Handle): SchemaParts {
  return schemas.partsOf(number);
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
