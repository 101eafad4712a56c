import { describe, expect, it } from "vitest";
import { sendToPagerDuty } from "../../../../shared/alerts/channel-kinds/pagerduty.ts";
import { busyRoutingKey, routingKey, startPagerDuty } from "../../../receivers/pagerduty.ts";
import { sampleChannel } from "../sample-alert.ts";
import { changedEvent, everyEvent, recoveredEvent, testEvent, unhealthyEvent } from "./events.ts";

const { secrets: _, url: __, ...base } = sampleChannel();
const channelOf = (key: string, region: "us" | "eu" = "us") => ({
  ...base,
  type: "pagerduty" as const,
  routingKey: key,
  region,
});

describe("a PagerDuty channel", () => {
  it("is told of a change as an alert that the same cause joins", async () => {
    const pagerDuty = await startPagerDuty();
    const sent = await sendToPagerDuty(changedEvent(), "dlv_1", channelOf(routingKey), pagerDuty.ports);
    expect(sent).toMatchObject({ verdict: { verdict: "delivered" }, statusCode: 202 });
    expect(pagerDuty.events).toEqual([
      {
        routing_key: routingKey,
        event_action: "trigger",
        dedup_key: "dep_1:cause_1",
        client: "Forewarn",
        payload: {
          summary:
            "Breaking change in Payments: The property email of Customer became required, which reaches 2 operations.",
          source: "Payments",
          severity: "critical",
          timestamp: "2026-03-01T12:00:00.000Z",
          class: "api.changed",
          custom_details: {
            severity: "breaking",
            reach: "2 operations",
            changes: ["breaking: the request property email became required (request-property-became-required)"],
            "changes in total": 1,
            operations: ["POST /v1/customers", "POST /v1/customers/{id}"],
            "operations in total": 2,
            "to read more": "forewarn changes list --dependency dep_1 --cause cause_1",
            delivery: "dlv_1",
          },
        },
      },
    ]);
  });

  it("opens an alert when a dependency becomes unhealthy, and its recovery resolves that one", async () => {
    const pagerDuty = await startPagerDuty();
    await sendToPagerDuty(unhealthyEvent(), "dlv_1", channelOf(routingKey), pagerDuty.ports);
    await sendToPagerDuty(recoveredEvent(), "dlv_2", channelOf(routingKey), pagerDuty.ports);
    const key = expect.stringMatching(/:unhealthy:2026-03-01T12:00:00.000Z$/);
    expect(pagerDuty.events).toMatchObject([
      { event_action: "trigger", dedup_key: key },
      { event_action: "resolve", dedup_key: pagerDuty.events[0]?.dedup_key },
    ]);
  });

  it.each([
    ["breaking", "critical"],
    ["risky", "warning"],
    ["safe", "info"],
  ] as const)("calls a %s change %s", async (severity, expected) => {
    const pagerDuty = await startPagerDuty();
    const event = changedEvent();
    event.data.cause.severity = severity;
    await sendToPagerDuty(event, "dlv_1", channelOf(routingKey, "eu"), pagerDuty.ports);
    expect(pagerDuty.events.map(({ payload }) => payload.severity)).toEqual([expected]);
  });

  it("takes every kind of event and the largest events there are", async () => {
    const pagerDuty = await startPagerDuty();
    for (const event of everyEvent()) {
      const sent = await sendToPagerDuty(event, "dlv_1", channelOf(routingKey), pagerDuty.ports);
      expect(sent.verdict).toEqual({ verdict: "delivered" });
    }
  });

  it("fails for good with a wrong routing key, and is tried again when it is limited", async () => {
    const pagerDuty = await startPagerDuty();
    const verdictOf = async (key: string) =>
      (await sendToPagerDuty(testEvent(), "dlv_1", channelOf(key), pagerDuty.ports)).verdict;
    expect(await verdictOf("x")).toEqual({
      verdict: "permanent",
      reason: "The receiver answered 400: PagerDuty refuses the event. Check the routing key of the integration.",
    });
    expect(await verdictOf(busyRoutingKey)).toEqual({ verdict: "retry", reason: "The receiver answered 429." });
  });
});
