import type { PerDependencyStore } from "../dependencies/ports.ts";
import type { FeedAccess, FeedTokenStore } from "../feeds/feed-token.ts";
import { dynamoPerDependencyStore } from "./dynamo-per-dependency-store.ts";
import { type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { feedAccessItem, feedTokenItem } from "./items/feed-items.ts";
import { feedAccessKey, feedTokenKey } from "./keys.ts";

export const dynamoFeedTokenStore = (table: DynamoTable): FeedTokenStore => ({
  async put(token) {
    await putNew(table, feedTokenItem, token);
  },
  find: (sha256) => getEntity(table, feedTokenItem, feedTokenKey(sha256)),
});

export const dynamoFeedAccessStore = (table: DynamoTable): PerDependencyStore<FeedAccess> =>
  dynamoPerDependencyStore(table, feedAccessItem, feedAccessKey);
