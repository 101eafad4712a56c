import type { PerDependencyStore } from "../dependencies/ports.ts";
import { ReadAgain, whileContended } from "./contention.ts";
import { changeEntity, type DynamoTable, getEntity, putNew } from "./dynamo-table.ts";
import type { ItemCodec } from "./item-codec.ts";
import type { ItemKey } from "./keys.ts";

export const dynamoPerDependencyStore = <T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  keyOf: (tenantId: string, dependencyId: string) => ItemKey,
): PerDependencyStore<T> => ({
  get: (tenantId, dependencyId) => getEntity(table, codec, keyOf(tenantId, dependencyId)),
  change: (tenantId, dependencyId, change) =>
    whileContended(`${codec.entity} of ${dependencyId}`, async () => {
      const { after } = await changeEntity(table, codec, keyOf(tenantId, dependencyId), change);
      if (after !== undefined) return after;
      const first = change(undefined);
      if (await putNew(table, codec, first)) return first;
      throw new ReadAgain(); // another one was the first
    }),
});
