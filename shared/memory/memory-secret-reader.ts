import type { SecretReader } from "../pipeline/fetch-document.ts";

/** Secrets in memory, empty at first. `put` stores one of a tenant's own. */
export const memorySecretReader = (): SecretReader & { put(tenantId: string, name: string, value: string): void } => {
  const secrets = new Map<string, Map<string, string>>();
  return {
    put(tenantId, name, value) {
      secrets.set(tenantId, new Map(secrets.get(tenantId)).set(name, value));
    },
    async read(tenantId, secretName) {
      return secrets.get(tenantId)?.get(secretName);
    },
  };
};
