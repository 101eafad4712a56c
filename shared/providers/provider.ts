/** Who publishes APIs that many depend on. */
export type Provider = {
  /** Short and stable: `stripe`. */
  id: string;
  name: string;
  docsUrl: string;
  /** `catalog`: comes with Forewarn. `operator`: added by whoever runs this deployment. */
  origin: "catalog" | "operator";
  surfaces: ProviderSurface[];
};

/** One document of a provider, fetched once for everyone who subscribes to it. */
export type ProviderSurface = {
  /** `<provider>.<name>`: `stripe.api`. The id of the surface's snapshots, syncs and changes. */
  id: string;
  name: string;
  specUrl: string;
  /** Whether a document of this address was read; else nobody has shown yet that it holds one. */
  verified: boolean;
  /** What speaks for the address, in words. */
  evidence: string;
  /** @default the deployment's own cadence */
  cadence?: string;
};

/** A surface with whom it belongs to. */
export type SurfaceOfProvider = { provider: Provider; surface: ProviderSurface };
