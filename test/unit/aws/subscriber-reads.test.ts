import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoDependencyStore } from "../../../shared/aws/dynamo-dependency-store.ts";
import { writeItem } from "../../../shared/aws/item-codec.ts";
import { dependencyItem } from "../../../shared/aws/items/dependency-item.ts";
import { subscriberFixture, surfaceId } from "../providers/provider-world.ts";

const subscribers = 10_000;

/** The index of one surface's subscribers and their items; anything but a Query of it and a BatchGetItem is refused. */
const createTable = () => {
  const items = Array.from({ length: subscribers }, (_, index) =>
    writeItem(dependencyItem, { ...subscriberFixture(index + 1), isRemoved: false }),
  );
  const byKey = new Map(items.map((item) => [`${item.PK} ${item.SK}`, { ...item, rev: 0 }]));
  const counts = { queries: 0, entries: 0, items: 0 };

  const query = ({ IndexName, ExpressionAttributeValues: values = {}, Limit = 0 }: QueryCommand["input"]) => {
    expect([IndexName, values[":pk"]]).toEqual(["GSI1", `SURFACE#${surfaceId}#SUBSCRIBERS`]);
    const start = values[":from"] === " " ? 0 : items.findIndex(({ GSI1SK }) => GSI1SK === values[":from"]);
    const Items = items.slice(start, start + Limit).map(({ PK, SK, GSI1PK, GSI1SK }) => ({ PK, SK, GSI1PK, GSI1SK }));
    counts.queries += 1;
    counts.entries += Items.length;
    return { Items };
  };
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof QueryCommand) return query(command.input);
    if (!(command instanceof BatchGetCommand)) throw new Error("neither a Query nor a BatchGetItem");
    const [[name, { Keys = [] }] = ["", {}]] = Object.entries(command.input.RequestItems ?? {});
    counts.items += Keys.length;
    return { Responses: { [name]: Keys.map(({ PK, SK }) => byKey.get(`${PK} ${SK}`)) } };
  };
  const client = Object.assign(DynamoDBDocumentClient.from(new DynamoDBClient({ region: "us-east-1" })), { send });
  return { table: { client, tableName: "table" }, counts };
};

describe("paging through the subscribers of a surface", () => {
  it("reads each of them once, by the index, and little beside: it scans nothing", async () => {
    const { table, counts } = createTable();
    const store = dynamoDependencyStore(table);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.subscribers(surfaceId, { limit: 100, ...(after === undefined ? {} : { after }) });
      seen.push(...page.subscribers.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(subscribers);
    expect(new Set(seen).size).toBe(subscribers);
    expect(counts.items).toBe(subscribers);
    // The last page is full, so that one more Query finds the end.
    expect(counts.queries).toBe(subscribers / 100 + 1);
    expect(counts.entries / subscribers).toBeLessThanOrEqual(1.02);
  });
});
