import { hashApiKey, isSameSecret, looksLikeApiKey } from "../../shared/tenants/api-key.ts";
import type { ApiKeyStore } from "../../shared/tenants/ports.ts";
import type { CallerContext } from "./caller-context.ts";

export type AuthorizerPorts = {
  apiKeys: Pick<ApiKeyStore, "findByHash">;
  /** The bootstrap key, as Secrets Manager has it. */
  readAdminKey(): Promise<string>;
  log: { error(event: string, fields: Record<string, unknown>): void };
};

/**
 * Who sends `authorization`. Never throws: a lookup that failed is `failed`, and the API answers 500 in its envelope.
 * A tenant's key is looked up by its hash on every request, so a revoked one ends at once.
 */
export const identifyCaller = async (
  ports: AuthorizerPorts,
  authorization: string | undefined,
): Promise<CallerContext> => {
  const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization?.trim() ?? "")?.[1];
  if (bearer === undefined) return { kind: "missing" };
  try {
    if (!looksLikeApiKey(bearer)) {
      return { kind: isSameSecret(bearer, await ports.readAdminKey()) ? "admin" : "unknown" };
    }
    const key = await ports.apiKeys.findByHash(hashApiKey(bearer));
    if (key === undefined) return { kind: "unknown" };
    if (key.revokedAt !== undefined) return { kind: "revoked" };
    return { kind: "tenant", tenantId: key.tenantId, keyId: key.id, scopes: key.scopes.join(" ") };
  } catch (error) {
    ports.log.error("authorizer.failed", { error });
    return { kind: "failed" };
  }
};

/**
 * `read` remembered for `maxAgeMs`; a failed read is not remembered.
 * @param nowMs the clock, in epoch milliseconds
 */
export const remember = <T>(read: () => Promise<T>, maxAgeMs: number, nowMs: () => number): (() => Promise<T>) => {
  let known: { value: T; untilMs: number } | undefined;
  return async () => {
    if (known === undefined || known.untilMs <= nowMs()) known = { value: await read(), untilMs: nowMs() + maxAgeMs };
    return known.value;
  };
};
