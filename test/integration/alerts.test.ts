import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let api: ApiClient;
let apiUrl: string;
let endpoint: string;
let origin: OriginServer;

beforeAll(async () => {
  const tenant = cloud?.local.tenants[1];
  const address = cloud?.local.allowedPrivateHosts[6];
  if (cloud === undefined || tenant === undefined || address === undefined) throw new Error("needs the local cloud");
  ({ apiUrl, awsEndpoint: endpoint } = cloud.local);
  api = apiClient(apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
});

afterAll(() => origin?.close());

type Delivery = { id: string; status: string; eventType: string; attempts: { error?: string }[] };

const deliveriesTo = (channelId: string) => api<Delivery[]>("GET", `/api/deliveries?limit=100&channelId=${channelId}`);

/** Waits until every delivery of the channel ended. */
const settled = async (channelId: string): Promise<Delivery[]> => {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const deliveries = await deliveriesTo(channelId);
    if (deliveries.length > 0 && deliveries.every(({ status }) => status !== "pending")) return deliveries;
    if (Date.now() > giveUpAt) throw new Error(`deliveries are still pending: ${JSON.stringify(deliveries)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

describe("alerts of the deployed app", () => {
  it("reach Slack and e-mail by preference, name who is hit, wait in a digest, and are in the feed", async () => {
    const ses = new SESv2Client({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: "forewarn@example.com" })).catch(() => undefined);
    const channel = (body: object) => api<{ id: string }>("POST", "/api/channels", { name: "alerts", ...body });
    origin.answers.set("/slack", serve("ok", { "content-type": "text/html" }));
    const slack = await channel({ type: "slack", url: `${origin.url}/slack`, minSeverity: "breaking" });
    const email = await channel({ type: "email", to: ["team@example.com"], minSeverity: "breaking" });
    const digest = await channel({ url: `${origin.url}/digest` });
    await api("POST", "/api/alert-preferences", { name: "once a day", channels: [digest.id], digest: "daily" });

    origin.answers.set("/pets.json", serve(petDocuments.before));
    const dependency = await addDependency(api, "alerted pets", `${origin.url}/pets.json`);
    const path = `/api/dependencies/${dependency.id}`;
    const calls = [{ consumer: "shop", method: "DELETE", url: "/pets/7" }];
    await api("PUT", `${path}/usage`, { calls, owners: { shop: "payments" } });
    const feed = await api<{ path: string }>("POST", `${path}/feed`);
    origin.answers.set("/pets.json", serve(petDocuments.after));
    const { id } = await api<{ id: string }>("POST", `${path}/sync`);
    expect(await jobEnd(api, id)).toMatchObject({ status: "finished", outcome: "changed" });

    const toSlack = await settled(slack.id);
    expect(new Set(toSlack.map(({ status }) => status))).toEqual(new Set(["sent"]));
    const messages = origin.posted.filter((request) => request.path === "/slack").map(({ body }) => body);
    expect(messages).toHaveLength(toSlack.length);
    expect(messages.join("\n")).toContain("Breaking change in alerted pets");
    expect(messages.join("\n")).toContain("shop (payments): 1 operation");

    expect(new Set((await settled(email.id)).map(({ status }) => status))).toEqual(new Set(["sent"]));
    const mails = await (await fetch(`${endpoint}/_ministack/ses/messages`)).text();
    expect(mails).toContain("[Forewarn] Breaking change in alerted pets");

    expect(new Set((await deliveriesTo(digest.id)).map(({ status }) => status))).toEqual(new Set(["digested"]));
    expect(origin.posted.filter((request) => request.path === "/digest")).toEqual([]);

    const read = await fetch(apiUrl + feed.path);
    expect([read.status, read.headers.get("content-type")]).toEqual([200, "application/atom+xml"]);
    expect(await read.text()).toContain("alerted pets");
    const again = await fetch(apiUrl + feed.path, { headers: { "if-none-match": read.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  });
});
