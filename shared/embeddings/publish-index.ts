import type { DependencyStore } from "../dependencies/ports.ts";
import { MissingBodyError } from "../pipeline/errors.ts";
import { snapshotOwner } from "../providers/followed.ts";
import { UnreadableIndexError } from "../search/errors.ts";
import { decodeIndex, encodeIndex } from "../search/index-file.ts";
import { mergeIndexes } from "../search/merge-indexes.ts";
import type { SearchIndex } from "../search/search-index.ts";
import { type BodyStore, bodyKeys } from "../snapshots/ports.ts";
import { sha256 } from "../snapshots/sha256.ts";
import { StoreBusyError } from "./errors.ts";
import type { EmbedJobStore, SearchManifest, SearchManifestStore } from "./ports.ts";

type PublishPorts = {
  dependencies: Pick<DependencyStore, "get">;
  jobs: EmbedJobStore;
  manifests: SearchManifestStore;
  bodies: Pick<BodyStore, "get" | "putOnce">;
};

/** Index files that are read at once. */
const filesAtOnce = 16;
/** Workers of one tenant that end at the same moment. */
const maxTries = 20;

/**
 * Makes the tenant's merged index what its dependencies' jobs say, when it is not already. Whoever comes last sees what all
 * before did, so that it does not matter who publishes what.
 * @param changed the dependencies whose index is new, or gone
 */
export const publishIndex = async (ports: PublishPorts, tenantId: string, ...changed: string[]): Promise<void> => {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const before = await ports.manifests.get(tenantId);
    const parts = await currentParts(ports, tenantId, before?.parts ?? [], changed);
    if (sameParts(before?.parts ?? [], parts)) return;
    const next: SearchManifest = {
      tenantId,
      version: (before?.version ?? 0) + 1,
      parts,
      ...(parts.length === 0 ? {} : { mergedKey: await storeMerged(ports.bodies, tenantId, parts) }),
    };
    if (await ports.manifests.replace(next)) return;
  }
  throw new StoreBusyError(tenantId);
};

type Part = SearchManifest["parts"][number];
type PartSource = Omit<Part, "key">;

const currentParts = async (
  ports: PublishPorts,
  tenantId: string,
  known: readonly Part[],
  changed: readonly string[],
): Promise<Part[]> => {
  const kept = known.filter(({ dependencyId }) => !changed.includes(dependencyId));
  const read = await Promise.all(changed.map((dependencyId) => readSource(ports, tenantId, dependencyId)));
  const sources = [...kept, ...read.flat()].sort((one, other) => (one.dependencyId < other.dependencyId ? -1 : 1));
  const parts = await Promise.all(sources.map((source) => partOf(ports.jobs, tenantId, source)));
  return parts.flat();
};

/** None for a dependency that is gone. */
const readSource = async (ports: PublishPorts, tenantId: string, dependencyId: string): Promise<PartSource[]> => {
  const found = await ports.dependencies.get(tenantId, dependencyId);
  return found === undefined ? [] : [{ dependencyId, surfaceId: found.providerSurfaceId }];
};

const partOf = async (jobs: EmbedJobStore, tenantId: string, source: PartSource): Promise<Part[]> => {
  const { dependencyId, surfaceId } = source;
  const job = await jobs.get(snapshotOwner({ tenantId, id: dependencyId, providerSurfaceId: surfaceId }));
  return job?.index === undefined ? [] : [{ dependencyId, surfaceId, key: job.index.key }];
};

const sameParts = (one: readonly Part[], other: readonly Part[]): boolean =>
  one.length === other.length &&
  one.every(({ dependencyId, key }, at) => dependencyId === other[at]?.dependencyId && key === other[at]?.key);

const storeMerged = async (bodies: PublishPorts["bodies"], tenantId: string, parts: readonly Part[]) => {
  const indexes: SearchIndex[] = [];
  for (let start = 0; start < parts.length; start += filesAtOnce)
    indexes.push(
      ...(await Promise.all(parts.slice(start, start + filesAtOnce).map((part) => readPart(bodies, part)))).flat(),
    );
  const bytes = encodeIndex(mergeIndexes(indexes));
  const key = bodyKeys.searchIndex(tenantId, sha256(bytes));
  await bodies.putOnce(key, bytes, "application/octet-stream");
  return key;
};

/** The part's index under the id that the tenant knows it by: a surface's own is nobody's dependency. */
const readPart = async (bodies: PublishPorts["bodies"], { dependencyId, key }: Part): Promise<SearchIndex[]> => {
  const bytes = await bodies.get(key);
  if (bytes === undefined) throw new MissingBodyError(key);
  try {
    const index = decodeIndex(bytes);
    return [{ ...index, parts: index.parts.map((part) => ({ ...part, dependencyId })) }];
  } catch (error) {
    // Another release's file, which is being made anew: the tenant does without until then.
    if (error instanceof UnreadableIndexError) return [];
    throw error;
  }
};
