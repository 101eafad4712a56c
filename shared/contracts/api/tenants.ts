import * as z from "zod";
import { dataOf, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { createdApiKey } from "./keys.ts";
import { defineRoutes } from "./route.ts";

export const tenant = z.object({ id: z.string(), name: z.string(), createdAt: moment }).meta({ id: "Tenant" });

export const createTenantBody = z.strictObject({ name: label }).meta({ id: "CreateTenant" });

export const tenantRoutes = defineRoutes({
  createTenant: {
    method: "POST",
    path: "/api/tenants",
    access: "admin",
    tag: "Tenants",
    summary: "Create a tenant with its first API key",
    description: "The key's secret is shown in this answer and never again.",
    body: createTenantBody,
    answersSecret: true,
    answers: {
      201: { description: "The tenant and its key.", schema: dataOf(z.object({ tenant, apiKey: createdApiKey })) },
    },
  },
  listTenants: {
    method: "GET",
    path: "/api/tenants",
    access: "admin",
    tag: "Tenants",
    summary: "List tenants, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of tenants.", schema: pageOf(tenant) } },
  },
});
