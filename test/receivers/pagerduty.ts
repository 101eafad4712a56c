import * as z from "zod";
import { type ReceivedRequest, type Reply, startReceiver } from "./receiver.ts";

/**
 * PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/send-alert-event): 202 with the dedup key, 400 with the
 * reasons, 429 when one integration sends too much, 512 KB an event.
 */
const maxEventBytes = 512 * 1024;
export const routingKey = "R0UTINGKEY00000000000000000000AB";
export const busyRoutingKey = "R0UTINGKEY0000000000000000000BUSY";

const event = z.object({
  routing_key: z.string(),
  event_action: z.enum(["trigger", "acknowledge", "resolve"]),
  dedup_key: z.string().min(1).max(255),
  client: z.string().optional(),
  payload: z.object({
    summary: z.string().min(1).max(1024),
    source: z.string().min(1),
    severity: z.enum(["critical", "error", "warning", "info"]),
    timestamp: z.iso.datetime(),
    class: z.string().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
});

export type PagerDutyEvent = z.output<typeof event>;

export async function startPagerDuty() {
  const events: PagerDutyEvent[] = [];
  const invalid = (errors: string[]): Reply => ({
    status: 400,
    body: JSON.stringify({ status: "invalid event", message: "Event object is invalid", errors }),
  });
  const answer = ({ path, body }: ReceivedRequest): Reply => {
    if (path !== "/v2/enqueue") return { status: 404 };
    if (Buffer.byteLength(body) > maxEventBytes) return { status: 413 };
    const parsed = event.safeParse(JSON.parse(body));
    if (!parsed.success)
      return invalid(parsed.error.issues.map(({ path: at, message }) => `${at.join(".")} ${message}`));
    if (parsed.data.routing_key === busyRoutingKey) {
      return { status: 429, body: JSON.stringify({ status: "throttle exceeded", message: "Requests are throttled" }) };
    }
    if (parsed.data.routing_key !== routingKey) return invalid(["Length of 'routing_key' is incorrect"]);
    events.push(parsed.data);
    const { dedup_key: dedupKey } = parsed.data;
    return {
      status: 202,
      body: JSON.stringify({ status: "success", message: "Event processed", dedup_key: dedupKey }),
    };
  };
  const origins = ["https://events.pagerduty.com", "https://events.eu.pagerduty.com"];
  return { events, ...(await startReceiver(answer, origins)) };
}
