import * as z from "zod";
import type { ChangeEvent } from "../../changes/change-event.ts";
import type { ItemCodec } from "../item-codec.ts";
import { changeKey, changeListKey } from "../keys.ts";
import { jsonObjectText } from "./json-text.ts";

const operation = z.object({ method: z.string(), path: z.string() });

const storedChange = z.object({
  id: z.string(),
  tenantId: z.string(),
  dependencyId: z.string(),
  fromSnapshotId: z.string(),
  toSnapshotId: z.string(),
  ruleId: z.string(),
  kind: z.string(),
  severity: z.enum(["breaking", "risky", "safe"]),
  operation: operation.nullable(),
  pointer: z.string(),
  summary: z.string(),
  detail: jsonObjectText,
  causeKey: z.string(),
  causeScope: z.enum(["schema", "parameter", "global", "endpoint"]),
  affectedOperations: z.array(operation),
  affectedOperationCount: z.number(),
  detectedAt: z.string(),
  acknowledgedAt: z.string().optional(),
  acknowledgedBy: z.string().optional(),
  resolvedAt: z.string().optional(),
  resolvedBy: z.string().optional(),
});

/** Changes are found by dependency, and by tenant or id (GSI1). */
export const changeItem: ItemCodec<ChangeEvent> = {
  entity: "change",
  version: 1,
  schema: storedChange,
  content: (event) => ({ ...event, detail: JSON.stringify(event.detail) }),
  place: (event) => ({ ...changeKey(event), ...changeListKey(event.tenantId, event.id) }),
};
