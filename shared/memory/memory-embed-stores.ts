import { type EmbedJob, type EmbedJobId, isOver, isSameWork } from "../embeddings/embed-job.ts";
import type {
  EmbedJobStore,
  EmbedQueue,
  EmbedRequest,
  SearchManifest,
  SearchManifestStore,
} from "../embeddings/ports.ts";
import { storedCopy } from "./stored.ts";

/** Embed jobs in memory. */
export const memoryEmbedJobStore = (): EmbedJobStore => {
  const jobs = new Map<string, EmbedJob>();
  const keyOf = ({ tenantId, dependencyId }: EmbedJobId) => JSON.stringify([tenantId, dependencyId]);
  const read = (id: EmbedJobId) => {
    const found = jobs.get(keyOf(id));
    return found === undefined ? undefined : storedCopy(found);
  };
  return {
    get: async (id) => read(id),
    async change(id, change) {
      const before = read(id);
      const after = change(before);
      if (after === undefined) return before;
      jobs.set(keyOf(id), storedCopy(after));
      return storedCopy(after);
    },
    async *unfinished() {
      const found = [...jobs.values()].filter(({ status }) => status === "pending" || status === "running");
      if (found.length > 0) yield found.map(storedCopy);
    },
    listOutdated: async (now, limit) =>
      [...jobs.values()]
        .filter((job) => isOver(job) && !isSameWork(job, { ...now, snapshotId: job.snapshotId }))
        .slice(0, limit)
        .map(storedCopy),
  };
};

/** A queue of embed jobs that only remembers; `sent` is in the order of sending. */
export const memoryEmbedQueue = (): EmbedQueue & { sent: { request: EmbedRequest; delayMs: number }[] } => {
  const sent: { request: EmbedRequest; delayMs: number }[] = [];
  return {
    sent,
    async send(request, delayMs = 0) {
      sent.push({ request, delayMs });
    },
  };
};

/** Manifests of tenants' indexes in memory. */
export const memorySearchManifestStore = (): SearchManifestStore => {
  const manifests = new Map<string, SearchManifest>();
  return {
    async get(tenantId) {
      const found = manifests.get(tenantId);
      return found === undefined ? undefined : storedCopy(found);
    },
    async replace(next) {
      if ((manifests.get(next.tenantId)?.version ?? 0) !== next.version - 1) return false;
      manifests.set(next.tenantId, storedCopy(next));
      return true;
    },
  };
};
