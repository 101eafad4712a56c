import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../jobs/errors.ts";
import type { RecordStore } from "../tenants/record-store.ts";
import { readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import type { ItemCodec } from "./item-codec.ts";
import type { ItemKey } from "./keys.ts";

/** Where the things of one kind are: a partition a tenant. */
export type RecordPlace = { partition(tenantId: string): string; key(tenantId: string, id: string): ItemKey };

export const dynamoRecordStore = <T extends { id: string; tenantId: string }>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  place: RecordPlace,
): RecordStore<T> => ({
  async create(record) {
    if (!(await putNew(table, codec, record))) throw new ConflictError(`${codec.entity} ${record.id} exists already`);
  },
  get: (tenantId, id) => getEntity(table, codec, place.key(tenantId, id)),
  list(tenantId, page) {
    const range = { partition: place.partition(tenantId), order: "newestFirst" } as const;
    return readPage(`${codec.entity}s/${tenantId}`, page, (after, count) =>
      readRange(table, codec, range, after, count),
    );
  },
  async update(tenantId, id, change) {
    const { before, after } = await changeEntity(table, codec, place.key(tenantId, id), change);
    return after ?? before;
  },
  async remove(tenantId, id) {
    const { Attributes: removed } = await table.client.send(
      new DeleteCommand({ TableName: table.tableName, Key: place.key(tenantId, id), ReturnValues: "ALL_OLD" }),
    );
    return removed !== undefined;
  },
});
