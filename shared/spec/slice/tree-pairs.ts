import { isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { referencesOf } from "./read-more.ts";

export type Container = JsonObject | JsonValue[];

/** A place where both documents hold a container of one kind. */
export type Pair = { id: number; before: Container; after: Container };

/**
 * Two documents laid side by side: every place where both hold an object, or both an array, is a pair, numbered in
 * depth-first order. Pair 0 is the two documents. Kept are eight bytes a pair, and no way back to the containers: who needs
 * those goes down from the top again (`visit`).
 */
export class TreePairs {
  /** Pairs whose own members differ, be it one that only one side has. */
  readonly differing: number[] = [];
  /** Containers that stand in the old document only, and those of the new one, without what is inside them. */
  readonly onlyBefore: Container[] = [];
  readonly onlyAfter: Container[] = [];
  /** What both sides refer to, as written, to the pairs that refer to it. */
  readonly references = new Map<string, number[]>();
  count = 0;
  /** The two documents. */
  readonly root: Pair & { before: JsonObject; after: JsonObject };
  private parents = new Int32Array(4096);
  /** First number behind what stands inside a pair. */
  private ends = new Int32Array(4096);
  private readonly children = new Map<number, Map<string, Pair>>();

  constructor(before: JsonObject, after: JsonObject) {
    this.root = { id: 0, before, after };
    this.pairObjects(before, after, -1, false);
  }

  /** The pair that holds `id`; -1 above the top. */
  parentOf(id: number): number {
    return this.parents[id] ?? -1;
  }

  /**
   * The pair at `tokens` below pair 0; `undefined` where neither document has anything, `"unpaired"` where there is
   * something else than a pair.
   */
  find(tokens: readonly string[]): Pair | "unpaired" | undefined {
    let pair: Pair = this.root;
    for (const token of tokens) {
      const child = this.childrenOf(pair).get(token);
      if (child === undefined) {
        const isNowhere = memberOf(pair.before, token) === undefined && memberOf(pair.after, token) === undefined;
        return isNowhere ? undefined : "unpaired";
      }
      pair = child;
    }
    return pair;
  }

  /** Visits the pairs that are `marked`, each of which is held by one that is. */
  visit(marked: Uint8Array, visitor: (before: Container, after: Container, id: number) => void): void {
    const waiting: Pair[] = marked[0] === 1 ? [this.root] : [];
    for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
      visitor(pair.before, pair.after, pair.id);
      this.eachChild(pair, (_, child) => {
        if (marked[child.id] === 1) waiting.push(child);
      });
    }
  }

  /** The pairs directly inside `pair`, by name. */
  childrenOf(pair: Pair): Map<string, Pair> {
    const known = this.children.get(pair.id);
    if (known !== undefined) return known;
    const children = new Map<string, Pair>();
    this.eachChild(pair, (name, child) => children.set(name, child));
    this.children.set(pair.id, children);
    return children;
  }

  /** First number behind what stands inside pair `id`, which has the numbers from its own up to that. */
  endOf(id: number): number {
    return this.ends[id] ?? id + 1;
  }

  /** Calls `each` for the pairs directly inside `pair`, in the order in which they were numbered. */
  eachChild({ id, before, after }: Pair, each: (name: string, child: Pair) => void): void {
    let next = id + 1;
    for (const name in before) {
      const old = memberOf(before, name);
      const fresh = memberOf(after, name);
      if (!isContainer(old) || !isContainer(fresh) || Array.isArray(old) !== Array.isArray(fresh)) continue;
      each(name, { id: next, before: old, after: fresh });
      next = this.ends[next] ?? next;
    }
  }

  private open(parent: number): number {
    if (this.count === this.parents.length) {
      this.parents = grow(this.parents);
      this.ends = grow(this.ends);
    }
    this.parents[this.count] = parent;
    return this.count++;
  }

  /** @param isValue whether the two are data, in which every word counts */
  private pairObjects(before: JsonObject, after: JsonObject, parent: number, isValue: boolean): void {
    const id = this.open(parent);
    let differs = false;
    let members = 0; // that only the old one has, less those that only the new one has
    for (const name in before) {
      members++;
      const old = before[name];
      const fresh = after[name];
      if (old === fresh) {
        if (name === "$ref" && typeof old === "string") this.refer(old, id);
      } else if (!isValue && isWording(name, old, fresh)) {
        if (fresh === undefined) members--;
      } else if (!this.pairValues(old, fresh, id, isValue || holdsValues.has(name))) {
        differs = true;
      }
      if (name === "discriminator") for (const reference of referencesOf(before)) this.refer(reference, id);
    }
    for (const _ in after) members--;
    if (members < 0 || differs) {
      for (const name in after) {
        if (Object.hasOwn(before, name) || (!isValue && isWording(name, "", after[name]))) continue;
        differs = true;
        keepContainer(this.onlyAfter, after[name]);
      }
    }
    if (differs) this.differing.push(id);
    this.ends[id] = this.count;
  }

  private pairArrays(before: JsonValue[], after: JsonValue[], parent: number, isValue: boolean): void {
    const id = this.open(parent);
    let differs = before.length !== after.length;
    const shared = Math.min(before.length, after.length);
    for (let index = 0; index < shared; index++) {
      const old = before[index];
      const fresh = after[index];
      if (old !== fresh && !this.pairValues(old, fresh, id, isValue)) differs = true;
    }
    for (let index = shared; index < before.length; index++) keepContainer(this.onlyBefore, before[index]);
    for (let index = shared; index < after.length; index++) keepContainer(this.onlyAfter, after[index]);
    if (differs) this.differing.push(id);
    this.ends[id] = this.count;
  }

  /** Pairs two values that are not one; `false` when they are not two containers of a kind. */
  private pairValues(
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    parent: number,
    isValue: boolean,
  ): boolean {
    if (isContainer(before) && isContainer(after)) {
      const isList = Array.isArray(before);
      if (isList && Array.isArray(after)) {
        this.pairArrays(before, after, parent, isValue);
        return true;
      }
      if (!isList && !Array.isArray(after)) {
        this.pairObjects(before, after, parent, isValue);
        return true;
      }
    }
    keepContainer(this.onlyBefore, before);
    keepContainer(this.onlyAfter, after);
    return false;
  }

  private refer(reference: string, from: number): void {
    const users = this.references.get(reference);
    if (users === undefined) this.references.set(reference, [from]);
    else users.push(from);
  }
}

/** Members that hold data, or names of the author's own with a text to each that counts. */
const holdsValues = new Set([
  ...["default", "const", "enum", "example", "examples", "value", "discriminator", "mapping", "links", "scopes"],
]);

/** Whether two different members are words for people: most edits of a document are of such. */
function isWording(name: string, before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (name !== "description" && name !== "summary") return false;
  return (before === undefined || typeof before === "string") && (after === undefined || typeof after === "string");
}

function isContainer(value: JsonValue | undefined): value is Container {
  return typeof value === "object" && value !== null;
}

function keepContainer(list: Container[], value: JsonValue | undefined): void {
  if (isContainer(value)) list.push(value);
}

function memberOf(container: Container, token: string): JsonValue | undefined {
  if (isJsonObject(container)) return ownMember(container, token);
  return /^(0|[1-9]\d*)$/.test(token) ? container[Number(token)] : undefined;
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
