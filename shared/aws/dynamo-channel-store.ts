import type { ChannelStore } from "../alerts/ports.ts";
import { dynamoRecordStore } from "./dynamo-record-store.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { channelItem } from "./items/alert-items.ts";
import { channelKey, partitions } from "./keys.ts";

export const dynamoChannelStore = (table: DynamoTable): ChannelStore =>
  dynamoRecordStore(table, channelItem, { partition: partitions.channels, key: channelKey });
