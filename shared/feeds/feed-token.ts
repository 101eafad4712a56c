import { createHash } from "node:crypto";

/** What the table knows of a token: whose feed it opens. The token itself is kept nowhere. */
export type FeedToken = { sha256: string; tenantId: string; dependencyId: string; createdAt: string };

/** The one token that opens a dependency's feed now; none when it was revoked. */
export type FeedAccess = { tenantId: string; dependencyId: string; sha256?: string; createdAt: string };

export type FeedTokenStore = {
  put(token: FeedToken): Promise<void>;
  /** Whose feed the token once opened: `FeedAccess` says whether it still does. */
  find(sha256: string): Promise<FeedToken | undefined>;
};

/**
 * A token for an address that stands in a feed reader.
 * @param randomBytes 32 bytes from a cryptographic source: too many to guess, so that a plain hash hides them
 */
export const createFeedToken = (randomBytes: Uint8Array): string =>
  `fwf_${Buffer.from(randomBytes).toString("base64url")}`;

export const hashFeedToken = (token: string): string => createHash("sha256").update(token).digest("hex");
