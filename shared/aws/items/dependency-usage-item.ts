import * as z from "zod";
import type { DependencyUsage } from "../../usage/usage.ts";
import type { ItemCodec } from "../item-codec.ts";
import { dependencyUsageKey } from "../keys.ts";

export const dependencyUsageItem: ItemCodec<DependencyUsage> = {
  entity: "dependencyUsage",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    dependencyId: z.string(),
    consumers: z.array(
      z.object({
        name: z.string(),
        owner: z.string().optional(),
        operations: z.array(z.object({ method: z.string(), path: z.string() })),
      }),
    ),
    updatedAt: z.string(),
  }),
  content: (usage) => usage,
  place: ({ tenantId, dependencyId }) => dependencyUsageKey(tenantId, dependencyId),
};
