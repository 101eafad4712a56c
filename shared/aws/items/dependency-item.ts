import * as z from "zod";
import type { Dependency } from "../../dependencies/dependency.ts";
import { isSubscriber, placeInSchedule } from "../../dependencies/transitions.ts";
import type { ItemCodec } from "../item-codec.ts";
import { beatKey, dependencyKey, dueDependencyKey, subscriberKey, subscriptionKey } from "../keys.ts";
import { unchangedChecks } from "./job-item.ts";

/** A removed dependency stays as a tombstone, so that its unfinished job can still end and audits can name it. */
export type StoredDependency = Dependency & { isRemoved: boolean };

const storedDependency = z.object({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  specUrl: z.string().optional(),
  uploadKey: z.string().optional(),
  providerSurfaceId: z.string().optional(),
  subscribedAt: z.string().optional(),
  baseUrl: z.string().optional(),
  cadence: z.string(),
  enabled: z.boolean(),
  monitoringMode: z.enum(["full", "partial"]),
  filteredDomains: z.array(z.string()),
  filteredEndpoints: z.array(z.string()),
  auth: z.object({ secretName: z.string(), header: z.string() }).optional(),
  owner: z.string().optional(),
  tags: z.array(z.string()),
  health: z.object({
    status: z.enum(["healthy", "degraded", "unhealthy", "paused"]),
    consecutiveFailures: z.number(),
    lastSuccessAt: z.string().optional(),
    lastFailureAt: z.string().optional(),
    lastError: z.object({ name: z.string(), message: z.string() }).optional(),
    unhealthyAt: z.string().optional(),
    toldUnhealthy: z.boolean().optional(),
  }),
  currentSnapshotId: z.string().optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  bodySha256: z.string().optional(),
  canonicalSha256: z.string().optional(),
  unchangedChecks: unchangedChecks.optional(),
  rateLimited: z.object({ until: z.string(), count: z.number() }).optional(),
  activeJobId: z.string().optional(),
  lastCheckedAt: z.string().optional(),
  nextCheckAt: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  isRemoved: z.boolean(),
});

/**
 * Dependencies are found by tenant, and while something is due about them, now or later (GSI2: at the beat of their cadence, or
 * at a moment of their own). Those that follow a provider
 * surface are found by it (GSI1, while enabled), and among the subscriptions of their tenant (GSI2).
 */
export const dependencyItem: ItemCodec<StoredDependency> = {
  entity: "dependency",
  version: 1,
  schema: storedDependency,
  content: (dependency) => dependency,
  place: (stored) => {
    const { id, tenantId, isRemoved, providerSurfaceId } = stored;
    if (providerSurfaceId !== undefined && !isRemoved)
      return {
        ...dependencyKey(tenantId, id),
        ...(isSubscriber(stored) ? subscriberKey(providerSurfaceId, id) : {}),
        ...subscriptionKey(tenantId, providerSurfaceId, id),
      };
    const place = isRemoved ? undefined : placeInSchedule(stored);
    if (place === undefined) return dependencyKey(tenantId, id);
    return {
      ...dependencyKey(tenantId, id),
      ...("beat" in place ? beatKey(id, place.beat) : dueDependencyKey(id, place.dueAt)),
    };
  },
};

/** The dependency as the ports know it; `undefined` when it was removed. */
export const presentDependency = (stored: StoredDependency | undefined): Dependency | undefined => {
  if (stored === undefined || stored.isRemoved) return undefined;
  const { isRemoved: _, ...dependency } = stored;
  return dependency;
};
