import bundled from "./catalog.json" with { type: "json" };
import type { ProviderStore } from "./ports.ts";
import type { Provider, SurfaceOfProvider } from "./provider.ts";

/** The public APIs that come with Forewarn: each address with what speaks for it. */
export const bundledProviders: readonly Provider[] = bundled.map((provider) => ({ ...provider, origin: "catalog" }));

/** Every provider, those of the deployment's operator with those of the catalog, by id. */
export const allProviders = async (providers: Pick<ProviderStore, "list">): Promise<Provider[]> =>
  [...bundledProviders, ...(await providers.list())].sort((a, b) => (a.id < b.id ? -1 : 1));

/** `undefined` when no provider has such a surface. */
export const findSurface = async (
  providers: Pick<ProviderStore, "list">,
  surfaceId: string,
): Promise<SurfaceOfProvider | undefined> => {
  for (const provider of await allProviders(providers)) {
    const surface = provider.surfaces.find(({ id }) => id === surfaceId);
    if (surface !== undefined) return { provider, surface };
  }
  return undefined;
};
