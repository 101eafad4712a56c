/**
 * What the last comparison of a dependency came to. A sync that takes over the snapshot of one that failed compares the same
 * two snapshots once more: it takes this result, so that a filter or a rule that was changed meanwhile raises nothing for
 * what was found before.
 */
export type LastDiff = {
  tenantId: string;
  dependencyId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
  changeSetKey: string;
};
