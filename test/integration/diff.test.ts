import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createApiClient } from "../../cli/client/api-client.ts";
import { compare } from "../../cli/library/forewarn.ts";
import { apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

const cloud = inject("cloud");
let apiUrl: string;
let origin: OriginServer;
let own: string;
let strangers: string;

beforeAll(async () => {
  const [one, two] = cloud?.local.tenants ?? [];
  const address = cloud?.local.allowedPrivateHosts[4];
  if (cloud === undefined || one === undefined || two === undefined || address === undefined) {
    throw new Error("needs the local cloud");
  }
  apiUrl = cloud.local.apiUrl;
  [own, strangers] = [one.apiKey, two.apiKey];
  origin = await startOriginServer(address);
});
afterAll(() => origin?.close());

const post = async (key: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${apiUrl}/api/diff`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const { before, after } = petDocuments;
const today = new Date().toISOString().slice(0, 10);
const bare = (changes: { findings: { ruleId: string; message: string }[] }) =>
  changes.findings.map(({ ruleId, message }) => ({ ruleId, message }));

describe("the deployed POST /api/diff", () => {
  it("compares two documents, one that is sent and one that it fetches, and reports as it is asked to", async () => {
    origin.answers.set("/new.json", serve(after));
    const sides = { before: { document: before }, after: { url: `${origin.url}/new.json` } };
    const { data } = await createApiClient({ apiUrl, apiKey: own }).call("diff", { body: sides });
    expect(bare(data.changes)).toEqual(bare(compare(before, after, { today })));
    const page = await post(own, sides, { accept: "text/html" });
    expect([page.status, page.headers.get("content-type"), page.headers.get("forewarn-passed")]).toEqual([
      200,
      "text/html; charset=utf-8",
      "false",
    ]);
    expect(page.text).toMatch(/^<!doctype html>/);
  });

  it("compares with the snapshot that a sync stored, of its own tenant alone", async () => {
    const api = apiClient(apiUrl, own);
    const client = createApiClient({ apiUrl, apiKey: own });
    const { data: added } = await client.call("createDependency", { body: { name: "gate", upload: before } });
    expect(await jobEnd(api, added.activeJobId ?? "")).toMatchObject({ outcome: "baseline" });
    const sides = { before: { dependencyId: added.id }, after: { document: after } };
    const { data } = await client.call("diff", { body: sides });
    expect(bare(data.changes)).toEqual(bare(compare(before, after, { today })));
    const foreign = await post(strangers, sides);
    expect([foreign.status, JSON.parse(foreign.text).error.field]).toEqual([404, "before.dependencyId"]);
  });

  it("reaches no private address", async () => {
    for (const url of ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/", "http://localhost/"]) {
      const reply = await post(own, { before: { url }, after: { document: after } });
      expect([reply.status, JSON.parse(reply.text).error.field], url).toEqual([400, "before.url"]);
    }
  });

  it("takes two documents of 4 MB, which come compressed, and answers a long report compressed", async () => {
    const specOf = (version: "old" | "new") =>
      gunzipSync(readFileSync(new URL(`../fixtures/specs/stripe-adj/${version}.json.gz`, import.meta.url))).toString();
    const [old, fresh] = [specOf("old"), specOf("new")];
    const body = { before: { document: old, name: "old.json" }, after: { document: fresh, name: "new.json" } };
    const { data } = await createApiClient({ apiUrl, apiKey: own, retryDelaysMs: [] }).call("diff", { body });
    const options = { today, sourceBefore: "old.json", sourceAfter: "new.json" };
    expect(data.changes).toEqual(JSON.parse(JSON.stringify(compare(old, fresh, options))));
  });
});
