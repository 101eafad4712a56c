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
    expect([changed.enabled, changed.minSeverity, changed.url]).toEqual([false, "safe", url]);
    await client.call("deleteChannel", { params });
    expect((await api.request(`GET /api/channels/${data.id}`, { key })).status).toBe(404);
  });

  it("sign with the new and the last secret after a rotation", async () => {
    const { data: first } = await client.call("createChannel", { body: { name: "hook", url } });
    const params = { channelId: first.id };
    const { data: second } = await client.call("rotateChannelSecret", { params });
    const { data: third } = await client.call("rotateChannelSecret", { params });
    expect(new Set([first.secret, second.secret, third.secret]).size).toBe(3);
    expect((await api.channels.get(tenantId, first.id))?.secrets).toEqual([third.secret, second.secret]);
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
