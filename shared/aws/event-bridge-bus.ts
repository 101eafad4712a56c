import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventBus } from "../alerts/channel-kinds/event-bridge.ts";
import { refusalOf } from "./refusal-of.ts";

/** Buses of EventBridge, by ARN: also those of other accounts whose policy lets this one in. */
export const eventBridgeBus = ({ client }: { client: EventBridgeClient }): EventBus => ({
  async put({ busArn, source, detailType, detail, time }) {
    try {
      const { Entries, FailedEntryCount } = await client.send(
        new PutEventsCommand({
          Entries: [{ EventBusName: busArn, Source: source, DetailType: detailType, Detail: detail, Time: time }],
        }),
      );
      const [entry] = Entries ?? [];
      // The call succeeds although its entry failed.
      if ((FailedEntryCount ?? 0) > 0 || entry?.EventId === undefined) {
        const { ErrorCode = "InternalFailure", ErrorMessage = "no event id came back" } = entry ?? {};
        return { answer: "refused", code: ErrorCode, message: ErrorMessage, status: 200 };
      }
      return { answer: "accepted", reference: entry.EventId };
    } catch (error) {
      return refusalOf(error);
    }
  },
});
