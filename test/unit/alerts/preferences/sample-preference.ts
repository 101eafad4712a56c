import type { AlertPreference } from "../../../../shared/alerts/preferences/alert-preference.ts";

export const samplePreference = (overrides: Partial<AlertPreference> = {}): AlertPreference => ({
  id: "prf_1",
  tenantId: "ten_1",
  name: "all",
  scope: "api",
  scopeValue: "*",
  minSeverity: "risky",
  channels: ["chn_1"],
  timeZone: "UTC",
  digest: "none",
  enabled: true,
  createdAt: "2026-02-01T12:00:00.000Z",
  updatedAt: "2026-02-01T12:00:00.000Z",
  ...overrides,
});
