import type { StreamTicketStore } from "../first-signal/stream-ticket.ts";
import { type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { streamTicketItem } from "./items/signal-item.ts";
import { streamTicketKey } from "./keys.ts";

export const dynamoStreamTicketStore = (table: DynamoTable): StreamTicketStore => ({
  async put(ticket) {
    await putNew(table, streamTicketItem, ticket);
  },
  find: (sha256) => getEntity(table, streamTicketItem, streamTicketKey(sha256)),
});
