import type { WebhookChannel } from "../../../shared/alerts/channel.ts";
import type { AlertChange, Cause, PlannedDelivery } from "../../../shared/alerts/types.ts";

/** Made of the bytes 0 to 23 and 1 to 24. */
export const newSecret = `whsec_${Buffer.from(Array.from({ length: 24 }, (_, index) => index)).toString("base64")}`;
export const oldSecret = `whsec_${Buffer.from(Array.from({ length: 24 }, (_, index) => index + 1)).toString("base64")}`;

export const sampleCause = (overrides: Partial<Cause> = {}): Cause => ({
  key: "cause_1",
  scope: "schema",
  severity: "breaking",
  summary: "The property email of Customer became required, which reaches 2 operations.",
  operations: [
    { method: "POST", path: "/v1/customers" },
    { method: "POST", path: "/v1/customers/{id}" },
  ],
  changeIds: ["chg_1"],
  ...overrides,
});

export const sampleChange = (overrides: Partial<AlertChange> = {}): AlertChange => ({
  id: "chg_1",
  ruleId: "request-property-became-required",
  severity: "breaking",
  summary: "the request property email became required",
  operation: { method: "POST", path: "/v1/customers" },
  pointer: "/components/schemas/Customer/required",
  ...overrides,
});

export const sampleChannel = (overrides: Partial<WebhookChannel> = {}): WebhookChannel => ({
  id: "chn_1",
  tenantId: "ten_1",
  type: "webhook",
  name: "Team hook",
  url: "https://hooks.example.com/forewarn",
  secrets: [newSecret],
  minSeverity: "risky",
  enabled: true,
  createdAt: "2026-02-01T12:00:00.000Z",
  updatedAt: "2026-02-01T12:00:00.000Z",
  ...overrides,
});

export const sampleDelivery = (overrides: Partial<PlannedDelivery> = {}): PlannedDelivery => ({
  id: "dlv_0123456789abcdef0123456789abcdef",
  channelId: "chn_1",
  tenantId: "ten_1",
  dependency: { id: "dep_1", name: "Payments" },
  jobId: "job_1",
  fromSnapshotId: "snp_1",
  toSnapshotId: "snp_2",
  cause: sampleCause(),
  route: { way: "now" },
  ...overrides,
});
