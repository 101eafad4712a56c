import type { SchemaId, SchemaNode } from "../spec/model.ts";
import type { SchemaSite, SchemaStatement } from "./facts.ts";
import { childPointer } from "./pointer.ts";
import type { ValueProof } from "./schema-cover.ts";
import type { SchemaSide } from "./schema-side.ts";

/** Where a statement stands, when that is not the compared schema itself. */
export type StatementPlace = {
  before: string | null;
  after: string | null;
  /** Step from the compared schema to the instance that the statement is about. @default "" */
  step?: string;
  /** Tells apart edits that share a pointer. */
  edit?: string;
};

/** A pair of objects that share their properties with their `allOf` members. */
export type WholePair = { before: SchemaId; after: SchemaId };

export type DescendOptions = {
  /** @default false */
  ignoresNull?: boolean;
  /** Set for a member of an `allOf`. @default the pair itself */
  whole?: WholePair;
  /** Names the edit behind everything below, where it is not the place itself. */
  edit?: string;
};

/** One pair of schemas under comparison: what the comparers read, and where they put what they see. */
export type SchemaComparison = {
  beforeId: SchemaId;
  afterId: SchemaId;
  before: SchemaNode;
  after: SchemaNode;
  beforeSide: SchemaSide;
  afterSide: SchemaSide;
  site: SchemaSite;
  /** Whether `null` is allowed was settled further out, beside the alternatives that this pair is one of. */
  ignoresNull: boolean;
  /** The schemas whose `allOf` this pair is a member of, outermost first; the pair itself when it stands alone. */
  whole: WholePair;
  proof: ValueProof;
  state(statement: SchemaStatement, place: StatementPlace): void;
  /**
   * Queues a pair below this one. `step` is `""` when both describe the same instance (a branch of a union), else the
   * way to the inner instance: `.name`, `[]`, `.*`.
   */
  descend(before: SchemaId, after: SchemaId, step: string, options?: DescendOptions): void;
};

/** The place of `keyword` in both schemas; `null` on the side that does not have it. */
export function keywordPlace(comparison: SchemaComparison, keyword: keyof SchemaNode & string): StatementPlace {
  const { before, after } = comparison;
  const written = keyword === "types" ? "type" : keyword;
  return {
    before: before[keyword] === undefined ? before.pointer : childPointer(before.pointer, written),
    after: after[keyword] === undefined ? after.pointer : childPointer(after.pointer, written),
    edit: `${childPointer(after.pointer, written)}`,
  };
}

/**
 * Pointer of the edge `tokens` from `parent` to `child`. A child that is written inline stands at its own place, also
 * where flattening an `allOf` brought it to another parent; a component is named by the edge that refers to it.
 */
export function edgePointer(parent: SchemaNode, child: SchemaNode, ...tokens: string[]): string {
  const isInline =
    child.name === undefined &&
    (child.pointer.startsWith(`${parent.pointer}/`) || child.pointer.endsWith(childPointer("", ...tokens)));
  return isInline ? child.pointer : childPointer(parent.pointer, ...tokens);
}
