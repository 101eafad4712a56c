import { DeleteCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { RecordChange, RecordIds, RecordKind, SessionRecordStore, SessionRecords } from "../sessions/records.ts";
import { isOver, type SessionJob, type StoredDocumentation } from "../sessions/session.ts";
import { isContention } from "./contention.ts";
import { readPage, readRange, readShards } from "./dynamo-list.ts";
import { type DynamoTable, getAttributes } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { type Attributes, type ItemCodec, readItem, writeItem } from "./item-codec.ts";
import {
  documentationItem,
  laneItem,
  reusableResultItem,
  sessionItem,
  sessionJobItem,
  sessionJobPlaceItem,
} from "./items/session-items.ts";
import {
  type ItemKey,
  laneKey,
  partitions,
  reusableResultKey,
  sessionDocumentationKey,
  sessionJobKey,
  sessionJobPlaceKey,
  sessionKey,
} from "./keys.ts";

const codecs: { [Kind in RecordKind]: ItemCodec<SessionRecords[Kind]> } = {
  session: sessionItem,
  job: sessionJobItem,
  place: sessionJobPlaceItem,
  lane: laneItem,
  documentation: documentationItem,
  reuse: reusableResultItem,
};

const keys: { [Kind in RecordKind]: (id: RecordIds[Kind]) => ItemKey } = {
  session: sessionKey,
  job: sessionJobKey,
  place: sessionJobPlaceKey,
  lane: laneKey,
  documentation: sessionDocumentationKey,
  reuse: reusableResultKey,
};

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** The item as it was read; its `rev` is what a write is conditional on. */
const isRead = (version: unknown): version is Attributes & ItemKey =>
  typeof version === "object" && version !== null && "PK" in version && "SK" in version;

/** Records of sessions in DynamoDB: a commit is one transaction, conditional on the `rev` of everything that was read. */
export const dynamoSessionRecords = (table: DynamoTable): SessionRecordStore => {
  const { client, tableName } = table;

  const written = (change: RecordChange): (Attributes & ItemKey) | undefined => {
    switch (change.kind) {
      case "session":
        return change.after && writeItem(codecs.session, change.after);
      case "job":
        return change.after && writeItem(codecs.job, change.after);
      case "place":
        return change.after && writeItem(codecs.place, change.after);
      case "lane":
        return change.after && writeItem(codecs.lane, change.after);
      case "documentation":
        return change.after && writeItem(codecs.documentation, change.after);
      case "reuse":
        return change.after && writeItem(codecs.reuse, change.after);
    }
  };

  const toTransactItem = (change: RecordChange): TransactItem => {
    const next = written(change);
    const read = change.before?.version;
    if (!isRead(read)) {
      if (next === undefined) throw new TypeError("a change that neither read nor writes anything");
      return {
        Put: { TableName: tableName, Item: { ...next, rev: 0 }, ConditionExpression: "attribute_not_exists(PK)" },
      };
    }
    const asRead = {
      TableName: tableName,
      Key: { PK: read.PK, SK: read.SK },
      ConditionExpression: "#rev = :rev",
      ExpressionAttributeNames: { "#rev": "rev" },
      ExpressionAttributeValues: { ":rev": read.rev },
    };
    if (next === undefined) return { Delete: asRead };
    if (change.after === change.before?.value) return { ConditionCheck: asRead };
    return { Update: itemChange(tableName, read, next) };
  };

  const listOf = <T>(list: string, partition: string, codec: ItemCodec<T>, order: "newestFirst" | "oldestFirst") => {
    const read = (after: string | undefined, count: number) =>
      readRange(table, codec, { partition, order }, after, count);
    return (page: Parameters<typeof readPage>[1], accepts?: (value: T) => boolean) =>
      readPage<T>(list, page, read, accepts);
  };

  return {
    async read(kind, id) {
      const attributes = await getAttributes(table, keys[kind](id));
      return attributes === undefined ? undefined : { value: readItem(codecs[kind], attributes), version: attributes };
    },

    async commit(changes) {
      try {
        await client.send(new TransactWriteCommand({ TransactItems: changes.map(toTransactItem) }));
        return true;
      } catch (error) {
        if (isContention(error)) return false;
        throw error;
      }
    },

    async remove(kind, id) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: keys[kind](id) }));
    },

    listJobs: ({ tenantId, sessionId }, page, accepts) =>
      listOf<SessionJob>(
        `sessionJobs/${tenantId}/${sessionId}`,
        partitions.sessionJobs(tenantId, sessionId),
        codecs.job,
        "newestFirst",
      )(page, accepts),

    listUnfinished: (page) => {
      const ranges = partitions.unfinishedSessionJobs.map(
        (partition) => ({ index: "GSI2", partition, order: "oldestFirst" }) as const,
      );
      return readPage<SessionJob>(
        "unfinishedSessionJobs",
        page,
        (after, count) => readShards(table, codecs.job, ranges, after, count),
        // The index may lag behind a job's end.
        (job) => !isOver(job),
      );
    },

    listDocumentation: ({ tenantId, sessionId }, page) =>
      listOf<StoredDocumentation>(
        `documentation/${tenantId}/${sessionId}`,
        partitions.documentation(tenantId, sessionId),
        codecs.documentation,
        "oldestFirst",
      )(page),
  };
};
