import { beforeEach, describe, expect, it } from "vitest";
import { createFeed, removeFeed } from "../../../cli/commands/feed.ts";
import { createSession } from "../cli/session-fixture.ts";
import { changeEvent, fillTenant } from "./api-fixtures.ts";
import { type ApiHarness, createApiHarness } from "./api-harness.ts";

let api: ApiHarness;
let tenant: Awaited<ReturnType<ApiHarness["createTenant"]>>;
let ids: Record<string, string>;
beforeEach(async () => {
  api = createApiHarness();
  tenant = await api.createTenant("acme");
  ids = await fillTenant(api, tenant.tenantId);
});

const addressOf = async (dependencyId = ids.dependencyId ?? "", { client } = tenant): Promise<string> =>
  (await client.call("createFeed", { params: { dependencyId } })).data.path;
const read = (path: string, headers: Record<string, string> = {}) => api.request(`GET ${path}`, { headers });

describe("a dependency's feed", () => {
  it("is read without a key, and has an entry for each edit with everything that follows from it", async () => {
    const edit = { causeKey: "cause-2", toSnapshotId: "to-2", detectedAt: "2026-03-02T12:00:00.000Z" };
    // The worst one is not the newest one.
    await api.changes.putOnce([
      changeEvent(api, tenant.tenantId, ids.dependencyId ?? "", {
        ...edit,
        severity: "risky",
        summary: "widened a type",
      }),
      changeEvent(api, tenant.tenantId, ids.dependencyId ?? "", {
        ...edit,
        severity: "safe",
        summary: "added a field",
      }),
    ]);
    const { status, headers, text } = await read(await addressOf());
    expect([status, headers["content-type"]]).toEqual([200, "application/atom+xml"]);
    expect(text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\s*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom">/);
    expect(text).toContain("<updated>2026-03-02T12:00:00.000Z</updated>");
    const titles = [...text.matchAll(/<title type="html"><!\[CDATA\[(.*?)\]\]>/g)].map(([, title]) => title);
    expect(titles).toEqual(["risky: widened a type", "breaking: removed the path /pets"]);
    expect(text).toContain("<li>safe: added a field");
  });

  it("is the same until there is another change, and is then not sent again to who has it", async () => {
    const path = await addressOf();
    const { headers } = await read(path);
    const etag = headers.etag ?? "";
    api.advance(3_600_000);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const { status, text, headers: again } = await read(path, { "if-none-match": known });
      expect([status, text, again.etag, again["content-type"]]).toEqual([304, "", etag, undefined]);
    }
    expect((await read(path, { "if-none-match": '"other"' })).status).toBe(200);
    await api.changes.putOnce([changeEvent(api, tenant.tenantId, ids.dependencyId ?? "", { causeKey: "new" })]);
    const changed = await read(path, { "if-none-match": etag });
    expect([changed.status, changed.headers.etag === etag]).toEqual([200, false]);
  });

  it("carries nothing of a document as markup, nor characters that XML cannot hold", async () => {
    const summary = 'removed "]]><script>alert(1)</script>&\u0000\u001b';
    await api.changes.putOnce([changeEvent(api, tenant.tenantId, ids.dependencyId ?? "", { summary, causeKey: "x" })]);
    const { text } = await read(await addressOf());
    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;script&gt;");
    expect(["\u0000", "\u001b"].filter((character) => text.includes(character))).toEqual([]);
  });

  it("shows one dependency alone, under one address at a time, until it is taken away", async () => {
    const stranger = await api.createTenant("stranger");
    const { dependencyId = "" } = await fillTenant(api, stranger.tenantId);
    const foreign = await addressOf(dependencyId, stranger);
    for (const id of Object.values(ids)) expect((await read(foreign)).text).not.toContain(id);
    const first = await addressOf();
    const second = await addressOf();
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
    await tenant.client.call("deleteFeed", { params: { dependencyId: ids.dependencyId ?? "" } });
    expect((await read(second)).status).toBe(404);
    expect((await read(foreign)).status).toBe(200);
    await stranger.client.call("deleteDependency", { params: { dependencyId } });
    expect((await read(foreign)).status).toBe(404);
  });

  it("is not found under what is no address of one, in the same words", async () => {
    const path = await addressOf();
    await tenant.client.call("deleteFeed", { params: { dependencyId: ids.dependencyId ?? "" } });
    const answers = await Promise.all([read(path), read("/api/feeds/fwf_guess")]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.text).not.toContain("fwf_");
  });
});

describe("forewarn feed", () => {
  it("shows the address alone on stdout, and takes it away", async () => {
    const here = await createSession();
    await fillTenant(here.api, here.tenantId);
    await createFeed(here.sessionOf(), { dependency: "pets" });
    const { output } = here.taken();
    expect(output).toMatch(/^https:\/\/api\.example\.com\/api\/feeds\/fwf_[\w-]{43}\n$/);
    const path = output.trim().slice("https://api.example.com".length);
    expect((await here.api.request(`GET ${path}`)).status).toBe(200);
    await removeFeed(here.sessionOf(), { dependency: "pets" });
    expect((await here.api.request(`GET ${path}`)).status).toBe(404);
  });
});
