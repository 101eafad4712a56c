import { describe, expect, it } from "vitest";
import { sendToEventBridge } from "../../../../shared/alerts/channel-kinds/event-bridge.ts";
import { buses, startEventBridge } from "../../../receivers/event-bridge.ts";
import { sampleChannel } from "../sample-alert.ts";
import { changedEvent, everyEvent, foundAtMs, testEvent } from "./events.ts";

const { secrets: _, url: __, ...base } = sampleChannel();
const channelOf = (busArn: string) => ({ ...base, type: "eventbridge" as const, busArn });

describe("an EventBridge channel", () => {
  it("is told of a change as an event of the change's time, with the delivery's id", async () => {
    const { entries, ports } = await startEventBridge();
    const sent = await sendToEventBridge(changedEvent(), "dlv_1", channelOf(buses.own), ports);
    expect(sent).toMatchObject({ verdict: { verdict: "delivered" }, statusCode: 200, responseExcerpt: "event-1" });
    expect(entries.map(({ Detail, ...entry }) => ({ ...entry, Detail: JSON.parse(Detail) }))).toEqual([
      {
        EventBusName: buses.own,
        Source: "forewarn",
        DetailType: "api.changed",
        Detail: { deliveryId: "dlv_1", ...changedEvent() },
        Time: foundAtMs / 1000,
      },
    ]);
  });

  it("takes every kind of event and the largest events there are", async () => {
    const { entries, ports } = await startEventBridge();
    for (const event of everyEvent()) {
      const sent = await sendToEventBridge(event, "dlv_1", channelOf(buses.own), ports);
      expect(sent.verdict).toEqual({ verdict: "delivered" });
    }
    expect(entries.map(({ DetailType }) => DetailType)).toEqual([
      "channel.test",
      "api.changed",
      "api.digest",
      "channel.disabled",
      "dependency.unhealthy",
      "dependency.recovered",
    ]);
  });

  it.each([
    ["throttled", buses.throttled, "ThrottlingException: Rate exceeded"],
    ["not let in yet", buses.denied, "AccessDeniedException: not authorized to perform: events:PutEvents"],
    ["failed for its one entry", buses.missing, "InternalFailure: Event bus alerts-missing does not exist."],
  ])("is tried again when it was %s", async (_what, bus, reason) => {
    const { ports } = await startEventBridge();
    const { verdict } = await sendToEventBridge(testEvent(), "dlv_1", channelOf(bus), ports);
    expect(verdict).toEqual({ verdict: "retry", reason: `EventBridge answered ${reason}` });
  });

  it("fails for good when the event itself is refused", async () => {
    const { ports } = await startEventBridge();
    const eventBus = {
      put: (event: Parameters<typeof ports.eventBus.put>[0]) => ports.eventBus.put({ ...event, detail: "[]" }),
    };
    const sent = await sendToEventBridge(testEvent(), "dlv_1", channelOf(buses.own), { ...ports, eventBus });
    expect(sent.verdict).toEqual({
      verdict: "permanent",
      reason: "EventBridge answered MalformedDetail: Detail is malformed.",
    });
  });
});
