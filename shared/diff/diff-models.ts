import type { SchemaNode, SpecModel } from "../spec/model.ts";
import type { SlicedModel } from "../spec/normalize/normalize.ts";
import type { Lead } from "../spec/slice/slice.ts";
import { compareComponents } from "./components.ts";
import { isVague } from "./doubts.ts";
import { createFactCollector } from "./fact-collector.ts";
import type { Fact } from "./facts.ts";
import { meaningsOfSlices, meaningsOfWholes, type SchemaMeanings } from "./meanings.ts";
import { siblingsOf } from "./operation-context.ts";
import { compareOperations, compareWebhooks } from "./operations.ts";
import { createSchemaWalk } from "./schema-walk.ts";
import { compareSecuritySchemes, renamedSchemesOf } from "./security.ts";
import { compareVersions } from "./versions.ts";

/**
 * States what changed from `before` to `after`, and judges nothing.
 *
 * Only what differs in its hash is walked. Each fact lists the operations that it reaches; an edit of a shared part is
 * one fact per direction, however many operations share it.
 */
export function diffModels(before: SpecModel, after: SpecModel): Fact[] {
  return compareAll(before, after, meaningsOfWholes, () => undefined);
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
 * @param leads what conduits lead to, by their place
 * @param placesLike places of the new document where a schema of the old one may stand, apart from those that are known
 * @returns `undefined` where it takes the whole models to tell what changed
 */
export function diffSlices(
  before: SlicedModel,
  after: SlicedModel,
  leads: ReadonlyMap<string, readonly Lead[]>,
  placesLike: (schema: SchemaNode, known: ReadonlySet<string>) => string[] | undefined,
): SliceFacts | undefined {
  const meanings = meaningsOfSlices(before, after, leads);
  const placesToRead: string[] = [];
  const placesLikeRemoved: string[] = [];
  let isLost = false;
  const facts = compareAll(before.model, after.model, meanings, (schema) => {
    // Its hash was found nowhere; that does not tell of schemas, or of itself, that are hashed by place.
    const places = placesLike(schema, isVague(schema.hash) ? new Set() : exactPlaces(after.model));
    if (places === undefined) isLost = true;
    else if (places.length > 0) {
      placesToRead.push(schema.pointer, ...places);
      placesLikeRemoved.push(...places);
    }
  });
  const doubtful = isLost ? undefined : meanings.doubtfulPlaces();
  if (doubtful === undefined) return undefined;
  placesToRead.push(...doubtful);
  return placesToRead.length === 0 ? { facts } : { placesToRead, placesLikeRemoved };
}

function exactPlaces({ schemas }: SpecModel): ReadonlySet<string> {
  return new Set(schemas.filter(({ hash }) => !isVague(hash)).map(({ pointer }) => pointer));
}

/** @param missing is told of each component that is found nowhere in `after` */
function compareAll(
  before: SpecModel,
  after: SpecModel,
  meanings: SchemaMeanings,
  missing: (schema: SchemaNode) => void,
): Fact[] {
  const walk = createSchemaWalk(before, after, meanings);
  const collector = createFactCollector();
  const renamedSchemes = renamedSchemesOf(before, after);
  const comparison = { before, after, walk, collector, siblings: siblingsOf(before, after), renamedSchemes };
  compareOperations(comparison);
  compareWebhooks(comparison);
  compareSecuritySchemes(before, after, collector, renamedSchemes);
  compareComponents(before, after, collector, missing);
  compareVersions(before, after, collector);
  return [...collector.facts(), ...walk.facts()];
}
