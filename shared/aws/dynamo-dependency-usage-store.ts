import type { PerDependencyStore } from "../dependencies/ports.ts";
import type { DependencyUsage } from "../usage/usage.ts";
import { dynamoPerDependencyStore } from "./dynamo-per-dependency-store.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { dependencyUsageItem } from "./items/dependency-usage-item.ts";
import { dependencyUsageKey } from "./keys.ts";

export const dynamoDependencyUsageStore = (table: DynamoTable): PerDependencyStore<DependencyUsage> =>
  dynamoPerDependencyStore(table, dependencyUsageItem, dependencyUsageKey);
