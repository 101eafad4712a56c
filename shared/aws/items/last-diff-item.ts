import * as z from "zod";
import type { LastDiff } from "../../dependencies/last-diff.ts";
import type { ItemCodec } from "../item-codec.ts";
import { lastDiffKey } from "../keys.ts";

export const lastDiffItem: ItemCodec<LastDiff> = {
  entity: "lastDiff",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    dependencyId: z.string(),
    fromSnapshotId: z.string(),
    toSnapshotId: z.string(),
    changeSetKey: z.string(),
  }),
  content: (diff) => diff,
  place: ({ tenantId, dependencyId }) => lastDiffKey(tenantId, dependencyId),
};
