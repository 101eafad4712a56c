import * as z from "zod";
import type { DependencyRules } from "../../dependencies/dependency-rules.ts";
import type { ItemCodec } from "../item-codec.ts";
import { dependencyRulesKey } from "../keys.ts";

export const dependencyRulesItem: ItemCodec<DependencyRules> = {
  entity: "dependencyRules",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    dependencyId: z.string(),
    ignoreRules: z.array(
      z.object({
        id: z.string(),
        rule: z.string(),
        operation: z.string().optional(),
        pointer: z.string().optional(),
        reason: z.string(),
        owner: z.string(),
        until: z.string(),
        createdAt: z.string(),
      }),
    ),
    severityOverrides: z.array(z.object({ rule: z.string(), level: z.enum(["breaking", "risky", "safe"]) })),
  }),
  content: (rules) => rules,
  place: ({ tenantId, dependencyId }) => dependencyRulesKey(tenantId, dependencyId),
};
