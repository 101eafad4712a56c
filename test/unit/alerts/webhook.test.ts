import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { buildApiChangedPayload, buildChannelTestPayload } from "../../../shared/alerts/alert-event.ts";
import type { WebhookChannel } from "../../../shared/alerts/channel.ts";
import { sendWebhook, signWebhook } from "../../../shared/alerts/channel-kinds/webhook.ts";
import { publicOnlyPolicy } from "../../../shared/net/address-guard.ts";
import { createGuardedPost } from "../../../shared/net/guarded-post.ts";
import { serve } from "../net/local-server.ts";
import { newSecret, oldSecret, sampleChange, sampleDelivery } from "./sample-alert.ts";

/** The receiving library compares the timestamp with its own clock. */
const sentAtMs = Date.now();
const payload = buildApiChangedPayload(sampleDelivery(), [sampleChange()], sentAtMs, "https://forewarn.example/c");
const delivery = { id: sampleDelivery().id, payload: JSON.stringify(payload) };

/** A receiver as its operator would write it: checks with `secret`, remembers ids, answers `status`. */
async function startReceiver(secret: string, status = 204) {
  const messages: { id: unknown; message: unknown }[] = [];
  const server = await serve(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      messages.push({ id: headers["webhook-id"], message: new Webhook(secret).verify(body, headers) });
      response.writeHead(status).end();
    } catch (error) {
      response.writeHead(401).end(String(error));
    }
  });
  const policy = { ...publicOnlyPolicy, allowedPrivateHosts: new Set([server.hostAndPort]) };
  const deps = { post: createGuardedPost({ policy, now: () => sentAtMs }), nowMs: () => sentAtMs };
  const channel = (secrets: string[]): Pick<WebhookChannel, "url" | "secrets"> => ({
    url: `${server.origin}/hook`,
    secrets,
  });
  return { messages, channel, deps, requests: server.requests };
}

test("a delivery arrives, is verified by the receiver's library and reads as it was planned", async () => {
  const { messages, channel, deps, requests } = await startReceiver(newSecret);
  expect(await sendWebhook(delivery, channel([newSecret]), deps)).toEqual({
    verdict: { verdict: "delivered" },
    statusCode: 204,
    responseExcerpt: "",
    elapsedMs: 0,
  });
  expect(messages).toEqual([{ id: delivery.id, message: payload }]);
  expect(requests[0]?.headers["content-type"]).toBe("application/json");
});

test("a test message arrives the same way", async () => {
  const { messages, channel, deps } = await startReceiver(newSecret);
  const testPayload = buildChannelTestPayload("ten_1", "chn_1", sentAtMs);
  await sendWebhook({ id: "dlv_test", payload: JSON.stringify(testPayload) }, channel([newSecret]), deps);
  expect(messages).toEqual([{ id: "dlv_test", message: testPayload }]);
});

test.each([
  ["old", oldSecret],
  ["new", newSecret],
])("during a rotation a receiver that knows the %s secret accepts the message", async (_, known) => {
  const { messages, channel, deps } = await startReceiver(known);
  await sendWebhook(delivery, channel([newSecret, oldSecret]), deps);
  expect(messages).toEqual([{ id: delivery.id, message: payload }]);
});

test("a receiver with another secret refuses the message, and the log shows its words", async () => {
  const { messages, channel, deps } = await startReceiver(oldSecret);
  expect(await sendWebhook(delivery, channel([newSecret]), deps)).toEqual({
    verdict: {
      verdict: "permanent",
      reason:
        "The receiver answered 401: it refuses the message. Check the URL and whether it verifies with the secret of this channel.",
    },
    statusCode: 401,
    responseExcerpt: "WebhookVerificationError: No matching signature found",
    elapsedMs: 0,
  });
  expect(messages).toEqual([]);
});

test("each attempt has the same id and the same body under a new time", async () => {
  const { messages, channel, deps, requests } = await startReceiver(newSecret, 500);
  await sendWebhook(delivery, channel([newSecret]), deps);
  await sendWebhook(delivery, channel([newSecret]), { ...deps, nowMs: () => sentAtMs + 5_000 });
  expect(messages).toEqual([
    { id: delivery.id, message: payload },
    { id: delivery.id, message: payload },
  ]);
  const seconds = Math.floor(sentAtMs / 1000);
  expect(requests.map(({ headers }) => headers["webhook-timestamp"])).toEqual([String(seconds), String(seconds + 5)]);
});

test("a receiver that answers 410 wants nothing more", async () => {
  const { channel, deps } = await startReceiver(newSecret, 410);
  expect(await sendWebhook(delivery, channel([newSecret]), deps)).toMatchObject({
    verdict: { verdict: "gone", reason: "The receiver answered 410: it wants no more messages." },
    statusCode: 410,
  });
});

test("a channel at a private address gets nothing, and the reason is returned", async () => {
  const deps = { post: createGuardedPost({ policy: publicOnlyPolicy }), nowMs: () => sentAtMs };
  expect(await sendWebhook(delivery, { url: "http://169.254.169.254/", secrets: [newSecret] }, deps)).toEqual({
    verdict: {
      verdict: "permanent",
      reason: "169.254.169.254 is not an address on the public internet (linkLocal).",
    },
    elapsedMs: 0,
  });
});

test("what is not an error of the exchange is not taken for one", async () => {
  const bug = new TypeError("post is broken");
  const deps = { post: () => Promise.reject(bug), nowMs: () => sentAtMs };
  await expect(sendWebhook(delivery, { url: "https://a.example/", secrets: [newSecret] }, deps)).rejects.toBe(bug);
});

test("there is one signature for each of the two newest secrets", () => {
  const headers = signWebhook("msg_1", "{}", [newSecret, oldSecret, newSecret], 1_700_000_000_999);
  const signature = (secret: string) => new Webhook(secret).sign("msg_1", new Date(1_700_000_000_000), "{}");
  expect(headers).toEqual({
    "webhook-id": "msg_1",
    "webhook-timestamp": "1700000000",
    "webhook-signature": `${signature(newSecret)} ${signature(oldSecret)}`,
  });
});
