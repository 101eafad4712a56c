import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodb, errorNameOf, uniqueName } from "./target.ts";

const TableName = uniqueName("table");
const key = (pk: string, sk = "0") => ({ pk: { S: pk }, sk: { S: sk } });
const increment = (pk: string, from: string, by = "1") => ({
  TableName,
  Key: key(pk),
  UpdateExpression: "SET v = v + :by",
  ConditionExpression: "v = :from",
  ExpressionAttributeValues: { ":by": { N: by }, ":from": { N: from } },
});
const put = (pk: string, attributes = {}, condition?: string) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { ...key(pk), ...attributes }, ConditionExpression: condition }));

beforeAll(async () => {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "owner", "due"].map(attribute),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byOwner",
          KeySchema: [
            { AttributeName: "owner", KeyType: "HASH" },
            { AttributeName: "due", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }, { TableName });
});
afterAll(async () => {
  await dynamodb.send(new DeleteTableCommand({ TableName }));
});

describe.concurrent("DynamoDB", () => {
  it("refuses a second put with attribute_not_exists, and shows the item that stands there", async () => {
    await put("once", { v: { N: "1" } }, "attribute_not_exists(pk)");
    const second = dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { ...key("once"), v: { N: "2" } },
        ConditionExpression: "attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    await expect(second).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
      Item: { ...key("once"), v: { N: "1" } },
    });
  });

  it("lets exactly one of many conditional updates of the same version through", async () => {
    await put("race", { v: { N: "1" } });
    const names = await Promise.all(
      Array.from({ length: 20 }, () => errorNameOf(dynamodb.send(new UpdateItemCommand(increment("race", "1"))))),
    );
    expect(names.toSorted()).toEqual([...Array(19).fill("ConditionalCheckFailedException"), "none"]);
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key("race"), ConsistentRead: true }));
    expect(Item?.v).toEqual({ N: "2" });
  });

  it("fails a condition on an attribute of an absent item, and writes nothing", async () => {
    const update = dynamodb.send(new UpdateItemCommand(increment("absent", "1")));
    expect(await errorNameOf(update)).toBe("ConditionalCheckFailedException");
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key("absent"), ConsistentRead: true }));
    expect(Item).toBeUndefined();
  });

  it("returns the updated attributes with ALL_NEW, and removes what REMOVE names", async () => {
    await put("lease", { term: { N: "1" }, owner: { S: "a" }, due: { S: "1" } });
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: key("lease"),
        UpdateExpression: "SET term = if_not_exists(term, :zero) + :one REMOVE #owner",
        ExpressionAttributeNames: { "#owner": "owner" },
        ExpressionAttributeValues: { ":zero": { N: "0" }, ":one": { N: "1" } },
        ReturnValues: "ALL_NEW",
      }),
    );
    expect(Attributes).toEqual({ ...key("lease"), term: { N: "2" }, due: { S: "1" } });
  });

  it("cancels a transaction as a whole, with one reason per item in their order", async () => {
    await put("from", { v: { N: "1" } });
    await put("checked");
    const transfer = dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: key("written"), ConditionExpression: "attribute_not_exists(pk)" } },
          { Update: { ...increment("from", "99"), ReturnValuesOnConditionCheckFailure: "ALL_OLD" } },
          { ConditionCheck: { TableName, Key: key("checked"), ConditionExpression: "attribute_exists(pk)" } },
        ],
      }),
    );
    const error = await transfer.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : undefined;
    expect(reasons?.map((reason) => reason.Code)).toEqual(["None", "ConditionalCheckFailed", "None"]);
    expect(reasons?.[1]?.Item).toEqual({ ...key("from"), v: { N: "1" } });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key("written"), ConsistentRead: true }));
    expect(Item).toBeUndefined();
  });

  it("applies a transaction with the same client token once", async () => {
    await put("token", { v: { N: "0" } });
    const transaction = new TransactWriteItemsCommand({
      ClientRequestToken: uniqueName("t").slice(-36),
      TransactItems: [
        {
          Update: {
            TableName,
            Key: key("token"),
            UpdateExpression: "ADD v :one",
            ExpressionAttributeValues: { ":one": { N: "1" } },
          },
        },
      ],
    });
    await dynamodb.send(transaction);
    await dynamodb.send(transaction);
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: key("token"), ConsistentRead: true }));
    expect(Item?.v).toEqual({ N: "1" });
  });

  it("refuses a transaction that names one item twice", async () => {
    const Delete = { TableName, Key: key("twice") };
    const twice = dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete }, { Delete }] }));
    expect(await errorNameOf(twice)).toBe("ValidationException");
  });

  it("pages a query newest first, each page going on after the last key", async () => {
    await Promise.all(
      ["1", "2", "3"].map((sk) => dynamodb.send(new PutItemCommand({ TableName, Item: key("page", sk) }))),
    );
    const page = (start?: ReturnType<typeof key>) =>
      dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: "page" } },
          ScanIndexForward: false,
          Limit: 2,
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
    const first = await page();
    expect(first.Items).toEqual([key("page", "3"), key("page", "2")]);
    expect(first.LastEvaluatedKey).toEqual(key("page", "2"));
    const second = await page(key("page", "2"));
    expect([second.Items, second.LastEvaluatedKey]).toEqual([[key("page", "1")], undefined]);
  });

  it("keeps items without the index key out of the index, and removes them when the key goes", async ({ expect }) => {
    await put("sparse-1", { owner: { S: "sparse" }, due: { S: "1" } });
    await put("sparse-2", { owner: { S: "sparse" } });
    const owned = async () => {
      const { Items } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: "byOwner",
          KeyConditionExpression: "#owner = :owner AND due <= :now",
          ExpressionAttributeNames: { "#owner": "owner" },
          ExpressionAttributeValues: { ":owner": { S: "sparse" }, ":now": { S: "2" } },
        }),
      );
      return Items?.map((item) => item.pk?.S);
    };
    await expect.poll(owned).toEqual(["sparse-1"]);
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: key("sparse-1") }));
    await expect.poll(owned).toEqual([]);
  });

  it("refuses an item of more than 400 KB", async () => {
    expect(await errorNameOf(put("big", { body: { S: "x".repeat(410_000) } }))).toBe("ValidationException");
  });
});
