import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import * as z from "zod";
import { eventBridgeBus } from "../../shared/aws/event-bridge-bus.ts";
import { type ReceivedRequest, type Reply, startReceiver } from "./receiver.ts";

/**
 * PutEvents as AWS answers it (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html): 256 KB for
 * all entries, an entry that failed inside an answer that succeeded, an error for a call that did not.
 */
const maxEntriesBytes = 256 * 1024;
const ownBus = "arn:aws:events:eu-west-1:123456789012:event-bus/alerts";
/** Buses by what putting an event on them comes to. */
export const buses = {
  own: ownBus,
  denied: ownBus.replace("123456789012", "210987654321"),
  throttled: `${ownBus}-throttled`,
  missing: `${ownBus}-missing`,
};

const entry = z.strictObject({
  EventBusName: z.string(),
  Source: z.string().min(1).max(256),
  DetailType: z.string().min(1).max(128),
  Detail: z.string(),
  Time: z.number(),
});
const input = z.strictObject({ Entries: z.array(entry).min(1).max(10) });

export type PutEntry = z.output<typeof entry>;

const json = (status: number, body: unknown): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { "content-type": "application/x-amz-json-1.1" },
});
const failedEntry = (ErrorCode: string, ErrorMessage: string): Reply =>
  json(200, { FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }] });

export async function startEventBridge() {
  const entries: PutEntry[] = [];
  const answer = ({ body, headers }: ReceivedRequest): Reply => {
    if (headers["x-amz-target"] !== "AWSEvents.PutEvents") return json(400, { __type: "UnknownOperationException" });
    const parsed = input.safeParse(JSON.parse(body));
    const [put] = parsed.data?.Entries ?? [];
    if (put === undefined) return json(400, { __type: "ValidationException", message: "1 validation error detected" });
    const bytes = Buffer.byteLength(put.Detail + put.Source + put.DetailType) + 14; // 14 for the time
    if (bytes > maxEntriesBytes) {
      return json(400, {
        __type: "ValidationException",
        message: "Total size of the entries in the request is over the limit.",
      });
    }
    if (put.EventBusName === buses.throttled)
      return json(400, { __type: "ThrottlingException", message: "Rate exceeded" });
    if (put.EventBusName === buses.denied) {
      return json(400, { __type: "AccessDeniedException", message: "not authorized to perform: events:PutEvents" });
    }
    if (put.EventBusName === buses.missing)
      return failedEntry("InternalFailure", "Event bus alerts-missing does not exist.");
    if (!isJsonObject(put.Detail)) return failedEntry("MalformedDetail", "Detail is malformed.");
    entries.push(put);
    return json(200, { FailedEntryCount: 0, Entries: [{ EventId: `event-${entries.length}` }] });
  };
  const { origin } = await startReceiver(answer);
  const client = new EventBridgeClient({
    endpoint: origin,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return { entries, ports: { eventBus: eventBridgeBus({ client }), nowMs: Date.now } };
}

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};
