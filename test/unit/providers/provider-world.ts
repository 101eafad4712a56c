import type { Dependency } from "../../../shared/dependencies/dependency.ts";
import type { SyncJob } from "../../../shared/jobs/job.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { sampleChannel } from "../alerts/sample-alert.ts";
import { petsDocument } from "../pipeline/documents.ts";
import { createSyncWorld } from "../pipeline/sync-world.ts";
import { dependencyFixture } from "../sync-fixtures.ts";

export const surfaceId = "pets.api";

/** A subscriber of the surface: the `number`th by id, of a tenant of its own unless the fields say otherwise. */
export const subscriberFixture = (number: number, fields: Partial<Dependency> = {}): Dependency => {
  const { specUrl: _, ...rest } = dependencyFixture();
  const padded = String(number).padStart(6, "0");
  return {
    ...rest,
    id: `01KDTV00000000SUBSCR${padded}`,
    tenantId: `01KDTV00000000TENANT${padded}`,
    name: `follower ${number}`,
    providerSurfaceId: surfaceId,
    subscribedAt: "2025-12-31T23:00:00.000Z",
    ...fields,
  };
};

/** The world of a sync with a provider surface, whose baseline is taken, and what its subscribers see. */
export const createProviderWorld = async () => {
  const world = await createSyncWorld();
  const { stores } = world;
  const surface = dependencyFixture({ id: surfaceId, tenantId: catalogTenantId, name: "Pets API" });
  await stores.dependencies.create(surface);
  world.origin.serve(petsDocument(), '"1"');

  const syncSurface = async (trigger: SyncJob["trigger"] = "manual") =>
    world.execute((await world.syncs.submit(catalogTenantId, surfaceId, trigger)).job);
  const page = { limit: 100 };

  await syncSurface();
  await world.clock.advance(60_000);
  world.calls = 0;
  return {
    ...world,
    world,
    syncSurface,
    surface: () => stores.dependencies.get(catalogTenantId, surfaceId),
    /** With a channel of its tenant's that wants everything. */
    async subscribe(number: number, fields: Partial<Dependency> = {}): Promise<Dependency> {
      const subscriber = subscriberFixture(number, fields);
      await stores.dependencies.create(subscriber);
      await stores.channels.create(
        sampleChannel({ id: `chn_${number}`, tenantId: subscriber.tenantId, minSeverity: "safe" }),
      );
      return subscriber;
    },
    /** Rules of its change events, and the causes of its deliveries. */
    async heardBy({ tenantId, id }: Dependency) {
      const changes = (await stores.changes.list(tenantId, { dependencyId: id }, page)).items;
      const deliveries = (await stores.deliveries.list(tenantId, page)).items.filter((one) => one.dependencyId === id);
      return {
        changes: changes.map(({ ruleId, operation }) => `${ruleId} ${operation?.method} ${operation?.path}`),
        deliveries: deliveries.map(({ channelId, status, payload }) => ({
          channelId,
          status,
          changes: JSON.parse(payload).data.changeCount,
        })),
      };
    },
  };
};

export type ProviderWorld = Awaited<ReturnType<typeof createProviderWorld>>;
