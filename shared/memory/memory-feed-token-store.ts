import type { FeedToken, FeedTokenStore } from "../feeds/feed-token.ts";
import { storedCopy } from "./stored.ts";

export const memoryFeedTokenStore = (): FeedTokenStore => {
  const tokens = new Map<string, FeedToken>();
  return {
    async put(token) {
      if (!tokens.has(token.sha256)) tokens.set(token.sha256, storedCopy(token));
    },
    async find(sha256) {
      const found = tokens.get(sha256);
      return found === undefined ? undefined : storedCopy(found);
    },
  };
};
