import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import * as z from "zod";
import { type ApiClient, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

/** Debian's; another one by its variable. */
const browserPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

const cloud = inject("cloud");
let apiUrl: string;
let tenant: { tenantId: string; apiKey: string };
let api: ApiClient;
let origin: OriginServer;

beforeAll(async () => {
  const [one] = cloud?.local.tenants ?? [];
  const address = cloud?.local.allowedPrivateHosts[24];
  if (cloud === undefined || one === undefined || address === undefined) throw new Error("needs the local cloud");
  apiUrl = cloud.local.apiUrl;
  tenant = one;
  api = apiClient(apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
});
afterAll(() => origin.close());

const headers = () => ({ authorization: `Bearer ${tenant.apiKey}`, "x-tenant-id": tenant.tenantId });

const streamUrlOf = async (runId: string): Promise<string> => {
  const path = `/api/v1/jobengine/runs/${runId}/stream-ticket`;
  const response = await fetch(`${apiUrl}${path}`, { method: "POST", headers: headers() });
  return ((await response.json()) as { data: { url: string } }).data.url;
};

/** A sync whose document comes once `release` is called. */
const heldSync = async (name: string) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  origin.answers.set(`/${name}.json`, async (request, response) => {
    await held;
    serve(petDocuments.before)(request, response);
  });
  const body = { name, specUrl: `${origin.url}/${name}.json` };
  const { activeJobId } = await api<{ activeJobId: string }>("POST", "/api/dependencies", body);
  return { jobId: activeJobId, release };
};

/** What a page keeps of an EventSource. */
const page = `<!doctype html><script>
  window.seen = { events: [], opens: 0 };
  const source = new EventSource(new URLSearchParams(location.search).get("stream"));
  source.onopen = () => { seen.opens += 1; };
  source.addEventListener("first_signal", (event) => {
    const { etag, signal } = JSON.parse(event.data);
    seen.events.push({ id: event.lastEventId, etag, kind: signal.kind });
  });
  window.stateOf = () => ({ ...seen, readyState: source.readyState });
</script>`;
const pageState = z.object({
  events: z.array(z.object({ id: z.string(), etag: z.string(), kind: z.number() })),
  opens: z.number(),
  readyState: z.number(),
});

const closed = 2;
const succeeded = 5;

describe("the stream of a run on the deployed app", () => {
  it.skipIf(!existsSync(browserPath))(
    `is followed by a browser's own EventSource over the server's end of it, to the run's end (needs ${browserPath})`,
    async () => {
      const { jobId, release } = await heldSync("streamed");
      const address = `/page?stream=${encodeURIComponent(await streamUrlOf(jobId))}`;
      origin.answers.set(address, serve(page, { "content-type": "text/html" }));
      const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
      try {
        const tab = await browser.newPage();
        await tab.goto(`${origin.url}${address}`);
        const state = async () => pageState.parse(await tab.evaluate("stateOf()"));
        // The server ended the first stream; nothing that was told is told again.
        await expect.poll(async () => (await state()).opens, { timeout: 60_000, interval: 250 }).toBeGreaterThan(1);
        release();
        await expect.poll(async () => (await state()).readyState, { timeout: 90_000, interval: 250 }).toBe(closed);
        const { events } = await state();
        expect(events.at(-1)?.kind).toBe(succeeded);
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        for (const { id, etag } of events) expect(id).toBe(etag);
      } finally {
        await browser.close();
      }
    },
  );

  it("tells others everything while clients that read nothing hold theirs open", async () => {
    const { jobId, release } = await heldSync("watched");
    const url = new URL(await streamUrlOf(jobId));
    const idle = await Promise.all([1, 2, 3].map(() => openWithoutReading(url)));
    try {
      const response = await fetch(url);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/event-stream; charset=utf-8",
      ]);
      const first = await response.text();
      expect(first).toMatch(/^retry: 2000\n\nid: W\/"[0-9a-f]{32}"\nevent: first_signal\ndata: \{/);
      expect(first).toContain(": heartbeat\n\n");
      release();
      await jobEnd(api, jobId);
      const last = /^id: (.*)$/gm.exec(first)?.[1] ?? "";
      const rest = await fetch(url, { headers: { "last-event-id": last } });
      const told = await rest.text();
      expect(told).toContain(`"kind":${succeeded}`);
      const end = [...told.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "";
      expect((await fetch(url, { headers: { "last-event-id": end } })).status).toBe(204);
    } finally {
      for (const socket of idle) socket.destroy();
    }
  });

  it("is reached by its documented path too, and shown to nobody without a key", async () => {
    const { jobId, release } = await heldSync("led");
    release();
    await jobEnd(api, jobId);
    const path = `/api/v1/jobengine/stream/runs/${jobId}`;
    const followed = await fetch(`${apiUrl}${path}`, { headers: headers() });
    expect([followed.status, await followed.text()]).toEqual([200, expect.stringContaining(`"kind":${succeeded}`)]);
    const { origin: host, pathname } = new URL(followed.url);
    const direct = (own: Record<string, string>) => fetch(`${host}${pathname}`, { headers: own });
    expect((await direct({})).status).toBe(401);
    expect((await direct({ authorization: headers().authorization })).status).toBe(400);
    expect(await (await direct(headers())).text()).toContain(`"kind":${succeeded}`);
  });
});

const openWithoutReading = (url: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.pause();
      socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n\r\n`);
      resolve(socket);
    });
    socket.on("error", reject);
  });
