import * as z from "zod";
import type { FeedAccess, FeedToken } from "../../feeds/feed-token.ts";
import type { ItemCodec } from "../item-codec.ts";
import { feedAccessKey, feedTokenKey } from "../keys.ts";

export const feedTokenItem: ItemCodec<FeedToken> = {
  entity: "feedToken",
  version: 1,
  schema: z.object({ sha256: z.string(), tenantId: z.string(), dependencyId: z.string(), createdAt: z.string() }),
  content: (token) => token,
  place: ({ sha256 }) => feedTokenKey(sha256),
};

export const feedAccessItem: ItemCodec<FeedAccess> = {
  entity: "feedAccess",
  version: 1,
  schema: z.object({
    tenantId: z.string(),
    dependencyId: z.string(),
    sha256: z.string().optional(),
    createdAt: z.string(),
  }),
  content: (access) => access,
  place: ({ tenantId, dependencyId }) => feedAccessKey(tenantId, dependencyId),
};
