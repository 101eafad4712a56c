import type { SchemaNode, SpecModel } from "../spec/model.ts";
import { compareComponents } from "./components.ts";
import { isVague } from "./doubts.ts";
import { createFactCollector } from "./fact-collector.ts";
import type { Fact } from "./facts.ts";
import { compareMeanings, compareMeaningsOfSlices, type SchemaMeanings } from "./meanings.ts";
import { siblingsOf } from "./operation-context.ts";
import { compareOperations, compareWebhooks } from "./operations.ts";
import { createSchemaWalk } from "./schema-walk.ts";
import { compareSecuritySchemes } from "./security.ts";
import { compareVersions } from "./versions.ts";

/**
 * States what changed from `before` to `after`, and judges nothing.
 *
 * Only what differs in its hash is walked. Each fact lists the operations that it reaches; an edit of a shared part is
 * one fact per direction, however many operations share it.
 */
export function diffModels(before: SpecModel, after: SpecModel): Fact[] {
  return compareAll(before, after, compareMeanings(before, after), () => false);
}

/** What two slices tell: what changed, or which places have to be read as well in order to tell. */
export type SliceFacts =
  | { facts: Fact[] }
  | {
      placesToRead: string[];
      /** Those of them that are schemas of the new document to which nothing that was read leads. */
      placesLikeRemoved: string[];
    };

/**
 * `diffModels` for two slices of documents (`normalizeSlice`).
 * @param placesLike places of the new document where a schema of the old one may stand, apart from those that are known
 * @returns `undefined` where it takes the whole models to tell what changed
 */
export function diffSlices(
  before: SpecModel,
  after: SpecModel,
  placesLike: (schema: SchemaNode, known: ReadonlySet<string>) => string[] | undefined,
): SliceFacts | undefined {
  const meanings = compareMeaningsOfSlices(before, after);
  const placesToRead: string[] = [];
  const placesLikeRemoved: string[] = [];
  let isLost = false;
  const facts = compareAll(before, after, meanings, (schema) => {
    // The hash was found nowhere; it does not tell of schemas, or of itself, that are hashed by place.
    const places = placesLike(schema, isVague(schema.hash) ? new Set() : exactPlaces(after));
    if (places === undefined) isLost = true;
    else if (places.length > 0) {
      placesToRead.push(schema.pointer, ...places);
      placesLikeRemoved.push(...places);
    }
    return false;
  });
  const doubtful = isLost ? undefined : meanings.doubtfulPlaces();
  if (doubtful === undefined) return undefined;
  placesToRead.push(...doubtful);
  return placesToRead.length === 0 ? { facts } : { placesToRead, placesLikeRemoved };
}

function compareAll(
  before: SpecModel,
  after: SpecModel,
  meanings: SchemaMeanings,
  mayBeUnread: (schema: SchemaNode) => boolean,
): Fact[] {
  const walk = createSchemaWalk(before, after, meanings);
  const collector = createFactCollector();
  const comparison = { before, after, walk, collector, meanings, siblings: siblingsOf(before, after) };
  compareOperations(comparison);
  compareWebhooks(comparison);
  compareSecuritySchemes(before, after, collector);
  compareComponents(before, after, collector, mayBeUnread);
  compareVersions(before, after, collector);
  return [...collector.facts(), ...walk.facts()];
}

function exactPlaces({ schemas }: SpecModel): ReadonlySet<string> {
  return new Set(schemas.filter(({ hash }) => !isVague(hash)).map(({ pointer }) => pointer));
}
