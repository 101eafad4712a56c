import { Cron } from "croner";
import type { Level } from "../../diff/change-set.ts";
import { deliveryIdOf } from "../delivery-id.ts";
import type { DigestPeriod } from "../preferences/alert-preference.ts";

/** Causes that are told together. Entries come while it is open; then it is closed, and then it is sent. */
export type Digest = {
  /** Deterministic, and the id of the delivery that carries it. */
  id: string;
  tenantId: string;
  channelId: string;
  every: DigestPeriod;
  /** When it is closed and sent. */
  dueAt: string;
  status: "open" | "closed" | "sent";
};

/** One cause in a digest. */
export type DigestEntry = {
  /** Of the cause's own delivery, which stays in the log as `digested`. */
  deliveryId: string;
  dependency: { id: string; name: string };
  causeKey: string;
  severity: Level;
  summary: string;
  operationCount: number;
  foundAt: string;
};

/** At the full hour; at nine in the morning. */
const schedules: Readonly<Record<DigestPeriod, string>> = { hourly: "0 * * * *", daily: "0 9 * * *" };

/**
 * The digest of a channel that is due next after `afterMs` (Unix milliseconds).
 * @param timeZone IANA name
 */
export function digestAfter(
  afterMs: number,
  { tenantId, channelId, every, timeZone }: Pick<Digest, "tenantId" | "channelId" | "every"> & { timeZone: string },
): Digest {
  const due = new Cron(schedules[every], { timezone: timeZone, paused: true }).nextRun(new Date(afterMs));
  // Both schedules have a next time in every zone.
  const dueAt = (due ?? new Date(afterMs)).toISOString();
  const id = deliveryIdOf("digest", tenantId, channelId, every, dueAt);
  return { id, tenantId, channelId, every, dueAt, status: "open" };
}
