import type { Level } from "../diff/change-set.ts";
import type { Channel } from "./channel.ts";
import { deliveryIdOf } from "./delivery-id.ts";
import type { AlertPreference } from "./preferences/alert-preference.ts";
import { chooseRoute } from "./preferences/choose-route.ts";
import type { Cause, PlannedDelivery } from "./types.ts";

/** What planning has to know of a channel. */
type PlannedChannel = Pick<Channel, "id" | "minSeverity" | "enabled">;

export type DeliveryPlanInput = {
  causes: readonly Cause[];
  channels: readonly PlannedChannel[];
  preferences: readonly AlertPreference[];
  /** Worst level of the cause's changes in the preference's scope; `undefined` when none is in it. */
  levelFor: (preference: AlertPreference, cause: Cause) => Level | undefined;
  /** Unix milliseconds when the changes were found. */
  foundAtMs: number;
  tenantId: string;
  dependency: { id: string; name: string };
  jobId: string;
  fromSnapshotId: string;
  toSnapshotId: string;
};

/**
 * One delivery for each cause and each enabled channel that is to be told of it, in the order of causes, then channels:
 * also where several preferences want it there. The same input, or the same change found by another attempt or job, gives
 * the same ids.
 */
export function planDeliveries(input: DeliveryPlanInput): PlannedDelivery[] {
  const { causes, channels, preferences, levelFor, foundAtMs, ...context } = input;
  return causes.flatMap((cause) =>
    channels.flatMap((channel) => {
      const levelOf = (preference: AlertPreference) => levelFor(preference, cause);
      const route = channel.enabled ? chooseRoute(channel, cause.severity, preferences, levelOf, foundAtMs) : undefined;
      return route === undefined
        ? []
        : [{ id: idOf(input, cause, channel), channelId: channel.id, ...context, cause, route }];
    }),
  );
}

/** The job is left out on purpose: a retried or repeated job must not send the same news again. */
const idOf = (
  { tenantId, dependency, toSnapshotId }: DeliveryPlanInput,
  cause: Cause,
  channel: PlannedChannel,
): string => deliveryIdOf(tenantId, dependency.id, toSnapshotId, cause.key, channel.id);
