import { expect, test } from "vitest";
import { buildApiChangedPayload, buildChannelTestPayload } from "../../../shared/alerts/alert-event.ts";
import { sampleCause, sampleChange, sampleDelivery } from "./sample-alert.ts";

const foundAtMs = Date.parse("2026-03-01T12:00:00Z");
const changesUrl = "https://forewarn.example.com/changes?cause=cause_1";

test("a changed API is told with its cause, its operations and its changes", () => {
  expect(buildApiChangedPayload(sampleDelivery(), [sampleChange()], foundAtMs, changesUrl)).toEqual({
    type: "api.changed",
    timestamp: "2026-03-01T12:00:00.000Z",
    data: {
      tenantId: "ten_1",
      dependency: { id: "dep_1", name: "Payments" },
      cause: {
        key: "cause_1",
        scope: "schema",
        severity: "breaking",
        summary: "The property email of Customer became required, which reaches 2 operations.",
      },
      operations: [
        { method: "POST", path: "/v1/customers" },
        { method: "POST", path: "/v1/customers/{id}" },
      ],
      operationCount: 2,
      changes: [
        {
          id: "chg_1",
          ruleId: "request-property-became-required",
          severity: "breaking",
          summary: "the request property email became required",
          operation: { method: "POST", path: "/v1/customers" },
          pointer: "/components/schemas/Customer/required",
        },
      ],
      changeCount: 1,
      fromSnapshotId: "snp_1",
      toSnapshotId: "snp_2",
      links: { changes: changesUrl },
    },
  });
});

test("a cause that reaches everything lists the first and counts the rest, below what EventBridge takes and with room for attempts in an item", () => {
  const long = "語".repeat(100_000);
  const operations = Array.from({ length: 5000 }, (_, index) => ({ method: "GET", path: `/${index}/${long}` }));
  const changeIds = operations.map((_, index) => `chg_${index}`);
  const changes = changeIds.map((id) =>
    sampleChange({ id, summary: long, pointer: `/${long}`, operation: operations[0] }),
  );
  const delivery = sampleDelivery({ cause: sampleCause({ operations, changeIds, summary: long }) });

  const payload = buildApiChangedPayload(delivery, changes, foundAtMs, changesUrl);
  expect(payload.data).toMatchObject({ operationCount: 5000, changeCount: 5000 });
  expect(payload.data.operations).toHaveLength(100);
  expect(payload.data.changes.map(({ id }) => id)).toEqual(changeIds.slice(0, 50));
  expect(payload.data.cause.summary).toBe(`${"語".repeat(299)}…`);
  expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThan(256_000);
});

test("a change that is not about one operation names none", () => {
  const changes = [sampleChange({ operation: null })];
  const { data } = buildApiChangedPayload(sampleDelivery(), changes, foundAtMs, changesUrl);
  expect(data.changes).toEqual(changes);
});

test("a text is not cut through a character", () => {
  const delivery = sampleDelivery({ cause: sampleCause({ summary: `x${"😀".repeat(300)}` }) });
  const { summary } = buildApiChangedPayload(delivery, [], foundAtMs, changesUrl).data.cause;
  expect(summary).toBe(`x${"😀".repeat(149)}…`);
});

test("a test message says that it is one", () => {
  expect(buildChannelTestPayload("ten_1", "chn_1", foundAtMs)).toEqual({
    type: "channel.test",
    timestamp: "2026-03-01T12:00:00.000Z",
    data: { tenantId: "ten_1", channelId: "chn_1", message: "This is a test from Forewarn. The channel works." },
  });
});
