import * as z from "zod";
import type { Snapshot } from "../../snapshots/snapshot.ts";
import type { ItemCodec } from "../item-codec.ts";
import { snapshotKey } from "../keys.ts";

const storedSnapshot = z.object({
  id: z.string(),
  tenantId: z.string(),
  dependencyId: z.string(),
  jobId: z.string(),
  createdAt: z.string(),
  isBaseline: z.boolean(),
  previousSnapshotId: z.string().nullable(),
  bodySha256: z.string(),
  bodyKey: z.string(),
  bodyBytes: z.number(),
  modelKey: z.string(),
  operationsKey: z.string(),
  operationCount: z.number(),
  rootHash: z.string(),
  annotationsHash: z.string(),
  dialect: z.string(),
  format: z.enum(["json", "yaml"]),
  title: z.string(),
  version: z.string(),
  sourceUrl: z.string(),
  warningCount: z.number(),
});

export const snapshotItem: ItemCodec<Snapshot> = {
  entity: "snapshot",
  version: 1,
  schema: storedSnapshot,
  content: (snapshot) => snapshot,
  place: ({ tenantId, dependencyId, id }) => snapshotKey(tenantId, dependencyId, id),
};
