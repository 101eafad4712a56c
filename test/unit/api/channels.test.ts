import { beforeEach, describe, expect, it } from "vitest";
import type { ApiClient } from "../../../cli/client/api-client.ts";
import { fillTenant, startedAt } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let client: ApiClient;
let tenantId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key, client, tenantId } = await api.createTenant("acme"));
});

const url = "https://hooks.example.com/forewarn";

describe("channels", () => {
  it("show their secret once, when they are created", async () => {
    const created = await api.request("POST /api/channels", { key, body: { name: "hook", url } });
    const shown = {
      id: expect.any(String),
      type: "webhook",
      name: "hook",
      url,
      minSeverity: "risky",
      enabled: true,
      createdAt: startedAt,
      updatedAt: startedAt,
    };
    expect([created.status, created.body]).toEqual([
      201,
      { data: { ...shown, secret: expect.stringMatching(/^whsec_/) } },
    ]);
    expect((await client.call("listChannels", {})).data).toEqual([shown]);
  });

  it("refuse an address that may not be called", async () => {
    const { status, error } = await api.request("POST /api/channels", {
      key,
      body: { name: "hook", url: "http://192.168.1.1/" },
    });
    expect([status, error?.code, error?.field]).toEqual([400, "validation_error", "url"]);
  });

  it("change, and are gone when deleted", async () => {
    const { data } = await client.call("createChannel", { body: { name: "hook", url } });
    const params = { channelId: data.id };
    const { data: changed } = await client.call("updateChannel", {
      params,
      body: { enabled: false, minSeverity: "safe" },
    });
    expect(changed).toMatchObject({ enabled: false, minSeverity: "safe", url });
    await client.call("deleteChannel", { params });
    expect((await api.request(`GET /api/channels/${data.id}`, { key })).status).toBe(404);
  });

  it("sign with the new and the last secret after a rotation", async () => {
    const { data: first } = await client.call("createChannel", { body: { name: "hook", url } });
    if (first.type !== "webhook") throw new Error("it is no webhook");
    const params = { channelId: first.id };
    const { data: second } = await client.call("rotateChannelSecret", { params });
    const { data: third } = await client.call("rotateChannelSecret", { params });
    expect(new Set([first.secret, second.secret, third.secret]).size).toBe(3);
    expect(await api.channels.get(tenantId, first.id)).toMatchObject({ secrets: [third.secret, second.secret] });
  });

  it("send a test message through the deliveries queue", async () => {
    const { data: channel } = await client.call("createChannel", { body: { name: "hook", url } });
    const tested = await api.request(`POST /api/channels/${channel.id}/test`, { key });
    expect(tested.status).toBe(202);
    const [sent] = api.deliveryQueue.sent;
    expect(sent).toEqual({ tenantId, deliveryId: expect.any(String), delayMs: 0 });
    const { data: delivery } = await client.call("getDelivery", { params: { deliveryId: sent?.deliveryId ?? "" } });
    expect(delivery).toEqual({
      id: sent?.deliveryId,
      channelId: channel.id,
      eventType: "channel.test",
      status: "pending",
      payload: expect.stringContaining('"type":"channel.test"'),
      attempts: [],
      createdAt: startedAt,
      updatedAt: startedAt,
    });
  });
});

describe("channels of other kinds", () => {
  const busArn = "arn:aws:events:eu-west-1:123456789012:event-bus/alerts";
  const kinds: [settings: object, shown: object][] = [
    [
      { type: "slack", url: "https://hooks.slack.com/services/T0/B0/secretword" },
      { type: "slack", urlHint: "https://hooks.slack.com/…word" },
    ],
    [
      { type: "teams", url: "https://x.logic.azure.com/workflows/1?sig=secretsign" },
      { type: "teams", urlHint: "https://x.logic.azure.com/…sign" },
    ],
    [
      { type: "pagerduty", routingKey: "0123456789ABCDEF0123456789ABCDEF" },
      { type: "pagerduty", routingKeyHint: "…CDEF", region: "us" },
    ],
    [
      { type: "eventbridge", busArn },
      { type: "eventbridge", busArn },
    ],
    [
      { type: "email", to: ["a@example.com"] },
      { type: "email", to: ["a@example.com"] },
    ],
  ];

  it.each(kinds)("are added, and never show what is a credential: %o", async (settings, shownSettings) => {
    const created = await api.request("POST /api/channels", { key, body: { name: "team", ...settings } });
    const shown = {
      id: expect.any(String),
      name: "team",
      minSeverity: "risky",
      enabled: true,
      createdAt: startedAt,
      updatedAt: startedAt,
      ...shownSettings,
    };
    expect([created.status, created.body]).toEqual([201, { data: shown }]);
    expect((await client.call("listChannels", {})).data).toEqual([shown]);
    expect((await api.channels.list(tenantId, { limit: 1 })).items).toMatchObject([settings]);
  });

  it.each([
    [{ type: "slack", url: "http://10.0.0.1/" }, "url"],
    [{ type: "eventbridge", busArn: `${busArn}-of-somebody` }, "busArn"],
    [{ type: "pagerduty", routingKey: "short" }, "routingKey"],
    [{ type: "email", to: ["nobody"] }, "to.0"],
    [{ type: "email", url: "https://a.example.com/", to: ["a@example.com"] }, "url"],
    [{ type: "fax", url: "https://a.example.com/" }, "type"],
  ])("are refused where they cannot be sent to: %o", async (settings, field) => {
    const { status, error } = await api.request("POST /api/channels", { key, body: { name: "x", ...settings } });
    expect([status, error?.code, error?.field]).toEqual([400, "validation_error", field]);
  });

  it("are refused where the deployment has no way to send to them", async () => {
    const bare = createApiHarness({ alertSenders: { sendsEmail: false, eventBusArns: new Set() } });
    const { key: otherKey } = await bare.createTenant("acme");
    for (const settings of [
      { type: "email", to: ["a@example.com"] },
      { type: "eventbridge", busArn },
    ]) {
      const body = { name: "x", ...settings };
      const { status, error } = await bare.request("POST /api/channels", { key: otherKey, body });
      expect([status, error?.message]).toEqual([400, expect.stringContaining("FOREWARN_ALERT_")]);
    }
  });

  it("keep their kind, and have no setting or secret of another one", async () => {
    const { data } = await client.call("createChannel", { body: { name: "x", type: "email", to: ["a@example.com"] } });
    const line = `PATCH /api/channels/${data.id}`;
    const foreign = await api.request(line, { key, body: { routingKey: "0123456789ABCDEF0123456789ABCDEF" } });
    expect([foreign.status, foreign.error?.field]).toEqual([400, "routingKey"]);
    expect((await api.request(line, { key, body: { type: "slack" } })).error?.field).toBe("type");
    const own = await api.request(line, { key, body: { to: ["b@example.com"], enabled: false } });
    expect(own.body).toMatchObject({ data: { type: "email", to: ["b@example.com"], enabled: false } });
    const rotated = await api.request(`POST /api/channels/${data.id}/rotate-secret`, { key });
    expect([rotated.status, rotated.error?.code]).toEqual([409, "conflict"]);
  });
});

describe("deliveries", () => {
  it("are listed newest first, of one channel where asked", async () => {
    const { channelId = "", deliveryId = "" } = await fillTenant(api, tenantId);
    api.advance(1_000);
    await client.call("testChannel", { params: { channelId } });
    const { data } = await client.call("listDeliveries", {});
    expect(data.map(({ eventType }) => eventType)).toEqual(["channel.test", "api.changed"]);
    expect((await client.call("listDeliveries", { query: { channelId: "other" } })).data).toEqual([]);
    const ofChannel = await client.call("listDeliveries", { query: { channelId } });
    expect(ofChannel.data.map(({ id }) => id)).toEqual([expect.any(String), deliveryId]);
  });

  it("are sent once more under their own id, pending ones too, unless their channel is gone", async () => {
    const { channelId = "", deliveryId = "" } = await fillTenant(api, tenantId);
    const line = `POST /api/deliveries/${deliveryId}/redeliver`;
    for (const redelivered of [await api.request(line, { key }), await api.request(line, { key })]) {
      expect(redelivered.status).toBe(202);
      expect(redelivered.body).toMatchObject({ data: { id: deliveryId, status: "pending" } });
    }
    const sent = { tenantId, deliveryId, delayMs: 0 };
    expect(api.deliveryQueue.sent).toEqual([sent, sent]);
    await client.call("deleteChannel", { params: { channelId } });
    const homeless = await api.request(line, { key });
    expect([homeless.status, homeless.error?.code]).toEqual([409, "conflict"]);
  });
});
