import { levelOrder } from "../../rules/causes.ts";
import { buildDigestPayload } from "../alert-event.ts";
import type { DeliveryQueue, DeliveryStore } from "../ports.ts";
import { sendEvent } from "../send-event.ts";
import type { Digest } from "./digest.ts";
import type { DigestStore } from "./ports.ts";

export type DigestPorts = {
  digests: DigestStore;
  deliveries: DeliveryStore;
  queue: DeliveryQueue;
  nowMs(): number;
  log(event: string, fields: Record<string, unknown>): void;
};

/** Entries that are read of one digest: far more than it lists, to count and to rank them. */
const maxEntries = 5_000;

/**
 * Sends the digests that are due, each once: it is closed, so that its entries are final; its delivery has its id and is
 * written once; and only then is it off the list. A run that dies anywhere is done again by the next one, and one digest's
 * error does not keep the others waiting.
 *
 * @returns how many were sent, and how many failed
 */
export async function sendDueDigests(ports: DigestPorts, limit: number): Promise<{ sent: number; failed: number }> {
  const run = { sent: 0, failed: 0 };
  for (const digest of await ports.digests.listDue(ports.nowMs(), limit)) {
    try {
      await sendDigest(ports, digest);
      run.sent += 1;
    } catch (error) {
      run.failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      ports.log("digest.failed", { tenantId: digest.tenantId, digestId: digest.id, message });
    }
  }
  return run;
}

const sendDigest = async ({ digests, nowMs, ...ports }: DigestPorts, digest: Digest): Promise<void> => {
  await digests.close(digest);
  const entries = await digests.listEntries(digest, maxEntries);
  const rank = ({ severity }: { severity: (typeof levelOrder)[number] }) => levelOrder.indexOf(severity);
  const ranked = entries.sort(
    (one, other) => rank(one) - rank(other) || one.dependency.name.localeCompare(other.dependency.name, "en"),
  );
  const { id, tenantId, channelId } = digest;
  await sendEvent(ports, {
    id,
    tenantId,
    channelId,
    eventType: "api.digest",
    payload: JSON.stringify(buildDigestPayload(digest, ranked)),
    createdAt: new Date(nowMs()).toISOString(),
  });
  await digests.markSent(digest);
};
