import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
let channelId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client } = await api.createTenant("acme"));
  const { data } = await client.call("createChannel", { body: { name: "hook", url: "https://hooks.example.com/" } });
  channelId = data.id;
});

describe("alert preferences", () => {
  it("need a name and a channel, and have defaults for the rest", async () => {
    const body = { name: "all", channels: [channelId] };
    const created = await api.request("POST /api/alert-preferences", { key, body });
    const shown = {
      id: expect.any(String),
      name: "all",
      scope: "api",
      scopeValue: "*",
      minSeverity: "risky",
      channels: [channelId],
      timeZone: "UTC",
      digest: "none",
      enabled: true,
      createdAt: startedAt,
      updatedAt: startedAt,
    };
    expect([created.status, created.body]).toEqual([201, { data: shown }]);
    expect((await client.call("listAlertPreferences", {})).data).toEqual([shown]);
  });

  it("change, lose their mute window by null, and are gone when deleted", async () => {
    const mute = { from: "22:00", to: "07:00" };
    const { data } = await client.call("createAlertPreference", {
      body: { name: "night", channels: [channelId], mute, timeZone: "Europe/Berlin" },
    });
    expect(data.mute).toEqual({ ...mute, days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] });
    const params = { preferenceId: data.id };
    const { data: changed } = await client.call("updateAlertPreference", {
      params,
      body: { mute: null, digest: "daily", scope: "endpoint", scopeValue: "GET /v1/*" },
    });
    const { mute: _, ...unmuted } = data;
    expect(changed).toEqual({ ...unmuted, digest: "daily", scope: "endpoint", scopeValue: "GET /v1/*" });
    expect((await client.call("getAlertPreference", { params })).data).toEqual(changed);
    await client.call("deleteAlertPreference", { params });
    expect((await api.request(`GET /api/alert-preferences/${data.id}`, { key })).status).toBe(404);
  });

  it.each([
    [{ channels: [] }, "channels"],
    [{ channels: ["nobody"] }, "channels"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ mute: { from: "25:00", to: "07:00" } }, "mute.from"],
    [{ mute: { from: "22:00", to: "07:00", days: [] } }, "mute.days"],
    [{ digest: "weekly" }, "digest"],
    [{ scope: "endpoint", scopeValue: "/v1/*" }, "scopeValue"],
    [{ minSeverity: "bad" }, "minSeverity"],
  ])("refuse %o", async (settings, field) => {
    const body = { name: "x", channels: [channelId], ...settings };
    const { status, error } = await api.request("POST /api/alert-preferences", { key, body });
    expect([status, error?.code, error?.field]).toEqual([400, "validation_error", field]);
  });

  it("refuse a scope that does not go with the value that is there, and channels of others", async () => {
    const { data } = await client.call("createAlertPreference", {
      body: { name: "x", channels: [channelId], scopeValue: "Stripe*" },
    });
    const line = `PATCH /api/alert-preferences/${data.id}`;
    expect((await api.request(line, { key, body: { scope: "endpoint" } })).error?.field).toBe("scopeValue");
    const stranger = await api.createTenant("stranger");
    const { data: foreign } = await stranger.client.call("createChannel", {
      body: { name: "hook", url: "https://hooks.example.com/" },
    });
    expect((await api.request(line, { key, body: { channels: [foreign.id] } })).error?.message).toBe(
      `there is no channel ${foreign.id}`,
    );
  });
});
