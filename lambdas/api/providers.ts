import type * as z from "zod";
import type { ChangeEvent } from "../../shared/changes/change-event.ts";
import type { provider, providerChange, providerRoutes } from "../../shared/contracts/api/providers.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import { assertFetchableUrl } from "../../shared/net/address-guard.ts";
import { allProviders, bundledProviders, findSurface } from "../../shared/providers/catalog.ts";
import { catalogTenantId } from "../../shared/providers/catalog-tenant.ts";
import type { Provider } from "../../shared/providers/provider.ts";
import { listProviderChanges } from "../../shared/providers/provider-changes.ts";
import { subscribe } from "../../shared/providers/subscribe.ts";
import type { ApiPorts } from "./api-ports.ts";
import { toChange } from "./changes.ts";
import { ownDependency, seenDependency, toDependency } from "./dependencies.ts";
import { pageOfList } from "./page-of-list.ts";
import type { HandlersOf } from "./route-handler.ts";
import { toSyncJob } from "./sync-jobs.ts";

export const providerHandlers = (ports: ApiPorts): HandlersOf<typeof providerRoutes> => ({
  async listProviders({ query: { q, verified, ...page } }) {
    const found = (await allProviders(ports.providers)).filter(matches(q, verified));
    const { items, nextCursor } = pageOfList(JSON.stringify(["providers", q, verified, found.length]), found, page);
    return { status: 200, body: { data: items.map(toProvider), nextCursor } };
  },

  async getProvider({ params }) {
    const found = (await allProviders(ports.providers)).find(({ id }) => id === params.providerId);
    if (found === undefined) throw new NotFoundError("provider", params.providerId);
    return { status: 200, body: { data: toProvider(found) } };
  },

  async createProvider({ body }) {
    for (const [index, { specUrl }] of body.surfaces.entries())
      assertFetchableUrl(specUrl, ports.addressPolicy, { field: `surfaces.${index}.specUrl` });
    if (bundledProviders.some(({ id }) => id === body.id))
      throw new ConflictError(`${body.id} is in the catalog already`);
    const added: Provider = {
      ...body,
      origin: "operator",
      surfaces: body.surfaces.map((surface) => ({
        ...surface,
        id: `${body.id}.${surface.id}`,
        verified: false,
        evidence: "The operator of this deployment named it.",
      })),
    };
    await ports.providers.create(added);
    return { status: 201, body: { data: toProvider(added) } };
  },

  async deleteProvider({ params }) {
    if (bundledProviders.some(({ id }) => id === params.providerId))
      throw new ConflictError(`${params.providerId} comes with Forewarn and cannot be removed`);
    const found = (await ports.providers.list()).find(({ id }) => id === params.providerId);
    for (const { id } of found?.surfaces ?? []) {
      const { subscribers } = await ports.dependencies.subscribers(id, { limit: 1 });
      if (subscribers.length > 0) throw new ConflictError(`${id} has subscribers still`);
    }
    if (!(await ports.providers.remove(params.providerId))) throw new NotFoundError("provider", params.providerId);
    return { status: 204, body: undefined };
  },

  async syncSurface({ params }) {
    await openedSurface(ports, params.surfaceId);
    const { job } = await ports.syncs.submit(catalogTenantId, params.surfaceId, "manual");
    return { status: 202, body: { data: toSyncJob(job) } };
  },

  async listSurfaceSyncJobs({ params, query }) {
    const { id } = await openedSurface(ports, params.surfaceId);
    const { items, nextCursor } = await ports.jobs.listByDependency(catalogTenantId, id, query);
    return { status: 200, body: { data: items.map(toSyncJob), nextCursor } };
  },

  async createSubscription({ body: { surfaceId, ...settings }, caller }) {
    const found = await findSurface(ports.providers, surfaceId);
    if (found === undefined) throw new NotFoundError("provider surface", surfaceId, "surfaceId");
    const name = settings.name ?? `${found.provider.name} ${found.surface.name}`;
    const created = await subscribe(ports, caller.tenantId, found, { ...settings, name });
    // What the surface has embedded already becomes part of the tenant's index.
    await ports.embedQueue.send({ tenantId: caller.tenantId, dependencyId: created.id });
    return { status: 201, body: { data: toDependency(await seenDependency(ports, created)) } };
  },

  async listSubscriptions({ query: { surfaceId, ...page }, caller }) {
    const { items, nextCursor } = await ports.dependencies.subscriptions(caller.tenantId, page, surfaceId);
    const seen = await Promise.all(items.map((dependency) => seenDependency(ports, dependency)));
    return { status: 200, body: { data: seen.map(toDependency), nextCursor } };
  },

  async deleteSubscription({ params, caller }) {
    const { id, providerSurfaceId } = await ownSubscription(ports, caller.tenantId, params.subscriptionId);
    if (providerSurfaceId === undefined) throw new NotFoundError("subscription", params.subscriptionId);
    await ports.dependencies.remove(caller.tenantId, id);
    await ports.embedQueue.send({ tenantId: caller.tenantId, dependencyId: id });
    return { status: 204, body: undefined };
  },

  async listProviderChanges({ query: { limit, cursor, ...filter }, caller }) {
    const { items, nextCursor } = await listProviderChanges(ports, caller.tenantId, filter, { limit, cursor });
    return { status: 200, body: { data: items.map(toProviderChange), nextCursor } };
  },
});

/** @throws NotFoundError with the same words for what is none and for what is another tenant's */
const ownSubscription = async (ports: ApiPorts, tenantId: string, subscriptionId: string) => {
  try {
    return await ownDependency(ports, tenantId, subscriptionId);
  } catch (error) {
    throw error instanceof NotFoundError ? new NotFoundError("subscription", subscriptionId) : error;
  }
};

/** The surface as a target of the schedule. @throws NotFoundError while nobody has subscribed to it */
const openedSurface = async (ports: ApiPorts, surfaceId: string) => {
  const found = await ports.dependencies.get(catalogTenantId, surfaceId);
  if (found === undefined) throw new NotFoundError("provider surface with a subscriber", surfaceId);
  return found;
};

const matches = (q: string | undefined, verified: "true" | "false" | undefined) => {
  const words = q?.toLowerCase();
  return ({ id, name, surfaces }: Provider): boolean =>
    (verified === undefined || String(surfaces.some((surface) => surface.verified)) === verified) &&
    (words === undefined ||
      [id, name, ...surfaces.flatMap((surface) => [surface.id, surface.name])].some((text) =>
        text.toLowerCase().includes(words),
      ));
};

const toProvider = ({ id, name, docsUrl, origin, surfaces }: Provider): z.output<typeof provider> => ({
  id,
  name,
  docsUrl,
  origin,
  surfaces: surfaces.map((from) => ({
    id: from.id,
    name: from.name,
    specUrl: from.specUrl,
    verified: from.verified,
    evidence: from.evidence,
    cadence: from.cadence,
  })),
});

/** Who acknowledged a change says so on the change of a dependency; the surface's own is everyone's. */
const toProviderChange = (from: ChangeEvent): z.output<typeof providerChange> => {
  const {
    dependencyId: surfaceId,
    acknowledgedAt: _,
    acknowledgedBy: __,
    resolvedAt: ___,
    resolvedBy: ____,
    ...change
  } = toChange(from);
  return { ...change, surfaceId };
};
