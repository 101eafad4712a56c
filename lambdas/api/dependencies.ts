import { createHash } from "node:crypto";
import type * as z from "zod";
import type { dependency, dependencyRoutes } from "../../shared/contracts/api/dependencies.ts";
import type { Dependency, DependencyHealth, DependencyPatch } from "../../shared/dependencies/dependency.ts";
import { nextCheckAt } from "../../shared/dependencies/next-check.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import { assertFetchableUrl } from "../../shared/net/address-guard.ts";
import { asSeen } from "../../shared/providers/followed.ts";
import { bodyKeys } from "../../shared/snapshots/ports.ts";
import type { ApiPorts } from "./api-ports.ts";
import { badgeOfDependency } from "./embedding-badge.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";

/**
 * The tenant's own dependency.
 * @throws NotFoundError for an unknown or another tenant's id
 */
export const ownDependency = async (ports: ApiPorts, tenantId: string, dependencyId: string): Promise<Dependency> => {
  const found = await ports.dependencies.get(tenantId, dependencyId);
  if (found === undefined) throw new NotFoundError("dependency", dependencyId);
  return found;
};

/** One that follows a provider surface shows the checks, the health and the snapshot of the surface. */
export const seenDependency = (ports: ApiPorts, dependency: Dependency): Promise<Dependency> =>
  asSeen(ports.dependencies, dependency);

export const dependencyHandlers = (ports: ApiPorts): HandlersOf<typeof dependencyRoutes> => ({
  async createDependency({ body, caller }) {
    const { upload, ...fields } = body;
    const { tenantId } = caller;
    checkSpecUrl(ports, body.specUrl);
    const nowMs = ports.clock.nowMs();
    const at = new Date(nowMs).toISOString();
    const created: Dependency = {
      ...fields,
      id: ports.newId(),
      tenantId,
      cadence: body.cadence ?? ports.defaultCadence,
      ...(upload === undefined ? {} : { uploadKey: await storeUpload(ports, tenantId, upload) }),
      health: { status: "healthy", consecutiveFailures: 0 },
      createdAt: at,
      updatedAt: at,
    };
    // The first sync starts below; the schedule takes over within a cadence.
    if (created.enabled) created.nextCheckAt = nextCheckAt(created, nowMs);
    await ports.dependencies.create(created);
    const { job } = await ports.syncs.submit(tenantId, created.id, "created");
    return { status: 201, body: { data: toDependency({ ...created, activeJobId: job.id }) } };
  },

  async listDependencies({ query, caller }) {
    const { items, nextCursor } = await ports.dependencies.list(caller.tenantId, query);
    const data = await Promise.all(items.map((one) => shownDependency(ports, one)));
    return { status: 200, body: { data, nextCursor } };
  },

  async getDependency({ params, caller }) {
    const found = await ownDependency(ports, caller.tenantId, params.dependencyId);
    return { status: 200, body: { data: await shownDependency(ports, found) } };
  },

  async updateDependency({ params, body, caller }) {
    const before = await ownDependency(ports, caller.tenantId, params.dependencyId);
    if (before.providerSurfaceId !== undefined) refuseOwnSource(body);
    checkSpecUrl(ports, body.specUrl);
    const { upload, ...fields } = body;
    const patch: DependencyPatch = {
      ...fields,
      ...(upload === undefined ? {} : { uploadKey: await storeUpload(ports, caller.tenantId, upload) }),
    };
    const nowMs = ports.clock.nowMs();
    const movedTo = nextCheckAfterPatch(before, patch, nowMs);
    const after = await ports.dependencies.update(
      caller.tenantId,
      before.id,
      { ...patch, ...(movedTo === undefined ? {} : { nextCheckAt: movedTo }) },
      nowMs,
    );
    if (after === undefined) throw new NotFoundError("dependency", before.id);
    return { status: 200, body: { data: toDependency(await seenDependency(ports, after)) } };
  },

  async deleteDependency({ params, caller }) {
    const { activeJobId } = await ownDependency(ports, caller.tenantId, params.dependencyId);
    if (activeJobId !== undefined) await cancelUnlessOver(ports, caller.tenantId, activeJobId);
    await ports.dependencies.remove(caller.tenantId, params.dependencyId);
    // Search never shows what is gone; this takes it out of the index.
    await ports.embedQueue.send({ tenantId: caller.tenantId, dependencyId: params.dependencyId });
    return { status: 204, body: undefined };
  },
});

/** What a dependency has from its provider surface. */
const ofSurface = ["specUrl", "upload", "cadence", "auth"] as const;

const shownDependency = async (ports: ApiPorts, found: Dependency): Promise<z.output<typeof dependency>> => {
  const [seen, embedding] = await Promise.all([seenDependency(ports, found), badgeOfDependency(ports, found)]);
  return { ...toDependency(seen), embedding };
};

/** @throws InvalidRequestError */
const refuseOwnSource = (body: { [Field in (typeof ofSurface)[number]]?: unknown }): void => {
  const field = ofSurface.find((name) => body[name] !== undefined);
  if (field !== undefined)
    throw new InvalidRequestError(
      "it follows a provider surface, which has this: unsubscribe to watch it yourself",
      field,
    );
};

const checkSpecUrl = (ports: ApiPorts, specUrl: string | undefined): void => {
  if (specUrl !== undefined) assertFetchableUrl(specUrl, ports.addressPolicy, { field: "specUrl" });
};

const storeUpload = async (ports: ApiPorts, tenantId: string, text: string): Promise<string> => {
  const bytes = Buffer.from(text);
  const key = bodyKeys.upload(tenantId, createHash("sha256").update(bytes).digest("hex"));
  await ports.bodies.putOnce(key, bytes, text.trimStart().startsWith("{") ? "application/json" : "application/yaml");
  return key;
};

/** Another document, or one that is watched again, is looked at at once; another cadence has its own moments. */
const nextCheckAfterPatch = (before: Dependency, patch: DependencyPatch, nowMs: number): string | undefined => {
  if (!(patch.enabled ?? before.enabled) || before.providerSurfaceId !== undefined) return undefined;
  const isNewSource =
    (patch.specUrl !== undefined && patch.specUrl !== before.specUrl) ||
    (patch.uploadKey !== undefined && patch.uploadKey !== before.uploadKey);
  if (isNewSource || !before.enabled) return new Date(nowMs).toISOString();
  if (patch.cadence === undefined || patch.cadence === before.cadence) return undefined;
  return nextCheckAt({ ...before, cadence: patch.cadence }, nowMs);
};

const cancelUnlessOver = async (ports: ApiPorts, tenantId: string, jobId: string): Promise<void> => {
  try {
    await ports.syncs.cancel(tenantId, jobId);
  } catch (error) {
    // It ended in between, which is as good.
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
  }
};

export const toDependency = (from: Dependency): z.output<typeof dependency> => ({
  id: from.id,
  name: from.name,
  source: from.providerSurfaceId !== undefined ? "provider" : from.specUrl === undefined ? "upload" : "url",
  specUrl: from.specUrl,
  providerSurfaceId: from.providerSurfaceId,
  subscribedAt: from.subscribedAt,
  baseUrl: from.baseUrl,
  cadence: from.cadence,
  enabled: from.enabled,
  monitoringMode: from.monitoringMode,
  filteredDomains: from.filteredDomains,
  filteredEndpoints: from.filteredEndpoints,
  auth: from.auth,
  owner: from.owner,
  tags: from.tags,
  health: toHealth(from.health),
  currentSnapshotId: from.currentSnapshotId,
  activeJobId: from.activeJobId,
  lastCheckedAt: from.lastCheckedAt,
  rateLimitedUntil: from.rateLimited?.until,
  nextCheckAt: from.nextCheckAt,
  createdAt: from.createdAt,
  updatedAt: from.updatedAt,
});

/** Without what only the notices of the breaker need. */
const toHealth = ({ unhealthyAt: _, toldUnhealthy: __, ...health }: DependencyHealth): DependencyHealth => health;
