import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import * as z from "zod";
import type { Bill } from "../../cost/counts.ts";
import { bytesOfItem, type Item, item, readUnits, writeUnits } from "./billed-units.ts";

const noBill: Bill = { readUnits: 0, writeUnits: 0, s3Puts: 0, s3Gets: 0, sqsRequests: 0 };

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };
type Place = { TableName: string; Key: Item };

const write = z.object({ TableName: z.string(), Key: item.optional(), Item: item.optional() });
const transaction = z.object({ TransactItems: z.array(z.record(z.string(), write)) });
const single = z.object({ Item: item.optional() });
const found = z.object({ Items: z.array(item).default([]) });
const batch = z.object({ Responses: z.record(z.string(), z.array(item)).default({}) });
const reading = z.object({ ConsistentRead: z.boolean().default(false) });
const batchReading = z.object({ RequestItems: z.record(z.string(), reading) });

const keyOf = (of: Item | undefined): Item =>
  Object.fromEntries(Object.entries(of ?? {}).filter(([name]) => name === "PK" || name === "SK"));

export type Meter = {
  /** The address of AWS for one function: what comes there is counted as its. */
  endpointFor(functionName: string): Promise<string>;
  /** What each function asked for since `clear`. */
  bills(): Record<string, Bill>;
  /** The same as a list of requests, for a person who wants to know why. */
  requests(): string[];
  clear(): void;
  close(): Promise<void>;
};

/**
 * Stands between the deployed functions and the local cloud, passes everything on, and counts what AWS would bill. A write is
 * weighed by looking at its items before and after, so that writes pass one after another. Renewals of a lease follow from how
 * slow this machine is, and are left out: no stage of a small document lasts ten seconds.
 */
export const startMeter = async (endpoint: string): Promise<Meter> => {
  const target = new URL(endpoint);
  const bills = new Map<string, Bill>();
  const requests: string[] = [];
  const servers: ReturnType<typeof createServer>[] = [];
  let lastWrite: Promise<unknown> = Promise.resolve();

  const ask = (method: string | undefined, path: string | undefined, headers: IncomingHttpHeaders, body: Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const { hostname, port } = target;
      const upstream = request({ hostname, port, method, path, headers }, async (answer) =>
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) }),
      );
      upstream.on("error", reject);
      upstream.end(body);
    });
  const passOn = ({ method, url, headers }: IncomingMessage, body: Buffer) => ask(method, url, headers, body);

  const look = async (headers: IncomingHttpHeaders, { TableName, Key }: Place): Promise<Item | undefined> => {
    const body = Buffer.from(JSON.stringify({ TableName, Key, ConsistentRead: true }));
    const own = { ...headers, "x-amz-target": "DynamoDB_20120810.GetItem", "content-length": String(body.length) };
    return single.parse(JSON.parse((await ask("POST", "/", own, body)).body.toString())).Item;
  };

  const weighed = async (message: IncomingMessage, body: Buffer, places: Place[], add: (units: number) => void) => {
    const before = await Promise.all(places.map((place) => look(message.headers, place)));
    const answer = await passOn(message, body);
    const after = await Promise.all(places.map((place) => look(message.headers, place)));
    add(places.reduce((sum, _, index) => sum + writeUnits(before[index], after[index]), 0));
    return answer;
  };

  const dynamo = async (message: IncomingMessage, body: Buffer, bill: Bill, note: (what: string) => void) => {
    const operation = String(message.headers["x-amz-target"]).split(".")[1] ?? "";
    const input: unknown = JSON.parse(body.toString());
    const inTurn = (places: Place[], times: number): Promise<Answer> => {
      const isRenewal = body.includes("SET #leaseExpiresAtMs = :expiresAtMs, rev = rev + :one");
      const turn = lastWrite.then(() =>
        weighed(message, body, places, (units) => {
          if (isRenewal) return;
          bill.writeUnits += units * times;
          note(`${operation} ${JSON.stringify(places.map(({ Key }) => Key.PK?.S))} write ${units * times}`);
        }),
      );
      lastWrite = turn.catch(() => {});
      return turn;
    };
    if (operation === "TransactWriteItems") {
      const writes = transaction.parse(input).TransactItems.flatMap((one) => Object.values(one));
      // Once to prepare and once to commit.
      return inTurn(
        writes.map(({ TableName, Key, Item }) => ({ TableName, Key: Key ?? keyOf(Item) })),
        2,
      );
    }
    if (["PutItem", "UpdateItem", "DeleteItem"].includes(operation)) {
      const { TableName, Key, Item } = write.parse(input);
      return inTurn([{ TableName, Key: Key ?? keyOf(Item) }], 1);
    }
    const answer = await passOn(message, body);
    if (answer.status >= 300) return answer;
    const output: unknown = JSON.parse(answer.body.toString());
    const units = readUnitsOf(operation, input, output);
    bill.readUnits += units;
    note(`${operation} ${body.toString().slice(0, 200)} read ${units}`);
    return answer;
  };

  const handle = async (functionName: string, message: IncomingMessage): Promise<Answer> => {
    const body = await buffer(message);
    const bill = bills.get(functionName) ?? { ...noBill };
    bills.set(functionName, bill);
    const note = (what: string) => void requests.push(`${functionName}: ${what}`);
    const called = String(message.headers["x-amz-target"] ?? "");
    if (called.startsWith("DynamoDB_")) return dynamo(message, body, bill, note);
    if (called.startsWith("AmazonSQS.")) bill.sqsRequests += 1;
    else if (called === "" && message.method === "PUT") bill.s3Puts += 1;
    else if (called === "" && (message.method === "GET" || message.method === "HEAD")) bill.s3Gets += 1;
    // AWS bills neither the start of an execution nor the reports to its tasks.
    else if (!called.startsWith("AWSStepFunctions."))
      throw new Error(`the meter does not know what ${message.method} ${message.url} ${called} costs`);
    note(called === "" ? `${message.method} ${message.url}` : called);
    return passOn(message, body);
  };

  return {
    async endpointFor(functionName) {
      const server = createServer((message, response) => {
        handle(functionName, message).then(
          ({ status, headers, body }) => response.writeHead(status, headers).end(body),
          (error: unknown) => {
            process.stderr.write(`meter: ${String(error)}\n`);
            response.destroy();
          },
        );
      });
      servers.push(server);
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    bills: () => structuredClone(Object.fromEntries(bills)),
    requests: () => [...requests],
    clear() {
      bills.clear();
      requests.length = 0;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
};

const readUnitsOf = (operation: string, input: unknown, output: unknown): number => {
  const sizeOf = (items: readonly (Item | undefined)[]): number =>
    items.reduce((sum, one) => sum + (one === undefined ? 0 : bytesOfItem(one)), 0);
  switch (operation) {
    case "GetItem":
      return readUnits(sizeOf([single.parse(output).Item]), reading.parse(input).ConsistentRead);
    case "Query":
      return readUnits(sizeOf(found.parse(output).Items), reading.parse(input).ConsistentRead);
    case "BatchGetItem": {
      const { RequestItems } = batchReading.parse(input);
      return Object.entries(batch.parse(output).Responses).reduce(
        (sum, [table, items]) =>
          sum +
          items.reduce((of, one) => of + readUnits(sizeOf([one]), RequestItems[table]?.ConsistentRead ?? false), 0),
        0,
      );
    }
    default:
      throw new Error(`the meter does not know what ${operation} costs`);
  }
};
