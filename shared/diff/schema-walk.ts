import type { JsonType, SchemaId, SchemaNode, SpecModel } from "../spec/model.ts";
import type { ConduitBody, Lead } from "../spec/slice/slice.ts";
import type { CauseScope, OperationRef } from "./change-set.ts";
import type { Fact, SchemaFact, SchemaLocation, SchemaSite, SchemaStatement } from "./facts.ts";
import type { SchemaMeanings } from "./meanings.ts";
import { type OperationSet, operationSetOf } from "./operation-set.ts";
import { compareBounds } from "./schema-bounds.ts";
import type { DescendOptions, SchemaComparison, StatementPlace, WholePair } from "./schema-comparison.ts";
import { createValueProof, type ValueRelation } from "./schema-cover.ts";
import {
  compareAdditionalProperties,
  compareDependencies,
  comparePatternProperties,
  compareProperties,
  compareRequired,
} from "./schema-objects.ts";
import { acceptsAnything, type SchemaSide, schemaSideOf } from "./schema-side.ts";
import { compareDiscriminators, compareSubschemas } from "./schema-subschemas.ts";
import { compareDominant, compareListedValues, compareUnions, compareWrapping } from "./schema-unions.ts";
import {
  compareEnums,
  compareKeywords,
  compareTypes,
  compareValidity,
  withOneSpellingOfBytes,
} from "./schema-values.ts";

/** Where a schema is used by something that is not a schema. */
export type SchemaRoot = {
  site: SchemaSite;
  /** What holds the schema in the new document: a parameter, a header, a media type. */
  pointer: string;
  scope: CauseScope;
  container: string;
  parameter?: { in: string; name: string };
  status?: string;
  mediaType?: string;
};

/** Where a pair was met: what its own place is, unless the pair is a component. */
type Place = Pick<SchemaPair, "root" | "schema" | "property" | "swap"> & { here: string };

type Said = { statement: SchemaStatement; place: StatementPlace; relation: ValueRelation };

type Descent = { before: SchemaId; after: SchemaId; step: string; options: DescendOptions | undefined };

/** A pair of schemas at one site: a node of the use graph. */
type SchemaPair = {
  before: SchemaId;
  after: SchemaId;
  site: SchemaSite;
  root: SchemaRoot;
  schema: string | null;
  property: string;
  /** The edit behind everything in here, where a reference was pointed at another component. */
  swap: string | undefined;
  ignoresNull: boolean;
  whole: WholePair;
  /** Set where nothing but what the pair leads to may differ, so that it is not looked into. */
  leads: readonly Lead[] | undefined;
  /** What is proven of the pair that this one was reached from. Inside what is equal no value can have changed. */
  relation: ValueRelation;
  usedByPairs: Set<SchemaPair>;
  usedByOperations: Set<OperationRef>;
  said: Said[];
};

export type SchemaWalk = {
  /** Notes that `operation` uses the pair at `root`; equal schemas cost nothing. */
  enter(before: SchemaId, after: SchemaId, root: SchemaRoot, operation: OperationRef): void;
  /** Notes that `operation` has a body that was left unread. */
  enterUnread(body: ConduitBody, operation: OperationRef): void;
  /** What can be asked of the schemas of the two documents. */
  beforeSide: SchemaSide;
  afterSide: SchemaSide;
  /** Types that an instance of either schema of the pair may have; `undefined` is any type. */
  typesOf(before: SchemaId | undefined, after: SchemaId | undefined): readonly JsonType[] | undefined;
  /** Compares every pair that was entered, and all that they lead to, once each. */
  facts(): Fact[];
};

const innerSite: Record<SchemaSite, SchemaSite> = {
  "request-body": "request-property",
  "request-property": "request-property",
  "request-parameter": "request-parameter-property",
  "request-parameter-property": "request-parameter-property",
  "response-body": "response-property",
  "response-property": "response-property",
  "response-header": "response-header",
};

/**
 * The comparison of two schema graphs. Pairs with equal hashes are never entered; a pair is compared once per site
 * however many operations use it, cycles included; the operations are found afterwards by walking the use graph up.
 */
export function createSchemaWalk(beforeModel: SpecModel, afterModel: SpecModel, meanings: SchemaMeanings): SchemaWalk {
  const beforeSide = schemaSideOf(beforeModel, "before", meanings);
  const afterSide = schemaSideOf(afterModel, "after", meanings);
  const proof = createValueProof(beforeSide, afterSide);
  const pairs = new Map<string, SchemaPair>();
  const pending: SchemaPair[] = [];
  // Two components that are not versions of one another, or a component and a schema written in its place.
  const isSwap = (before: SchemaNode, after: SchemaNode): boolean => {
    if (before.name === after.name) return false;
    if (before.name === undefined || after.name === undefined) return true;
    return Object.hasOwn(afterModel.components, before.name) || Object.hasOwn(beforeModel.components, after.name);
  };
  const pairAt = (
    before: SchemaId,
    after: SchemaId,
    site: SchemaSite,
    user: Place,
    { ignoresNull = false, whole = { before, after }, edit: ownEdit }: DescendOptions = {},
    relation: ValueRelation = undefined,
  ): SchemaPair | undefined => {
    const old = beforeSide.node(before);
    const fresh = afterSide.node(after);
    const isOnItsOwn = !ignoresNull && whole.before === before && ownEdit === undefined;
    const isSame = isOnItsOwn ? beforeSide.isKnownSame : beforeSide.isSame;
    if (isSame(old, afterSide, fresh)) return undefined;
    const name = fresh.name ?? old.name;
    // Below a swapped reference two components meet that are not versions of one another: the edit is the reference.
    const swap = ownEdit ?? (name === undefined || old.name !== fresh.name ? user.swap : undefined);
    const place: Place = isSwap(old, fresh)
      ? { ...user, swap: user.swap ?? user.here }
      : name === undefined
        ? { ...user, swap }
        : { root: user.root, schema: name, property: "", swap, here: fresh.pointer };
    const key = [before, after, site, ignoresNull, whole.before, whole.after, place.swap, relation].join(" ");
    const known = pairs.get(key);
    if (known !== undefined) return known;
    const links = { usedByPairs: new Set<SchemaPair>(), usedByOperations: new Set<OperationRef>() };
    const { root, schema, property, swap: edit } = place;
    const pair: SchemaPair = {
      ...{ before, after, site, root, schema, property, ignoresNull, whole, relation, swap: edit },
      leads: isOnItsOwn ? meanings.leadsOf(old, fresh) : undefined,
      ...links,
      said: [],
    };
    pairs.set(key, pair);
    pending.push(pair);
    return pair;
  };

  const follow = (leads: readonly Lead[], user: SchemaPair): void => {
    for (const { name, isInside } of leads) {
      const [before, after] = [beforeModel.components[name], afterModel.components[name]];
      if (before === undefined || after === undefined) throw new RangeError(`one document has no schema ${name}`);
      const site = isInside ? innerSite[user.site] : user.site;
      const place = { root: user.root, schema: null, property: "", swap: undefined, here: user.root.pointer };
      pairAt(before, after, site, place, undefined, user.relation)?.usedByPairs.add(user);
    }
  };

  const compare = (pair: SchemaPair): void => {
    if (pair.leads !== undefined) {
      follow(pair.leads, pair);
      return;
    }
    const said: Omit<Said, "relation">[] = [];
    const descents: Descent[] = [];
    compareSchemas({
      beforeId: pair.before,
      afterId: pair.after,
      before: beforeSide.node(pair.before),
      after: afterSide.node(pair.after),
      beforeSide,
      afterSide,
      site: pair.site,
      ignoresNull: pair.ignoresNull,
      whole: pair.whole,
      proof,
      state: (statement, place) => said.push({ statement, place }),
      descend: (before, after, step, options) => descents.push({ before, after, step, options }),
    });
    const relation = relationOf(pair, said, descents);
    for (const one of said) {
      if (relation !== "equal" || !isAboutValues(one.statement)) pair.said.push({ ...one, relation });
    }
    for (const { before, after, step, options } of descents) {
      const site = step === "" ? pair.site : innerSite[pair.site];
      const property = joinSteps(pair.property, step);
      const here = `${afterSide.node(pair.after).pointer} ${step}`;
      const user = { root: pair.root, schema: pair.schema, property, swap: pair.swap, here };
      pairAt(before, after, site, user, options, relation)?.usedByPairs.add(pair);
    }
  };

  /** Proven only where spelling may deceive: where something was said, or where two parts of one value differ. */
  const relationOf = (
    { before, after, relation }: SchemaPair,
    said: readonly Omit<Said, "relation">[],
    descents: readonly Descent[],
  ): ValueRelation => {
    if (relation === "equal") return relation;
    const isSplit = [beforeSide.node(before), afterSide.node(after)].some(({ allOf }) => allOf !== undefined);
    const parts = isSplit ? descents.filter(({ step }) => step === "").length : 0;
    const isDoubtful = said.some(({ statement }) => isAboutValues(statement) && statement.subject !== "requiredness");
    if (parts < 2 && !isDoubtful) return relation;
    const own = proof.relationOf(before, after);
    return own === "equal" ? own : (relation ?? own);
  };

  return {
    enter(before, after, root, operation) {
      const user = { root, schema: null, property: "", swap: undefined, here: root.pointer };
      pairAt(before, after, root.site, user)?.usedByOperations.add(operation);
    },
    enterUnread({ part, status, mediaType, isReference, leads }, operation) {
      const place = { site: `${part}-body`, scope: "endpoint", pointer: "", mediaType } as const;
      const root: SchemaRoot =
        status === undefined
          ? { ...place, container: "the request body" }
          : { ...place, container: `the response ${status}`, status };
      const key = [part, status, mediaType, operation.method, operation.path].join(" ");
      const user: SchemaPair = {
        ...{ before: -1, after: -1, site: root.site, root, schema: null, property: "", ignoresNull: false },
        ...{ whole: { before: -1, after: -1 }, relation: undefined, swap: undefined, leads, said: [] },
        usedByPairs: new Set(),
        usedByOperations: new Set([operation]),
      };
      // As with a body that is read: what it refers to is entered at once, what stands in it later.
      if (isReference) follow(leads, user);
      else {
        pairs.set(key, user);
        pending.push(user);
      }
    },
    beforeSide,
    afterSide,
    typesOf(before, after) {
      const was = before === undefined ? undefined : beforeSide.typesOf(before);
      const is = after === undefined ? undefined : afterSide.typesOf(after);
      return was === undefined || is === undefined ? undefined : [...was, ...is];
    },
    facts() {
      for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) compare(pair);
      // A component that is a body here and a property there makes two pairs; what lies inside is the same place.
      const facts = new Map<string, { fact: SchemaFact; operations: OperationSet }>();
      for (const pair of pairs.values()) {
        if (pair.said.length === 0) continue;
        const operations = operationsOf(pair);
        for (const { statement, place, relation } of pair.said) {
          const fact = { ...factOf(pair, statement, place), relation };
          const { edit, property } = fact.location;
          const key = [fact.subject, fact.action, pair.before, pair.after, placeKeyOf(fact), property, edit].join(" ");
          const known = facts.get(key);
          if (known === undefined) {
            facts.set(key, { fact, operations: operationSetOf(operations.sorted()) });
            continue;
          }
          for (const operation of operations.sorted()) known.operations.add(operation);
          if (known.fact.location.site !== fact.location.site && fact.location.site.endsWith("-body"))
            known.fact = fact;
          if (known.fact.relation !== relation) known.fact = { ...known.fact, relation: undefined };
        }
      }
      return [...facts.values()].map(({ fact, operations }) => ({ ...fact, usedBy: operations.sorted() }));
    },
  };
}

/** Where a component is the whole body here and a property there, one edit of it is one fact of that direction. */
function placeKeyOf({ location: { site, schema, property } }: SchemaFact): string {
  return schema !== null && property === "" ? site.replace(/-(body|property)$/, "-body-or-property") : site;
}

/** Whether `statement` says that other values are valid; else it speaks of what they mean or of what is promised. */
function isAboutValues(statement: SchemaStatement): boolean {
  switch (statement.subject) {
    case "keyword":
      return statement.keyword !== "default";
    case "enum":
      return !statement.extensible;
    case "property":
    case "mutability":
    case "property-lifecycle":
    case "discriminator":
      return false;
    default:
      return true;
  }
}

function compareSchemas(written: SchemaComparison): void {
  const comparison = withOneSpellingOfBytes(written);
  if (compareValidity(comparison) || compareDominant(comparison)) return;
  if (compareListedValues(comparison)) {
    compareTypes(comparison);
    compareKeywords(comparison);
    compareBounds(comparison);
    return;
  }
  if (compareWrapping(comparison)) return;
  compareTypes(comparison);
  if (!canShareInstances(comparison)) return;
  compareEnums(comparison);
  compareKeywords(comparison);
  compareBounds(comparison);
  compareProperties(comparison);
  compareRequired(comparison);
  compareAdditionalProperties(comparison);
  comparePatternProperties(comparison);
  compareDependencies(comparison);
  compareSubschemas(comparison);
  compareUnions(comparison);
  compareDiscriminators(comparison);
}

/**
 * Where a string became an object, or anything at all became a list, there is nothing inside to compare: the change of
 * type says it all.
 */
function canShareInstances({ before, after, beforeSide, afterSide, beforeId, afterId }: SchemaComparison): boolean {
  const typesBefore = familiesOf(beforeSide.typesOf(beforeId));
  const typesAfter = familiesOf(afterSide.typesOf(afterId));
  if (typesBefore === undefined && typesAfter !== undefined) return !acceptsAnything(before);
  if (typesAfter === undefined && typesBefore !== undefined) return !acceptsAnything(after);
  if (typesBefore === undefined || typesAfter === undefined) return true;
  return typesBefore.some((type) => typesAfter.includes(type));
}

function familiesOf(types: readonly JsonType[] | undefined): JsonType[] | undefined {
  return types?.filter((type) => type !== "null").map((type) => (type === "integer" ? "number" : type));
}

function joinSteps(path: string, step: string): string {
  return path === "" && step.startsWith(".") ? step.slice(1) : path + step;
}

function operationsOf(pair: SchemaPair): OperationSet {
  const operations = operationSetOf();
  const seen = new Set([pair]);
  const pending = [pair];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const operation of current.usedByOperations) operations.add(operation);
    for (const user of current.usedByPairs) {
      if (seen.has(user)) continue;
      seen.add(user);
      pending.push(user);
    }
  }
  return operations;
}

function factOf(pair: SchemaPair, statement: SchemaStatement, place: StatementPlace): SchemaFact {
  const { site, pointer: _, ...context } = pair.root;
  const location: SchemaLocation = {
    ...context,
    site: place.step === undefined ? pair.site : innerSite[pair.site],
    scope: pair.schema === null ? pair.root.scope : "schema",
    before: place.before,
    after: place.after,
    edit: pair.swap ?? place.edit ?? place.after ?? place.before ?? "",
    schema: pair.schema,
    property: joinSteps(pair.property, place.step ?? ""),
  };
  return { ...statement, location, direction: site.startsWith("request") ? "request" : "response", usedBy: [] };
}
