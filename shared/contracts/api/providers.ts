import * as z from "zod";
import { cadence } from "./cadence.ts";
import { change, severity } from "./changes.ts";
import { dependency, filteredDomains, filteredEndpoints, monitoringMode, specUrl, tags, url } from "./dependencies.ts";
import { dataOf, id, label, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";
import { syncJob } from "./sync-jobs.ts";

const surfaceId = z.string().meta({ example: "stripe.api" });

export const providerSurface = z
  .object({
    id: surfaceId,
    name: z.string(),
    specUrl: z.string(),
    verified: z
      .boolean()
      .meta({ description: "Whether a document of this address was read; else nobody has shown that it holds one." }),
    evidence: z.string().meta({ description: "What speaks for the address." }),
    cadence: z.string().optional().meta({ description: "Absent: the deployment's own." }),
  })
  .meta({ id: "ProviderSurface" });

export const provider = z
  .object({
    id: z.string(),
    name: z.string(),
    docsUrl: z.string(),
    origin: z.enum(["catalog", "operator"]).meta({ description: "`operator`: added to this deployment." }),
    surfaces: z.array(providerSurface),
  })
  .meta({ id: "Provider" });

export const providersQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(200).optional().meta({ description: "Text in the names or ids." }),
  verified: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "Those with a verified surface, or those without." }),
});

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "must be lower-case letters, digits and hyphens");

export const createProviderBody = z
  .strictObject({
    id: slug,
    name: label,
    docsUrl: url,
    surfaces: z
      .array(z.strictObject({ id: slug, name: label, specUrl, cadence: cadence.optional() }))
      .min(1)
      .max(50)
      .refine((all) => new Set(all.map((one) => one.id)).size === all.length, "two surfaces have the same id"),
  })
  .meta({ id: "CreateProvider", description: "A surface's own id becomes `<provider>.<id>`." });

export const createSubscriptionBody = z
  .strictObject({
    surfaceId: id,
    name: label.optional().meta({ description: "Of the dependency; absent: provider and surface." }),
    baseUrl: url.optional(),
    enabled: z.boolean().default(true),
    monitoringMode: monitoringMode.default("full"),
    filteredDomains: filteredDomains.default([]),
    filteredEndpoints: filteredEndpoints.default([]),
    owner: label.optional(),
    tags: tags.default([]),
  })
  .meta({ id: "CreateSubscription" });

export const subscriptionsQuery = pageQuery.extend({ surfaceId: id.optional() });

export const providerChange = change
  .omit({ dependencyId: true, acknowledgedAt: true, acknowledgedBy: true, resolvedAt: true, resolvedBy: true })
  .extend({ surfaceId })
  .meta({ id: "ProviderChange" });

export const providerChangesQuery = pageQuery.extend({
  surfaceId: id.optional(),
  severity: severity.optional(),
  ruleId: z.string().min(1).max(200).optional(),
  causeKey: z.string().min(1).max(200).optional(),
  toSnapshotId: id.optional().meta({ description: "The changes that this snapshot brought." }),
});

export const providerRoutes = defineRoutes({
  listProviders: {
    method: "GET",
    path: "/api/providers",
    access: "read",
    tag: "Providers",
    summary: "List the public APIs that can be subscribed to, by id",
    query: providersQuery,
    answers: { 200: { description: "A page of providers.", schema: pageOf(provider) } },
  },
  getProvider: {
    method: "GET",
    path: "/api/providers/{providerId}",
    access: "read",
    tag: "Providers",
    summary: "Read a provider with its surfaces",
    answers: { 200: { description: "The provider.", schema: dataOf(provider) } },
    errors: [404],
  },
  createProvider: {
    method: "POST",
    path: "/api/providers",
    access: "admin",
    tag: "Providers",
    summary: "Add a provider for all tenants",
    description: "Its documents are fetched without credentials, and every tenant may subscribe and read them.",
    body: createProviderBody,
    answers: { 201: { description: "The provider.", schema: dataOf(provider) } },
  },
  deleteProvider: {
    method: "DELETE",
    path: "/api/providers/{providerId}",
    access: "admin",
    tag: "Providers",
    summary: "Remove a provider that was added",
    description: "Only while nobody subscribes to it; those of the catalog stay.",
    answers: { 204: { description: "It is gone." } },
    errors: [404, 409],
  },
  syncSurface: {
    method: "POST",
    path: "/api/provider-surfaces/{surfaceId}/sync",
    access: "admin",
    tag: "Providers",
    summary: "Sync a provider surface now, for all its subscribers",
    description: "While a sync is unfinished, asking again answers with that one.",
    answers: { 202: { description: "The job.", schema: dataOf(syncJob) } },
    errors: [404],
  },
  listSurfaceSyncJobs: {
    method: "GET",
    path: "/api/provider-surfaces/{surfaceId}/sync-jobs",
    access: "admin",
    tag: "Providers",
    summary: "List a provider surface's sync jobs, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of jobs.", schema: pageOf(syncJob) } },
    errors: [404],
  },
  createSubscription: {
    method: "POST",
    path: "/api/subscriptions",
    access: "write",
    tag: "Providers",
    summary: "Subscribe to a provider surface",
    description:
      "Makes a dependency that follows the surface: its snapshots are the surface's, and it is told of the surface's changes as its own filters and alerts want it.",
    body: createSubscriptionBody,
    answers: { 201: { description: "The dependency.", schema: dataOf(dependency) } },
    errors: [404],
  },
  listSubscriptions: {
    method: "GET",
    path: "/api/subscriptions",
    access: "read",
    tag: "Providers",
    summary: "List the dependencies that follow provider surfaces, by surface",
    query: subscriptionsQuery,
    answers: { 200: { description: "A page of dependencies.", schema: pageOf(dependency) } },
  },
  deleteSubscription: {
    method: "DELETE",
    path: "/api/subscriptions/{subscriptionId}",
    access: "write",
    tag: "Providers",
    summary: "Unsubscribe: remove the dependency that follows a surface",
    description: "The id is the dependency's. Its changes stay for audits under `/api/changes`.",
    answers: { 204: { description: "It is gone." } },
    errors: [404],
  },
  listProviderChanges: {
    method: "GET",
    path: "/api/provider-changes",
    access: "read",
    tag: "Providers",
    summary: "List what changed in the provider surfaces that you subscribe to, newest first",
    description:
      "Everything that changed in them, whatever your dependencies filter out; what concerns you is under `/api/changes`.",
    query: providerChangesQuery,
    answers: { 200: { description: "A page of changes.", schema: pageOf(providerChange) } },
  },
});
