import * as z from "zod";
import type { Principal } from "../../shared/tenants/tenant.ts";

/**
 * What the authorizer tells the API of the caller. API Gateway would answer a denial with a body of its own
 * (`{"message":"Forbidden"}`), so the authorizer lets every request pass with what it found and the API answers 401 in the
 * envelope of all errors. Values are texts, which every version of API Gateway hands over unchanged.
 */
export const callerContext = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tenant"), tenantId: z.string().min(1), keyId: z.string().min(1), scopes: z.string() }),
  z.object({ kind: z.enum(["admin", "missing", "unknown", "revoked", "failed"]) }),
]);

export type CallerContext = z.infer<typeof callerContext>;

export type TenantPrincipal = Extract<Principal, { kind: "tenant" }>;
export type AdminPrincipal = Extract<Principal, { kind: "admin" }>;
