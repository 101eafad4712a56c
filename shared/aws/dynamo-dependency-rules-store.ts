import type { DependencyRules } from "../dependencies/dependency-rules.ts";
import type { PerDependencyStore } from "../dependencies/ports.ts";
import { dynamoPerDependencyStore } from "./dynamo-per-dependency-store.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { dependencyRulesItem } from "./items/dependency-rules-item.ts";
import { dependencyRulesKey } from "./keys.ts";

export const dynamoDependencyRulesStore = (table: DynamoTable): PerDependencyStore<DependencyRules> =>
  dynamoPerDependencyStore(table, dependencyRulesItem, dependencyRulesKey);
