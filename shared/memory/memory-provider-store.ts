import { ConflictError } from "../jobs/errors.ts";
import type { ProviderStore } from "../providers/ports.ts";
import type { Provider } from "../providers/provider.ts";
import { storedCopy } from "./stored.ts";

/** The operator's providers in memory. */
export const memoryProviderStore = (): ProviderStore => {
  const providers = new Map<string, Provider>();
  return {
    async create(provider) {
      if (providers.has(provider.id)) throw new ConflictError(`provider ${provider.id} exists already`);
      providers.set(provider.id, storedCopy(provider));
    },
    list: async () => [...providers.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(storedCopy),
    remove: async (providerId) => providers.delete(providerId),
  };
};
