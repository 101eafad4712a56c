/** Where frameworks and standards put an API's description; the most usual first. */
export const wellKnownSpecPaths = [
  "/openapi.json",
  "/openapi.yaml",
  "/swagger.json",
  "/v3/api-docs",
  "/api/openapi.json",
  "/swagger/v1/swagger.json",
  "/api-docs",
  "/docs/openapi.json",
  "/.well-known/openapi.json",
] as const;

/** RFC 9727: a list of the APIs of a host, as links (RFC 9264). */
export const apiCatalogPath = "/.well-known/api-catalog";

/** RFC 7644, section 4: what a SCIM service provider can do. */
export const scimPaths = ["/scim/v2/ServiceProviderConfig", "/scim/v2/Schemas"] as const;

/** Where people look for documentation first. */
export const documentationPaths = ["/docs", "/developers", "/api", "/reference"] as const;

/** Addresses at which a product of that name would be, where neither a start URL nor a catalog says more. */
export const guessOrigins = (slug: string): string[] =>
  slug === ""
    ? []
    : [
        `https://developers.${slug}.com`,
        `https://developer.${slug}.com`,
        `https://docs.${slug}.com`,
        `https://api.${slug}.com`,
        `https://${slug}.com`,
      ];
