import type { JsonType, JsonValue, SchemaId, SchemaNode } from "../spec/model.ts";
import {
  and,
  type Conjunction,
  type Covers,
  conjunctionOf,
  namesOf,
  nodeOf,
  typesOf,
  valuesOf,
  withoutAllOf,
  withoutUnion,
} from "./conjunction.ts";
import { keepsKeyword, typesOfKeyword } from "./keyword-cover.ts";
import { areApart } from "./schema-apart.ts";
import { acceptsAnything, type SchemaSide } from "./schema-side.ts";
import { fitsNode } from "./value-fit.ts";

/** How the values of the new schema relate to those of the old one; `undefined` where that cannot be proven. */
export type ValueRelation = "equal" | "widened" | "narrowed" | undefined;

/** Steps that one question may cost: a proof that needs more is not found. */
const maxSteps = 2000;
/** Levels of a value that are gone down. */
const maxDepth = 40;
/** Alternatives that are gone through one by one. */
const maxBranches = 32;
/** How often alternatives are split within alternatives. */
const maxSplits = 4;

/** What can be proven of the values of two documents' schemas. What was found once is not looked for again. */
export type ValueProof = {
  /**
   * Whether every value that is valid in `narrow` is valid in `wide`: `true` where that is proven. Only validity counts:
   * `readOnly`, defaults, discriminators and words do not.
   */
  covers(wideSide: SchemaSide, wide: SchemaId, narrowSide: SchemaSide, narrow: SchemaId): boolean;
  /** How the values that `after` accepts relate to those that `before` accepts: by sets, and not by spelling. */
  relationOf(before: SchemaId, after: SchemaId): ValueRelation;
};

/** Proofs about the schemas of `beforeSide` and `afterSide`. */
export function createValueProof(beforeSide: SchemaSide, afterSide: SchemaSide): ValueProof {
  const proof = new Proof(beforeSide);
  const covers: ValueProof["covers"] = (wideSide, wide, narrowSide, narrow) =>
    proof.start(conjunctionOf(wideSide, wide), conjunctionOf(narrowSide, narrow));
  return {
    covers,
    relationOf(before, after) {
      const keepsAll = covers(afterSide, after, beforeSide, before);
      const addsNone = covers(beforeSide, before, afterSide, after);
      if (keepsAll) return addsNone ? "equal" : "widened";
      return addsNone ? "narrowed" : undefined;
    },
  };
}

type Names = ReadonlySet<string>;

type Known = { values: JsonValue[] | undefined; types: readonly JsonType[]; splits: number; names: Names };

class Proof {
  private steps = 0;
  private depth = 0;
  /** Questions that are being answered further out. A value is finite, so what holds one level down may be assumed. */
  private readonly open = new Set<string>();
  private readonly answers = new Map<string, boolean>();
  private hasAssumed = false;
  private readonly firstSide: SchemaSide;

  constructor(firstSide: SchemaSide) {
    this.firstSide = firstSide;
  }

  /** Answers a question of its own, with the steps that one may cost. */
  start(wide: Conjunction, narrow: Conjunction): boolean {
    this.steps = 0;
    return this.covers(wide, narrow);
  }

  /** `key` names the question where it is about a place inside the value, so that recursion comes to an end. */
  covers(wide: Conjunction, narrow: Conjunction, key?: string): boolean {
    if (key === undefined) return this.prove(wide, narrow);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    if (this.open.has(key)) {
      this.hasAssumed = true;
      return true;
    }
    const hadAssumed = this.hasAssumed;
    this.hasAssumed = false;
    this.open.add(key);
    const answer = this.prove(wide, narrow);
    this.open.delete(key);
    // What rests on an assumption holds only as long as that does, except for the outermost question.
    const isFinal = answer ? !this.hasAssumed || this.open.size === 0 : this.steps <= maxSteps;
    if (isFinal) this.answers.set(key, answer);
    this.hasAssumed ||= hadAssumed;
    return answer;
  }

  private prove(wide: Conjunction, narrow: Conjunction): boolean {
    if (this.depth > maxDepth) return false;
    this.depth += 1;
    const answer = this.coversAll(wide, narrow, maxSplits, namesOf(wide));
    this.depth -= 1;
    return answer;
  }

  /** `names`: every property that is named beside or in `wide`. */
  private coversAll(wide: Conjunction, narrow: Conjunction, splits: number, names: Names): boolean {
    return wide.nodes.every((node) => this.coversNode(wide.side, withoutAllOf(node), narrow, splits, names));
  }

  private coversNode(side: SchemaSide, wide: SchemaNode, narrow: Conjunction, splits: number, names: Names): boolean {
    if (narrow.nodes.some((node) => side.isSame(wide, narrow.side, node))) return true;
    if (acceptsAnything(wide)) return true;
    this.steps += 1;
    if (this.steps > maxSteps) return false;
    const types = typesOf(narrow);
    const values = valuesOf(narrow, types);
    if (values?.length === 0 || narrow.nodes.some((node) => node.never === true)) return true;
    // Stryker disable next-line all: only speed; neither keyword keeps any value
    if (wide.never === true || wide.danglingRef !== undefined) return false;
    if (this.keepsEach(side, wide, narrow, { values, types, splits, names })) return true;
    if (splits === 0) return false;
    const cases = branchesOf(narrow) ?? casesByType(narrow, types);
    return cases?.every((one) => this.coversNode(side, wide, one, splits - 1, names)) ?? false;
  }

  /** Whether each keyword of `wide` lets every value of `narrow` pass. */
  private keepsEach(
    side: SchemaSide,
    wide: SchemaNode,
    narrow: Conjunction,
    { values, types, splits, names }: Known,
  ): boolean {
    const coversInside: Covers = (left, right) => this.covers(left, right, this.keyOf(left, right));
    const coversHere: Covers = (left, right) => this.covers(left, right);
    return (Object.keys(wide) as (keyof SchemaNode)[]).every((keyword) => {
      const relevant = typesOfKeyword(keyword);
      if (relevant === undefined || !types.some((type) => relevant.includes(type))) return true;
      const alone = partOf(wide, keyword);
      if (values?.every((value) => fitsNode(side, alone, value) === true)) return true;
      switch (keyword) {
        case "anyOf":
          return splits > 0 && (wide.anyOf ?? []).some((id) => this.coversBranch(side, id, narrow, splits - 1, names));
        case "oneOf":
          return splits > 0 && this.coversOneOf(side, wide.oneOf ?? [], narrow, splits - 1, names);
        default:
          return keepsKeyword(keyword, { side, wide, narrow, types, names, coversInside, coversHere });
      }
    });
  }

  private coversBranch(side: SchemaSide, id: SchemaId, narrow: Conjunction, splits: number, outer: Names): boolean {
    const branch = conjunctionOf(side, id);
    return this.coversAll(branch, narrow, splits, new Set([...outer, ...namesOf(branch)]));
  }

  /** Exactly one alternative has to fit: one that covers all beside others that have nothing in common with it. */
  private coversOneOf(
    side: SchemaSide,
    branches: readonly SchemaId[],
    narrow: Conjunction,
    splits: number,
    names: Names,
  ): boolean {
    if (branches.length > maxBranches) return false;
    const fitting = branches.find((id) => this.coversBranch(side, id, narrow, splits, names));
    const others = branches.filter((id) => id !== fitting).map((id) => conjunctionOf(side, id));
    if (fitting !== undefined && others.every((other) => areApart(other, narrow))) return true;
    return narrow.nodes.some(
      ({ oneOf }) => oneOf !== undefined && this.areSameBranches(side, branches, narrow.side, oneOf),
    );
  }

  /** The two sides of a question are named by the places of their nodes. */
  private keyOf(wide: Conjunction, narrow: Conjunction): string | undefined {
    const pointers = [...narrow.nodes, ...wide.nodes].map(({ pointer }) => pointer);
    if (pointers.includes("")) return undefined;
    const sides = [wide, narrow].map(({ side }) => side === this.firstSide);
    return [...sides, narrow.nodes.length, ...pointers].join(" ");
  }

  /** Whether the alternatives mean the same one by one, in any order. */
  private areSameBranches(
    side: SchemaSide,
    branches: readonly SchemaId[],
    otherSide: SchemaSide,
    others: readonly SchemaId[],
  ): boolean {
    if (branches.length !== others.length) return false;
    const open = [...others];
    return branches.every((branch) => {
      const own = conjunctionOf(side, branch);
      const index = open.findIndex((id) => {
        if (side.isSame(side.node(branch), otherSide, otherSide.node(id))) return true;
        const other = conjunctionOf(otherSide, id);
        return this.covers(own, other) && this.covers(other, own);
      });
      if (index !== -1) open.splice(index, 1);
      return index !== -1;
    });
  }
}

/** Keywords that mean something only beside others. */
const companions: Partial<Record<keyof SchemaNode, readonly (keyof SchemaNode)[]>> = {
  additionalProperties: ["properties", "patternProperties"],
  unevaluatedProperties: ["properties", "patternProperties"],
  minContains: ["contains", "maxContains"],
  maxContains: ["contains", "minContains"],
  contains: ["minContains", "maxContains"],
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword; the object is never awaited
  then: ["if"],
  else: ["if"],
  enum: ["types"], // beside types that include null, an enum does not list it
};

/** The keyword alone, with those that belong to it. */
function partOf(wide: SchemaNode, keyword: keyof SchemaNode): Partial<SchemaNode> {
  const keywords = [keyword, ...(companions[keyword] ?? [])].filter((one) => wide[one] !== undefined);
  return Object.fromEntries(keywords.map((one) => [one, wide[one]]));
}

/** The conjunction with each alternative of its first union, which together are the whole. */
function branchesOf(conjunction: Conjunction): Conjunction[] | undefined {
  const union = conjunction.nodes.find((node) => node.anyOf !== undefined || node.oneOf !== undefined);
  const keyword = union?.anyOf === undefined ? "oneOf" : "anyOf";
  const branches = union?.[keyword];
  if (union === undefined || branches === undefined || branches.length > maxBranches) return undefined;
  const others = conjunction.nodes.map((node) => (node === union ? withoutUnion(union, keyword) : node));
  return branches.map((id) =>
    and({ side: conjunction.side, nodes: others }, conjunctionOf(conjunction.side, id).nodes),
  );
}

/** The conjunction as each type that its values may have. */
function casesByType(conjunction: Conjunction, types: readonly JsonType[]): Conjunction[] | undefined {
  if (types.length < 2) return undefined;
  return types.map((type) => and(conjunction, [nodeOf({ types: [type] })]));
}
