import { isJsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { conduitOperationsOf } from "./conduit-operations.ts";
import { Conduits, type Marks, nameOfComponent } from "./conduits.ts";
import type { ConduitBody, Lead } from "./slice.ts";
import type { Container, Pair, TreePairs } from "./tree-pairs.ts";

/** The conduits of one document, as written. */
export type ConduitsOfSide = {
  /** Schema components to the hash that they go by: it differs in the other document, as what they mean may. */
  schemas: Map<JsonValue, string>;
  /** Operations to what they lead to. */
  operations: Map<JsonValue, ConduitBody[]>;
  /** The path items of those operations. */
  pathItems: Set<JsonValue>;
};

export type FoundConduits = {
  /** 1 for each pair that has to be read. */
  read: Uint8Array;
  /** What schema components lead to, by their place. */
  leads: Map<string, Lead[]>;
  sides: [before: ConduitsOfSide, after: ConduitsOfSide];
};

/**
 * Tells what need not be read of what may differ: schema components and operations that merely lead to a difference.
 * @param mayLeadOn whether the operations under a path may be left unread
 */
export function findConduits(pairs: TreePairs, marks: Marks, mayLeadOn: (path: string) => boolean): FoundConduits {
  const conduits = new Conduits(pairs, marks);
  const sides: FoundConduits["sides"] = [newSide(), newSide()];
  const read = marks.changed.slice();
  const found = new Map<string, { pair: Pair; leads: Lead[] }>();
  for (const [name, pair] of conduits.changedComponents()) {
    const leads = "$ref" in pair.before ? undefined : conduits.leadsOf(pair);
    if (leads === undefined) continue;
    found.set(name, { pair, leads });
    read.fill(0, pair.id, pairs.endOf(pair.id));
  }
  const paths = pairs.find(["paths"]);
  if (typeof paths === "object") {
    pairs.eachChild(paths, (path, item) => {
      const operations =
        conduits.isChanged(item) && mayLeadOn(path) ? conduitOperationsOf(pairs, conduits, item) : undefined;
      if (operations === undefined) return;
      read.fill(0, item.id, pairs.endOf(item.id));
      for (const [index, written] of [item.before, item.after].entries()) {
        sides[index]?.pathItems.add(written);
        for (const [operation, bodies] of operations[index] ?? []) sides[index]?.operations.set(operation, bodies);
      }
    });
  }
  readWhatIsLookedInto(pairs, conduits, read, (name) => {
    const conduit = found.get(name);
    found.delete(name);
    if (conduit !== undefined) {
      const { id } = conduit.pair;
      read.set(marks.changed.subarray(id, pairs.endOf(id)), id);
    }
    return conduit?.pair;
  });
  const leads = new Map<string, Lead[]>();
  for (const [name, { pair, leads: own }] of found) {
    const pointer = `/components/schemas/${escapePointerToken(name)}`;
    leads.set(pointer, own);
    sides[0].schemas.set(pair.before, `@<${pointer}`);
    sides[1].schemas.set(pair.after, `@>${pointer}`);
  }
  return { read, leads, sides };
}

function newSide(): ConduitsOfSide {
  return { schemas: new Map(), operations: new Map(), pathItems: new Set() };
}

/** Keywords whose schema is compared on its own, wherever it leads. */
const ownPlaces = new Set(["items", "additionalProperties", "schema"]);

/**
 * Finds the conduits to which something that is read refers in a place where it is looked into: in an `allOf`, say.
 * @param take makes the conduit of this name one that is read
 * @returns its pair, the first time
 */
function readWhatIsLookedInto(
  pairs: TreePairs,
  conduits: Conduits,
  read: Uint8Array,
  take: (name: string) => Pair | undefined,
): void {
  const waiting: { pair: Pair; name: string; holder: string }[] = [{ pair: pairs.root, name: "", holder: "" }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { pair, name: holder } = next;
    if (next.holder !== "properties" && !ownPlaces.has(next.name)) {
      for (const target of namesIn(pair.before, pair.after)) {
        const taken = take(target);
        if (taken !== undefined) waiting.push({ pair: taken, name: "", holder: "" });
      }
    }
    if (conduits.isConduitUnion(pair)) continue;
    pairs.eachChild(pair, (name, child) => {
      if (read[child.id] === 1) waiting.push({ pair: child, name, holder });
    });
  }
}

function namesIn(...written: Container[]): string[] {
  return written.flatMap((container) => (isJsonObject(container) ? (nameOfComponent(container) ?? []) : []));
}
