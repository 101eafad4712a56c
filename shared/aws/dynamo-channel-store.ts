import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { ChannelStore } from "../alerts/ports.ts";
import { ConflictError } from "../jobs/errors.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import { channelItem } from "./items/alert-items.ts";
import { channelKey, partitions } from "./keys.ts";

export const dynamoChannelStore = (table: DynamoTable): ChannelStore => ({
  async create(channel) {
    if (!(await putNew(table, channelItem, channel))) throw new ConflictError(`channel ${channel.id} exists already`);
  },
  get(tenantId, channelId) {
    return getEntity(table, channelItem, channelKey(tenantId, channelId));
  },
  list(tenantId, page) {
    const range = { partition: partitions.channels(tenantId), order: "newestFirst" } as const;
    return readPage(`channels/${tenantId}`, page, (after, count) => readRange(table, channelItem, range, after, count));
  },
  async update(tenantId, channelId, change) {
    const { before, after } = await changeEntity(table, channelItem, channelKey(tenantId, channelId), change);
    return after ?? before;
  },
  async remove(tenantId, channelId) {
    const { Attributes: removed } = await table.client.send(
      new DeleteCommand({
        TableName: table.tableName,
        Key: channelKey(tenantId, channelId),
        ReturnValues: "ALL_OLD",
      }),
    );
    return removed !== undefined;
  },
});
