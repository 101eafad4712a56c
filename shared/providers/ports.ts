import type { Provider } from "./provider.ts";

/** Providers that the operator of a deployment added. There are few: they are read all at once. */
export type ProviderStore = {
  /** @throws ConflictError when there is one of this id */
  create(provider: Provider): Promise<void>;
  list(): Promise<Provider[]>;
  /** `false` when it was not there. */
  remove(providerId: string): Promise<boolean>;
};
