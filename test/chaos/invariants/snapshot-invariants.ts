import type { Snapshot } from "../../../shared/snapshots/snapshot.ts";
import type { Evidence, WatchedSite } from "../evidence.ts";
import { type Invariant, judgeEach } from "./invariant.ts";

/** Snapshots of one dependency from its baseline to the current one, each made from the one before. */
export const chainOf = ({ snapshots, dependencies }: Evidence, { id }: Pick<WatchedSite, "id">): Snapshot[] => {
  const own = new Map(snapshots.filter((one) => one.dependencyId === id).map((one) => [one.id, one]));
  const chain: Snapshot[] = [];
  let next = dependencies.find(({ value }) => value.id === id)?.value.currentSnapshotId;
  for (let snapshot = own.get(next ?? ""); snapshot !== undefined; snapshot = own.get(next ?? "")) {
    chain.unshift(snapshot);
    own.delete(snapshot.id); // a circle ends here
    next = snapshot.previousSnapshotId ?? undefined;
  }
  return chain;
};

/** The version that a snapshot holds, as its host knows it; `undefined` for what was never served. */
export const versionOf = ({ served }: Evidence, { number }: WatchedSite, snapshot: Snapshot): number | undefined =>
  served.find((one) => one.number === number && one.isWhole && one.bodySha256 === snapshot.bodySha256)?.version;

/** Whether the current snapshot is of what its host published last. */
export const isUpToDate = (evidence: Evidence, site: WatchedSite): boolean => {
  const current = chainOf(evidence, site).at(-1);
  return current !== undefined && versionOf(evidence, site, current) === site.publications.at(-1)?.version;
};

const nameOf = ({ id, number, temper }: WatchedSite): string => `dependency ${id} (${temper.name} ${number})`;

const publishedBy = ({ publications }: WatchedSite): string =>
  publications.map(({ version, atMs }) => `${version} at ${new Date(atMs).toISOString()}`).join(", ");

/** Whether `part` is `whole` with some left out. */
const isWithin = (part: readonly unknown[], whole: readonly unknown[]): boolean => {
  let found = 0;
  for (const one of whole) if (found < part.length && part[found] === one) found += 1;
  return found === part.length;
};

export const snapshotInvariants: readonly Invariant[] = [
  {
    promise: "what a host serves in the end is the current snapshot",
    settles: true,
    check: (evidence) =>
      judgeEach(evidence.sites, (site) => {
        if (isUpToDate(evidence, site)) return undefined;
        const { currentSnapshotId } = evidence.dependencies.find(({ value }) => value.id === site.id)?.value ?? {};
        return `${nameOf(site)} is at ${currentSnapshotId}; published were ${publishedBy(site)}`;
      }),
  },
  {
    promise: "every version that was served until it was seen has its snapshot, in order, once",
    check: (evidence) =>
      judgeEach(evidence.sites, (site) => {
        const versions = chainOf(evidence, site).map((snapshot) => versionOf(evidence, site, snapshot));
        const published = site.publications.map(({ version }) => version);
        const isRight = site.temper.isPatient
          ? versions.length === published.length && isWithin(versions, published)
          : isWithin(versions, published);
        if (isRight) return undefined;
        return `${nameOf(site)} has snapshots of ${versions.join(", ")}; published were ${publishedBy(site)}`;
      }),
  },
  {
    promise: "no snapshot is of what was not served before",
    check: (evidence) => {
      const siteOf = new Map(evidence.sites.map((site) => [site.id, site]));
      return judgeEach(evidence.snapshots, ({ id, dependencyId, bodySha256, createdAt }) => {
        const isTrue = evidence.served.some(
          (one) =>
            one.number === siteOf.get(dependencyId)?.number &&
            one.isWhole &&
            one.bodySha256 === bodySha256 &&
            one.atMs <= Date.parse(createdAt),
        );
        return isTrue
          ? undefined
          : `snapshot ${id} of ${dependencyId} is of nothing that was served until ${createdAt}`;
      });
    },
  },
  {
    promise: "each snapshot differs from the one before, and none is made twice of the same step",
    check: (evidence) =>
      judgeEach(evidence.snapshots, (snapshot) => {
        const { id, dependencyId, previousSnapshotId, rootHash } = snapshot;
        const same = evidence.snapshots.filter(
          (one) =>
            one.dependencyId === dependencyId &&
            (one.id === previousSnapshotId || one.previousSnapshotId === previousSnapshotId) &&
            one.rootHash === rootHash &&
            one.id !== id,
        );
        if (same.length === 0) return undefined;
        return `snapshot ${id} of ${dependencyId} (job ${snapshot.jobId}) means what ${same.map((one) => `${one.id} (job ${one.jobId})`).join(", ")} means`;
      }),
  },
  {
    promise: "snapshots that lead nowhere are of jobs that did not finish",
    check: (evidence) => {
      const inChain = new Set(evidence.sites.flatMap((site) => chainOf(evidence, site).map(({ id }) => id)));
      const finished = new Set(
        evidence.jobs.filter(({ value }) => value.status === "finished").map(({ value }) => value.id),
      );
      return judgeEach(evidence.snapshots, ({ id, jobId, dependencyId }) =>
        inChain.has(id) || !finished.has(jobId)
          ? undefined
          : `snapshot ${id} of ${dependencyId} is of the finished job ${jobId}, and no other follows from it`,
      );
    },
  },
  {
    promise: "an object hashes to its key, and what a snapshot names is there",
    check: ({ objects, snapshots }) => {
      const keys = new Set(objects.map(({ key }) => key));
      const hashes = judgeEach(objects, ({ key, sha256 }) =>
        key.endsWith(`/${sha256}`) ? undefined : `${key} holds ${sha256}`,
      );
      const named = judgeEach(snapshots, ({ id, bodyKey, modelKey, operationsKey }) =>
        [bodyKey, modelKey, operationsKey].filter((key) => !keys.has(key)).map((key) => `${key} of ${id} is gone`),
      );
      return { looked: hashes.looked + named.looked, broken: [...hashes.broken, ...named.broken] };
    },
  },
];
