import type { LastDiff } from "../dependencies/last-diff.ts";
import type { PerDependencyStore } from "../dependencies/ports.ts";
import { dynamoPerDependencyStore } from "./dynamo-per-dependency-store.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { lastDiffItem } from "./items/last-diff-item.ts";
import { lastDiffKey } from "./keys.ts";

export const dynamoLastDiffStore = (table: DynamoTable): PerDependencyStore<LastDiff> =>
  dynamoPerDependencyStore(table, lastDiffItem, lastDiffKey);
