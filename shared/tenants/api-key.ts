import { createHash, timingSafeEqual } from "node:crypto";
import type { ApiKey, ApiKeyScope } from "./tenant.ts";

/** Random bytes in a key: what makes one SHA-256 enough to store it by. */
export const apiKeySecretBytes = 32;

/** Fixed, so that secret scanners and people recognise a key that leaked. */
const keyPrefix = "fwk_";

/** SHA-256 of a key's text as hex: all that is stored of it. */
export const hashApiKey = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/**
 * A tenant's new key: what is stored, and the text that is shown once.
 * @param random `apiKeySecretBytes` random bytes
 * @example newApiKey({ id, tenantId, name: "ci", scopes: ["read"], createdAt }, random).secret // "fwk_01J…_x4q…"
 */
export const newApiKey = (
  fields: { id: string; tenantId: string; name: string; scopes: ApiKeyScope[]; createdAt: string },
  random: Uint8Array,
): { apiKey: ApiKey; secret: string } => {
  const secret = `${keyPrefix}${fields.id}_${Buffer.from(random).toString("base64url")}`;
  return { apiKey: { ...fields, sha256: hashApiKey(secret) }, secret };
};

/** Whether `text` has the form of a tenant's key; anything else can only be the admin key. */
export const looksLikeApiKey = (text: string): boolean => text.startsWith(keyPrefix);

/** Compares in a time that tells nothing of either text, their lengths included. */
export const isSameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(createHash("sha256").update(one).digest(), createHash("sha256").update(other).digest());
