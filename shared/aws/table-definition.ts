/**
 * The one table, for the CDK app, the tests and the adapters alike. All keys are strings. The indexes hold keys only, so
 * that renewals, progress and status changes never touch them. GSI1: lists that do not follow the base keys. GSI2, sparse:
 * work to be found (unfinished jobs, due dependencies) and the deliveries of one channel.
 */
export const tableDefinition = {
  partitionKey: "PK",
  sortKey: "SK",
  indexes: [
    { name: "GSI1", partitionKey: "GSI1PK", sortKey: "GSI1SK", projection: "KEYS_ONLY" },
    { name: "GSI2", partitionKey: "GSI2PK", sortKey: "GSI2SK", projection: "KEYS_ONLY" },
  ],
  timeToLiveAttribute: "expiresAtSeconds",
} as const;

export type IndexName = (typeof tableDefinition.indexes)[number]["name"];
