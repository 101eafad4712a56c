import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { decodeCursor, encodeCursor } from "../jobs/cursor.ts";
import { InvalidCursorError } from "../jobs/errors.ts";
import type { Page, PageRequest } from "../jobs/paging.ts";
import { type DynamoTable, getMany, keyText } from "./dynamo-table.ts";
import { type Attributes, type ItemCodec, readItem } from "./item-codec.ts";
import { type IndexName, tableDefinition } from "./table-definition.ts";

/** Entries of one partition in the order of their sort keys. `from` and `to` are inclusive. */
export type KeyRange = {
  /** @default the table itself, read strongly consistent */
  index?: IndexName;
  partition: string;
  from?: string;
  to?: string;
  order: "newestFirst" | "oldestFirst";
  /** What `mergeShards` orders an entry by. @default its sort key */
  rank?: (position: string) => string;
};

/** `value` is missing when the item went away after the index was read. */
export type Entry<T> = { position: string; value: T | undefined };

/** Below and above every sort key of ours (`decodeCursor`). */
const lowest = " ";
const highest = "~";

const keyNames = (index: IndexName | undefined): { partitionKey: string; sortKey: string } =>
  tableDefinition.indexes.find(({ name }) => name === index) ?? tableDefinition;

/**
 * At most `count` attributes of the range that come after the sort key `after`.
 * @throws InvalidCursorError when `after` is outside the range.
 */
const queryRange = async (
  { client, tableName }: DynamoTable,
  range: KeyRange,
  after: string | undefined,
  count: number,
): Promise<{ position: string; item: Attributes }[]> => {
  const { partitionKey, sortKey } = keyNames(range.index);
  const from = range.from ?? lowest;
  const to = range.to ?? highest;
  if (after !== undefined && (after < from || after > to)) throw new InvalidCursorError();
  const isAscending = range.order === "oldestFirst";
  const found: { position: string; item: Attributes }[] = [];
  let startKey: Attributes | undefined;
  do {
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: range.index,
        ConsistentRead: range.index === undefined,
        KeyConditionExpression: "#pk = :pk AND #sk BETWEEN :from AND :to",
        ExpressionAttributeNames: { "#pk": partitionKey, "#sk": sortKey },
        ExpressionAttributeValues: {
          ":pk": range.partition,
          ":from": isAscending ? (after ?? from) : from,
          ":to": isAscending ? to : (after ?? to),
        },
        ScanIndexForward: isAscending,
        // BETWEEN takes `after` in, so one more is asked for.
        Limit: count - found.length + 1,
        ExclusiveStartKey: startKey,
      }),
    );
    for (const item of answer.Items ?? []) {
      const position = String(item[sortKey]);
      if (position !== after) found.push({ position, item });
    }
    startKey = answer.LastEvaluatedKey;
  } while (startKey !== undefined && found.length < count);
  return found.slice(0, count);
};

/** At most `count` entries of the range after the sort key `after`: one Query, and one BatchGetItem for an index. */
export const readRange = async <T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  range: KeyRange,
  after: string | undefined,
  count: number,
): Promise<Entry<T>[]> => loadEntries(table, codec, range, await queryRange(table, range, after, count));

/** The same over several partitions, merged by sort key. */
export const readShards = async <T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  ranges: readonly KeyRange[],
  after: string | undefined,
  count: number,
): Promise<Entry<T>[]> => {
  const [first] = ranges;
  if (first === undefined) return [];
  const found = await Promise.all(ranges.map((range) => queryRange(table, range, after, count)));
  const direction = first.order === "oldestFirst" ? 1 : -1;
  const merged = found.flat().sort((a, b) => (a.position < b.position ? -direction : direction));
  return loadEntries(table, codec, first, merged.slice(0, count));
};

/** Entries of one partition that are read ahead. */
const entriesReadAhead = 200;

/**
 * All entries of several ranges, merged by `rank`, which stands for their position, in batches. Each index entry is read once; whoever stops early
 * has read `entriesReadAhead` of each partition for nothing at most.
 */
export async function* mergeShards<T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  ranges: readonly KeyRange[],
  batchSize: number,
): AsyncGenerator<Entry<T>[]> {
  const [first] = ranges;
  if (first === undefined) return;
  const direction = first.order === "oldestFirst" ? 1 : -1;
  const shards = ranges.map((range) => ({
    range,
    ahead: [] as { position: string; item: Attributes }[],
    after: undefined as string | undefined,
    isRead: false,
  }));
  const readAhead = async (shard: (typeof shards)[number]): Promise<void> => {
    shard.ahead = await queryRange(table, shard.range, shard.after, entriesReadAhead);
    shard.after = shard.ahead.at(-1)?.position ?? shard.after;
    shard.isRead = shard.ahead.length < entriesReadAhead;
    const { rank } = shard.range;
    if (rank !== undefined) shard.ahead = shard.ahead.map(({ position, item }) => ({ position: rank(position), item }));
  };
  for (;;) {
    const batch: { position: string; item: Attributes }[] = [];
    while (batch.length < batchSize) {
      const empty = shards.filter(({ ahead, isRead }) => ahead.length === 0 && !isRead);
      if (empty.length > 0) await Promise.all(empty.map(readAhead));
      let next: (typeof shards)[number] | undefined;
      for (const shard of shards) if (comesBefore(shard.ahead[0], next?.ahead[0], direction)) next = shard;
      const entry = next?.ahead.shift();
      if (entry === undefined) break;
      batch.push(entry);
    }
    if (batch.length === 0) return;
    yield await loadEntries(table, codec, first, batch);
  }
}

const comesBefore = (
  one: { position: string } | undefined,
  other: { position: string } | undefined,
  direction: 1 | -1,
): boolean =>
  one !== undefined &&
  (other === undefined || (direction === 1 ? one.position < other.position : one.position > other.position));

const loadEntries = async <T>(
  table: DynamoTable,
  codec: ItemCodec<T>,
  { index }: KeyRange,
  found: readonly { position: string; item: Attributes }[],
): Promise<Entry<T>[]> => {
  if (index === undefined) return found.map(({ position, item }) => ({ position, value: readItem(codec, item) }));
  const keys = found.map(({ position, item }) => ({ position, PK: String(item.PK), SK: String(item.SK) }));
  const items = await getMany(
    table,
    keys.map(({ PK, SK }) => ({ PK, SK })),
  );
  return keys.map(({ position, ...key }) => {
    const item = items.get(keyText(key));
    return { position, value: item === undefined ? undefined : readItem(codec, item) };
  });
};

/** Entries read at once while a filter looks for the next match: DynamoDB's most for one BatchGetItem. */
const filteredChunk = 100;

/**
 * A full page of the values that `accepts` takes, or what is left of the list.
 * @param list names the list in its cursors, with the tenant in it
 * @throws InvalidCursorError
 */
export const readPage = async <T>(
  list: string,
  request: PageRequest,
  read: (after: string | undefined, count: number) => Promise<Entry<T>[]>,
  accepts?: (value: T) => boolean,
): Promise<Page<T>> => {
  const taken: { position: string; value: T }[] = [];
  let after = decodeCursor(list, request.cursor);
  // One more than the page holds tells whether there is a next one.
  while (taken.length <= request.limit) {
    const count = accepts === undefined ? request.limit + 1 - taken.length : filteredChunk;
    const chunk = await read(after, count);
    for (const { position, value } of chunk)
      if (value !== undefined && (accepts === undefined || accepts(value))) taken.push({ position, value });
    if (chunk.length < count) break;
    after = chunk.at(-1)?.position;
  }
  const page = taken.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ value }) => value),
    ...(taken.length > page.length && last !== undefined ? { nextCursor: encodeCursor(list, last.position) } : {}),
  };
};
