export type Tenant = { id: string; name: string; createdAt: string };

/** `read`: GET routes. `write`: the others. `admin`: tenants and their first keys (the bootstrap key alone has it). */
export type ApiKeyScope = "read" | "write";

/** What is stored of a key: never the key. */
export type ApiKey = {
  /** ULID, also part of the key's text, so that a person can tell keys apart in a log. */
  id: string;
  tenantId: string;
  name: string;
  scopes: ApiKeyScope[];
  /** SHA-256 of the whole key as hex: keys have 256 random bits, so a slow hash would add nothing. */
  sha256: string;
  createdAt: string;
  revokedAt?: string;
};

/** Who calls: carried from the authorizer to the route. */
export type Principal = { kind: "tenant"; tenantId: string; keyId: string; scopes: ApiKeyScope[] } | { kind: "admin" };
