import type { Channel } from "./channel.ts";
import type { ChannelStore } from "./ports.ts";

/** All channels of a tenant. */
export const listChannels = async (channels: Pick<ChannelStore, "list">, tenantId: string): Promise<Channel[]> => {
  const all: Channel[] = [];
  let cursor: string | undefined;
  do {
    const page = await channels.list(tenantId, { limit: 100, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
};
