import * as z from "zod";
import { type AlertPreference, weekdays } from "../../alerts/preferences/alert-preference.ts";
import type { ItemCodec } from "../item-codec.ts";
import { alertPreferenceKey } from "../keys.ts";

export const alertPreferenceItem: ItemCodec<AlertPreference> = {
  entity: "alertPreference",
  version: 1,
  schema: z.object({
    id: z.string(),
    tenantId: z.string(),
    name: z.string(),
    scope: z.enum(["api", "domain", "endpoint"]),
    scopeValue: z.string(),
    minSeverity: z.enum(["breaking", "risky", "safe"]),
    channels: z.array(z.string()),
    timeZone: z.string(),
    mute: z.object({ from: z.string(), to: z.string(), days: z.array(z.enum(weekdays)) }).optional(),
    digest: z.enum(["none", "hourly", "daily"]),
    enabled: z.boolean(),
    createdAt: z.string(),
    updatedAt: z.string(),
  }),
  content: (preference) => preference,
  place: ({ tenantId, id }) => alertPreferenceKey(tenantId, id),
};
