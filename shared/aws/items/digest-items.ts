import * as z from "zod";
import type { Digest, DigestEntry } from "../../alerts/digests/digest.ts";
import type { ItemCodec } from "../item-codec.ts";
import { digestEntryKey, digestKey, dueDigestKey } from "../keys.ts";
import { expiresAfter } from "./retention.ts";

/** In the index of due digests until it is sent; forgotten with the deliveries that it is about. */
export const digestItem = (retentionDays: number): ItemCodec<Digest> => ({
  entity: "digest",
  version: 1,
  schema: z.object({
    id: z.string(),
    tenantId: z.string(),
    channelId: z.string(),
    every: z.enum(["hourly", "daily"]),
    dueAt: z.string(),
    status: z.enum(["open", "closed", "sent"]),
  }),
  content: (digest) => digest,
  place: (digest) => ({
    ...digestKey(digest),
    ...(digest.status === "sent" ? {} : dueDigestKey(digest)),
    expiresAtSeconds: expiresAfter(digest.dueAt, retentionDays),
  }),
});

/** An entry as it is stored: with the digest that it is in. */
export type StoredEntry = DigestEntry & { digest: { id: string; tenantId: string; dueAt: string } };

export const digestEntryItem = (retentionDays: number): ItemCodec<StoredEntry> => ({
  entity: "digestEntry",
  version: 1,
  schema: z.object({
    deliveryId: z.string(),
    dependency: z.object({ id: z.string(), name: z.string() }),
    causeKey: z.string(),
    severity: z.enum(["breaking", "risky", "safe"]),
    summary: z.string(),
    operationCount: z.number(),
    foundAt: z.string(),
    digest: z.object({ id: z.string(), tenantId: z.string(), dueAt: z.string() }),
  }),
  content: (entry) => entry,
  place: ({ digest, deliveryId }) => ({
    ...digestEntryKey(digest, deliveryId),
    expiresAtSeconds: expiresAfter(digest.dueAt, retentionDays),
  }),
});
