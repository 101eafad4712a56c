import { type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { referencesOf } from "./read-more.ts";

type Container = JsonObject | JsonValue[];

/**
 * Two documents laid side by side: every place where both hold a container (an object or an array) is a pair, numbered in
 * depth-first order. Pair 0 is the two documents.
 */
export class TreePairs {
  readonly befores: Container[] = [];
  readonly afters: Container[] = [];
  readonly parents: number[] = [];
  /** First number behind what stands inside a pair. */
  readonly ends: number[] = [];
  /** Pairs whose own members differ, be it one that only one side has. */
  readonly differing: number[] = [];
  /** Containers that stand in the old document only, and those of the new one, without what is inside them. */
  readonly onlyBefore: Container[] = [];
  readonly onlyAfter: Container[] = [];
  /** What both sides refer to, as written, to the pairs that refer to it. */
  readonly references = new Map<string, number[]>();
  private readonly keys: string[] = [];
  private readonly children = new Map<number, Map<string, number>>();

  constructor(before: JsonObject, after: JsonObject) {
    this.pairObjects(before, after, -1, "");
  }

  get count(): number {
    return this.befores.length;
  }

  /**
   * The pair at `tokens` below pair 0; `undefined` where neither document has anything, `"unpaired"` where there is
   * something else than a pair.
   */
  find(tokens: readonly string[]): number | "unpaired" | undefined {
    let id = 0;
    for (const token of tokens) {
      const child = this.childrenOf(id).get(token);
      if (child === undefined) {
        const [before, after] = [this.befores[id], this.afters[id]];
        return memberOf(before, token) === undefined && memberOf(after, token) === undefined ? undefined : "unpaired";
      }
      id = child;
    }
    return id;
  }

  private childrenOf(id: number): Map<string, number> {
    const known = this.children.get(id);
    if (known !== undefined) return known;
    const children = new Map<string, number>();
    const end = this.ends[id] ?? 0;
    for (let child = id + 1; child < end; child = this.ends[child] ?? end) children.set(this.keys[child] ?? "", child);
    this.children.set(id, children);
    return children;
  }

  private open(before: Container, after: Container, parent: number, key: string): number {
    const id = this.befores.push(before) - 1;
    this.afters.push(after);
    this.parents.push(parent);
    this.keys.push(key);
    this.ends.push(0);
    return id;
  }

  private pairObjects(before: JsonObject, after: JsonObject, parent: number, key: string): void {
    const id = this.open(before, after, parent, key);
    let differs = false;
    let members = 0;
    for (const name in before) {
      members++;
      const old = before[name];
      const fresh = after[name];
      if (old === fresh) {
        if (name === "$ref" && typeof old === "string") this.refer(old, id);
      } else if (!this.pairValues(old, fresh, id, name)) {
        differs = true;
      }
      if (name === "discriminator") for (const reference of referencesOf(before)) this.refer(reference, id);
    }
    for (const _ in after) members--;
    if (members < 0 || differs) {
      for (const name in after) {
        if (Object.hasOwn(before, name)) continue;
        differs = true;
        keepContainer(this.onlyAfter, after[name]);
      }
    }
    if (differs) this.differing.push(id);
    this.ends[id] = this.count;
  }

  private pairArrays(before: JsonValue[], after: JsonValue[], parent: number, key: string): void {
    const id = this.open(before, after, parent, key);
    let differs = before.length !== after.length;
    const shared = Math.min(before.length, after.length);
    for (let index = 0; index < shared; index++) {
      const old = before[index];
      const fresh = after[index];
      if (old !== fresh && !this.pairValues(old, fresh, id, String(index))) differs = true;
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
    key: string,
  ): boolean {
    if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
      const isList = Array.isArray(before);
      if (isList && Array.isArray(after)) {
        this.pairArrays(before, after, parent, key);
        return true;
      }
      if (!isList && !Array.isArray(after)) {
        this.pairObjects(before, after, parent, key);
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

function keepContainer(list: Container[], value: JsonValue | undefined): void {
  if (typeof value === "object" && value !== null) list.push(value);
}

function memberOf(container: Container | undefined, token: string): JsonValue | undefined {
  if (Array.isArray(container)) return /^(0|[1-9]\d*)$/.test(token) ? container[Number(token)] : undefined;
  return container === undefined ? undefined : ownMember(container, token);
}
