import { decodeIndex, encodeIndex } from "../search/index-file.ts";
import { mergeIndexes } from "../search/merge-indexes.ts";
import type { SearchIndex } from "../search/search-index.ts";
import { type BodyStore, bodyKeys } from "../snapshots/ports.ts";
import { sha256 } from "../snapshots/sha256.ts";
import { StoreBusyError } from "./errors.ts";
import type { EmbedJobStore, SearchManifest, SearchManifestStore } from "./ports.ts";

type PublishPorts = {
  jobs: EmbedJobStore;
  manifests: SearchManifestStore;
  bodies: Pick<BodyStore, "get" | "putOnce">;
};

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
    const ids = new Set([...(before?.parts ?? []).map(({ dependencyId }) => dependencyId), ...changed]);
    const parts = await currentParts(ports.jobs, tenantId, [...ids].sort());
    if (before !== undefined && sameParts(before.parts, parts)) return;
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

const currentParts = async (jobs: EmbedJobStore, tenantId: string, dependencyIds: string[]): Promise<Part[]> => {
  const found = await Promise.all(dependencyIds.map((dependencyId) => jobs.get({ tenantId, dependencyId })));
  return found.flatMap((job) =>
    job?.index === undefined ? [] : [{ dependencyId: job.dependencyId, key: job.index.key }],
  );
};

const sameParts = (one: readonly Part[], other: readonly Part[]): boolean =>
  one.length === other.length && one.every(({ key }, at) => key === other[at]?.key);

const storeMerged = async (bodies: PublishPorts["bodies"], tenantId: string, parts: readonly Part[]) => {
  const indexes: SearchIndex[] = [];
  for (const { key } of parts) {
    const bytes = await bodies.get(key);
    if (bytes !== undefined) indexes.push(decodeIndex(bytes));
  }
  const bytes = encodeIndex(mergeIndexes(indexes));
  const key = bodyKeys.searchIndex(tenantId, sha256(bytes));
  await bodies.putOnce(key, bytes, "application/octet-stream");
  return key;
};
