import { createHash } from "node:crypto";
import type { Level } from "../diff/change-set.ts";
import type { Channel } from "./channel.ts";
import type { Cause, PlannedDelivery } from "./types.ts";

/** What planning has to know of a channel. */
type PlannedChannel = Pick<Channel, "id" | "minSeverity" | "enabled">;

export type DeliveryPlanInput = {
  causes: readonly Cause[];
  channels: readonly PlannedChannel[];
  tenantId: string;
  dependency: { id: string; name: string };
  jobId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
};

const ranks: Record<Level, number> = { safe: 0, risky: 1, breaking: 2 };

/**
 * One delivery for each cause and each enabled channel that wants its severity, in the order of causes, then channels.
 * The same input, or the same change found by another attempt or job, gives the same ids.
 */
export function planDeliveries(input: DeliveryPlanInput): PlannedDelivery[] {
  const { causes, channels, ...context } = input;
  return causes.flatMap((cause) =>
    channels
      .filter((channel) => channel.enabled && ranks[cause.severity] >= ranks[channel.minSeverity])
      .map((channel) => ({ id: deliveryIdOf(input, cause, channel), channelId: channel.id, ...context, cause })),
  );
}

/** The job is left out on purpose: a retried or repeated job must not send the same news again. */
function deliveryIdOf(input: DeliveryPlanInput, cause: Cause, channel: PlannedChannel): string {
  const identity = [input.tenantId, input.dependency.id, input.toSnapshotId, cause.key, channel.id].join("|");
  return `dlv_${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
}
