import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { isConditionFailure, whileContended } from "./contention.ts";
import { StoreContendedError } from "./errors.ts";
import { itemChange } from "./item-change.ts";
import { type Attributes, type ItemCodec, readItem, writeItem } from "./item-codec.ts";
import type { ItemKey } from "./keys.ts";

/** The table and a client made by `dynamoClient()`, which drops `undefined`. */
export type DynamoTable = { client: DynamoDBDocumentClient; tableName: string };

export const keyText = ({ PK, SK }: ItemKey): string => `${PK} ${SK}`;

/** The item's attributes, strongly consistent. */
export const getAttributes = async (
  { client, tableName }: DynamoTable,
  key: ItemKey,
): Promise<(Attributes & ItemKey) | undefined> => {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item === undefined ? undefined : { ...Item, ...key };
};

/** The entity under the key, strongly consistent. @throws UnreadableItemError */
export const getEntity = async <T>(table: DynamoTable, codec: ItemCodec<T>, key: ItemKey): Promise<T | undefined> => {
  const item = await getAttributes(table, key);
  return item === undefined ? undefined : readItem(codec, item);
};

/** The put of a new item. */
export const newItem = <T>(tableName: string, codec: ItemCodec<T>, value: T) => ({
  TableName: tableName,
  Item: { ...writeItem(codec, value), rev: 0 },
  ConditionExpression: "attribute_not_exists(PK)",
});

/** Stores a new item; `false` when there is one under its key, which is left as it is. */
export const putNew = async <T>(table: DynamoTable, codec: ItemCodec<T>, value: T): Promise<boolean> => {
  try {
    await table.client.send(new PutCommand(newItem(table.tableName, codec, value)));
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
};

/**
 * Reads, changes and writes an item so that no write of another is lost. `change` may run several times, and gives
 * `undefined` for nothing to write. Returns what was found and what is there now.
 * @throws StoreContendedError
 */
export const changeEntity = <T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  key: ItemKey,
  change: (value: T) => T | undefined,
): Promise<{ before: T | undefined; after: T | undefined }> =>
  whileContended(`${codec.entity} ${key.SK}`, async () => {
    const item = await getAttributes(table, key);
    if (item === undefined) return { before: undefined, after: undefined };
    const before = readItem(codec, item);
    const after = change(before);
    if (after === undefined) return { before, after };
    const next = writeItem(codec, after);
    await table.client.send(new UpdateCommand(itemChange(table.tableName, item, next)));
    return { before, after: readItem(codec, next) };
  });

/** DynamoDB's limit of one BatchGetItem. */
const maxKeysPerBatch = 100;
const maxBatchTries = 10;

/** The items under the keys by `keyText`, strongly consistent; those that are not there are missing. */
export const getMany = async (
  { client, tableName }: DynamoTable,
  keys: readonly ItemKey[],
): Promise<Map<string, Attributes>> => {
  const found = new Map<string, Attributes>();
  for (let start = 0; start < keys.length; start += maxKeysPerBatch) {
    let wanted: BatchGetCommandInput["RequestItems"] = {
      [tableName]: { Keys: keys.slice(start, start + maxKeysPerBatch), ConsistentRead: true },
    };
    for (let tries = 1; wanted !== undefined && Object.keys(wanted).length > 0; tries += 1) {
      if (tries > maxBatchTries) throw new StoreContendedError("the table", "BatchGetItem left keys unprocessed");
      if (tries > 1) await sleep(Math.random() * 25 * 2 ** tries);
      const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: wanted }));
      for (const item of answer.Responses?.[tableName] ?? [])
        found.set(keyText({ PK: String(item.PK), SK: String(item.SK) }), item);
      wanted = answer.UnprocessedKeys;
    }
  }
  return found;
};
