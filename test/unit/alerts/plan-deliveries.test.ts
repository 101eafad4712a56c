import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type DeliveryPlanInput, planDeliveries } from "../../../shared/alerts/plan-deliveries.ts";
import { sampleCause, sampleChannel } from "./sample-alert.ts";

const context = {
  tenantId: "ten_1",
  dependency: { id: "dep_1", name: "Payments" },
  jobId: "job_1",
  fromSnapshotId: "snp_1",
  toSnapshotId: "snp_2",
};
const planned = (input: Partial<DeliveryPlanInput>) =>
  planDeliveries({
    causes: [sampleCause()],
    channels: [sampleChannel()],
    preferences: [],
    levelFor: (_, { severity }) => severity,
    foundAtMs: Date.parse("2026-03-04T23:30:00Z"), // a Wednesday
    ...context,
    ...input,
  });

test("a cause and a channel make one delivery that says all about itself", () => {
  const hash = createHash("sha256").update("ten_1|dep_1|snp_2|cause_1|chn_1").digest("hex");
  expect(planned({})).toEqual([
    { id: `dlv_${hash.slice(0, 32)}`, channelId: "chn_1", ...context, cause: sampleCause(), route: { way: "now" } },
  ]);
});

test("each cause goes to each channel once, however many operations it reaches", () => {
  const causes = [sampleCause({ key: "a" }), sampleCause({ key: "b" })];
  const channels = [sampleChannel({ id: "x" }), sampleChannel({ id: "y" })];
  const deliveries = planned({ causes, channels });
  expect(deliveries.map(({ cause, channelId }) => [cause.key, channelId])).toEqual([
    ["a", "x"],
    ["a", "y"],
    ["b", "x"],
    ["b", "y"],
  ]);
  expect(new Set(deliveries.map(({ id }) => id)).size).toBe(4);
});

describe("the id", () => {
  const idOf = (input: Partial<DeliveryPlanInput>) => planned(input).map(({ id }) => id);

  test("is the same for another job that finds the same change", () => {
    expect(idOf({ jobId: "job_2", fromSnapshotId: "snp_0" })).toEqual(idOf({}));
  });

  test.each<[string, Partial<DeliveryPlanInput>]>([
    ["tenant", { tenantId: "ten_2" }],
    ["dependency", { dependency: { id: "dep_2", name: "Payments" } }],
    ["snapshot", { toSnapshotId: "snp_3" }],
    ["cause", { causes: [sampleCause({ key: "cause_2" })] }],
    ["channel", { channels: [sampleChannel({ id: "chn_2" })] }],
  ])("differs for another %s", (_, input) => {
    expect(idOf(input)).not.toEqual(idOf({}));
  });
});

test("a channel gets what is at least as severe as it wants", () => {
  const severities = ["breaking", "risky", "safe"] as const;
  const causes = severities.map((severity) => sampleCause({ key: severity, severity }));
  const channels = severities.map((minSeverity) => sampleChannel({ id: minSeverity, minSeverity }));
  expect(planned({ causes, channels }).map(({ cause, channelId }) => `${cause.key} to ${channelId}`)).toEqual([
    "breaking to breaking",
    "breaking to risky",
    "breaking to safe",
    "risky to risky",
    "risky to safe",
    "safe to safe",
  ]);
});

test("a disabled channel gets nothing", () => {
  expect(planned({ channels: [sampleChannel({ enabled: false })] })).toEqual([]);
});

test("no causes or no channels make no deliveries", () => {
  expect(planned({ causes: [] })).toEqual([]);
  expect(planned({ channels: [] })).toEqual([]);
});
