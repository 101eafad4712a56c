import {
  type AlertEvent,
  type ApiChangedPayload,
  buildApiChangedPayload,
  buildChannelDisabledPayload,
  buildChannelTestPayload,
  buildDigestPayload,
} from "../../../../shared/alerts/alert-event.ts";
import { digestAfter } from "../../../../shared/alerts/digests/digest.ts";
import { buildHealthNotice } from "../../../../shared/alerts/health-notice.ts";
import { dependencyFixture } from "../../sync-fixtures.ts";
import { sampleCause, sampleChange, sampleChannel, sampleDelivery } from "../sample-alert.ts";

export const foundAtMs = Date.parse("2026-03-01T12:00:00Z");

export const changedEvent = (): ApiChangedPayload =>
  buildApiChangedPayload(sampleDelivery(), [sampleChange()], foundAtMs, "/api/dependencies/dep_1/changes");

export const testEvent = (): AlertEvent => buildChannelTestPayload("ten_1", "chn_1", foundAtMs);

/** An event with as much of everything as there can be, in characters that take room in every form. */
export const hugeEvent = (): ApiChangedPayload => {
  const long = '<&>*_`語\n"'.repeat(2_000);
  const operations = Array.from({ length: 5_000 }, (_, index) => ({ method: "GET", path: `/${index}/${long}` }));
  const changeIds = operations.map((_, index) => `chg_${index}`);
  const changes = changeIds.map((id) => sampleChange({ id, summary: long, pointer: `/${long}` }));
  const cause = sampleCause({ operations, changeIds, summary: long });
  const delivery = sampleDelivery({ cause, dependency: { id: "dep_1", name: long } });
  const label = "語".repeat(200);
  const consumers = changeIds.map(() => ({ name: label, owner: label, operationCount: 5_000 }));
  return buildApiChangedPayload(delivery, changes, foundAtMs, "/api/dependencies/dep_1/changes", {
    owner: label,
    consumers,
  });
};

/** A digest of as many causes as it lists and more, with texts of the greatest size. */
export const hugeDigest = (): AlertEvent => {
  const long = '<&>*_`語\n"'.repeat(2_000);
  const entries = Array.from({ length: 5_000 }, (_, index) => ({
    deliveryId: `dlv_${index}`,
    dependency: { id: "dep_1", name: long },
    causeKey: `cause_${index}`,
    severity: "breaking" as const,
    summary: long,
    operationCount: 2,
    foundAt: "2026-03-01T12:00:00.000Z",
  }));
  const digest = digestAfter(foundAtMs, { tenantId: "ten_1", channelId: "chn_1", every: "daily", timeZone: "UTC" });
  return buildDigestPayload(digest, entries);
};

export const disabledEvent = (): AlertEvent =>
  buildChannelDisabledPayload(
    { ...sampleChannel(), failingSince: "2026-02-20T12:00:00.000Z", disabledBecause: "The receiver answered 500." },
    "2026-03-01T12:00:00.000Z",
  );

const failing = {
  consecutiveFailures: 5,
  unhealthyAt: "2026-03-01T12:00:00.000Z",
  lastError: { name: "UpstreamNotFoundError", message: "It answered 404.", at: "2026-03-01T12:00:00.000Z" },
};

/** A dependency became unhealthy at `foundAtMs`. */
export const unhealthyEvent = (): AlertEvent =>
  buildHealthNotice(dependencyFixture({ health: { status: "unhealthy", ...failing } }));

/** It recovered two days later. */
export const recoveredEvent = (): AlertEvent =>
  buildHealthNotice(
    dependencyFixture({
      health: { status: "healthy", ...failing, consecutiveFailures: 0, lastSuccessAt: "2026-03-03T12:00:00.000Z" },
    }),
  );

/** One of each kind, the ones with the most in them where there is a choice. */
export const everyEvent = (): AlertEvent[] => [
  testEvent(),
  hugeEvent(),
  hugeDigest(),
  disabledEvent(),
  unhealthyEvent(),
  recoveredEvent(),
];
