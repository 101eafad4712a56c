import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../jobs/errors.ts";
import type { ProviderStore } from "../providers/ports.ts";
import type { Provider } from "../providers/provider.ts";
import { readRange } from "./dynamo-list.ts";
import { type DynamoTable, putNew } from "./dynamo-table.ts";
import { providerItem } from "./items/provider-item.ts";
import { partitions, providerKey } from "./keys.ts";

/** Providers that are read at once. */
const pageSize = 100;

/** The operator's providers in DynamoDB. */
export const dynamoProviderStore = (table: DynamoTable): ProviderStore => ({
  async create(provider) {
    if (!(await putNew(table, providerItem, provider)))
      throw new ConflictError(`provider ${provider.id} exists already`);
  },

  async list() {
    const range = { partition: partitions.operatorProviders, order: "oldestFirst" } as const;
    const providers: Provider[] = [];
    for (let after: string | undefined; ; ) {
      const entries = await readRange(table, providerItem, range, after, pageSize);
      for (const { value } of entries) if (value !== undefined) providers.push(value);
      after = entries.at(-1)?.position;
      if (entries.length < pageSize) return providers;
    }
  },

  async remove(providerId) {
    const { Attributes: removed } = await table.client.send(
      new DeleteCommand({ TableName: table.tableName, Key: providerKey(providerId), ReturnValues: "ALL_OLD" }),
    );
    return removed !== undefined;
  },
});
