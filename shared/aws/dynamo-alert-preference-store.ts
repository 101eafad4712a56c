import type { AlertPreferenceStore } from "../alerts/ports.ts";
import { dynamoRecordStore } from "./dynamo-record-store.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { alertPreferenceItem } from "./items/alert-preference-item.ts";
import { alertPreferenceKey, partitions } from "./keys.ts";

export const dynamoAlertPreferenceStore = (table: DynamoTable): AlertPreferenceStore =>
  dynamoRecordStore(table, alertPreferenceItem, { partition: partitions.alertPreferences, key: alertPreferenceKey });
