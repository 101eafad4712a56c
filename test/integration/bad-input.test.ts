import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";
import { petDocuments } from "./pet-documents.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Snapshot = { id: string; warningCount: number; operationCount: number };

const cloud = inject("cloud");
let api: ApiClient;
let origin: OriginServer;

beforeAll(async () => {
  const tenant = cloud?.local.tenants[0];
  const address = cloud?.local.allowedPrivateHosts[1];
  if (cloud === undefined || tenant === undefined || address === undefined) throw new Error("needs the local cloud");
  api = apiClient(cloud.local.apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
});

afterAll(() => origin?.close());

/** Saves a dependency on a document that is answered like this, and waits for its first sync's end. */
const syncOf = async (name: string, answer: Answer) => {
  const path = `/${encodeURIComponent(name)}.json`;
  origin.answers.set(path, answer);
  return addDependency(api, name, `${origin.url}${path}`);
};

const snapshotsOf = (id: string) => api<Snapshot[]>("GET", `/api/dependencies/${id}/snapshots`);
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(code, headers).end();
  };

/** Ten documents' worth of aliases of aliases: a few hundred bytes that would be a billion nodes. */
const aliasBomb = ["openapi: 3.0.3", "info: {title: bomb, version: '1'}", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
  .concat(Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(", ")}]`))
  .concat("paths: {}")
  .join("\n");

const hugeDocument: Answer = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const mebibyte = Buffer.alloc(2 ** 20, " ");
  let sent = 0;
  const more = () => {
    while (sent < 60 && !response.destroyed) {
      sent += 1;
      if (response.write(mebibyte)) continue;
      response.once("drain", more);
      return;
    }
    response.end("{}");
  };
  more();
};

const refused: { name: string; answer: Answer; error: string; message: RegExp }[] = [
  {
    name: "a redirect to a private address",
    answer: status(302, { location: "http://169.254.169.254/latest/meta-data/" }),
    error: "PrivateAddressError",
    message: /169\.254\.169\.254/,
  },
  { name: "a 404", answer: status(404), error: "UpstreamNotFoundError", message: /404/ },
  { name: "a 403", answer: status(403), error: "UpstreamRefusedError", message: /403/ },
  {
    name: "an HTML login page",
    answer: serve("<!doctype html><html><title>Sign in</title></html>", { "content-type": "text/html" }),
    error: "HtmlPageError",
    message: /HTML/,
  },
  { name: "an empty body", answer: serve(""), error: "EmptyDocumentError", message: /empty/ },
  {
    name: "truncated JSON",
    answer: serve(petDocuments.before.slice(0, 300)),
    error: "InvalidDocumentError",
    message: /truncated.*line 1|line 1.*truncated/,
  },
  {
    name: "a YAML alias bomb",
    answer: serve(aliasBomb, { "content-type": "application/yaml" }),
    error: "DocumentTooComplexError",
    message: /alias/,
  },
  { name: "a body of 60 MB", answer: hugeDocument, error: "BodyTooLargeError", message: /50 MiB/ },
  {
    name: "a document without paths",
    answer: serve('{"openapi":"3.0.3","info":{"title":"t","version":"1"}}'),
    error: "InvalidDocumentError",
    message: /paths/,
  },
  {
    name: "JSON that is no API description",
    answer: serve('{"error":"not authorised"}'),
    error: "UnsupportedDocumentError",
    message: /not an OpenAPI/i,
  },
];

const unfetchable: { name: string; specUrl: string }[] = [
  { name: "no URL at all", specUrl: "not a url" },
  { name: "a file", specUrl: "file:///etc/passwd" },
  { name: "loopback", specUrl: "http://127.0.0.1/openapi.json" },
  { name: "loopback in decimal", specUrl: "http://2130706433/openapi.json" },
  { name: "loopback in hex", specUrl: "http://0x7f.1/openapi.json" },
  { name: "IPv6 loopback", specUrl: "http://[::1]/openapi.json" },
  { name: "IPv4 mapped into IPv6", specUrl: "http://[::ffff:10.0.0.1]/openapi.json" },
  { name: "the metadata service", specUrl: "http://169.254.169.254/latest/meta-data" },
  { name: "a name of this machine", specUrl: "http://localhost/openapi.json" },
];

describe("a URL that may not be fetched", () => {
  it.each(unfetchable)("is refused with 400 when it is saved: $name", async ({ specUrl }) => {
    const saving = api("POST", "/api/dependencies", { name: "refused", specUrl });
    await expect(saving).rejects.toThrow(/answered 400: .*"validation_error".*"field":"specUrl"/);
  });
});

describe("a document that cannot be used", () => {
  it.concurrent.each(refused)(
    "fails the sync with its reason, and is no snapshot: $name",
    async ({ name, answer, error, message }) => {
      const { id, job } = await syncOf(name, answer);
      expect(job).toMatchObject({
        status: "failed",
        errors: [{ name: error, message: expect.stringMatching(message) }],
      });
      expect(await snapshotsOf(id)).toEqual([]);
    },
  );

  it("is told once and counted once on the dependency's health", async () => {
    const { id } = await syncOf("counted", status(404));
    const { health } = await api<{ health: { consecutiveFailures: number; status: string } }>(
      "GET",
      `/api/dependencies/${id}`,
    );
    expect(health).toMatchObject({ status: "healthy", consecutiveFailures: 1 });
  });
});

describe("a document that comes in the end", () => {
  it("is taken after a 500 that passes", async () => {
    let requests = 0;
    const { job } = await syncOf("500 then fine", (request, response) => {
      requests += 1;
      if (requests === 1) status(500)(request, response);
      else serve(petDocuments.before)(request, response);
    });
    expect(job).toMatchObject({
      status: "finished",
      outcome: "baseline",
      errors: [{ name: "UpstreamUnavailableError" }],
    });
  });

  it("is waited for as long as a 429 asks, which is no failure", async () => {
    const times: number[] = [];
    const { job } = await syncOf("429 then fine", (request, response) => {
      times.push(Date.now());
      if (times.length === 1) status(429, { "retry-after": "2" })(request, response);
      else serve(petDocuments.before)(request, response);
    });
    expect(job).toMatchObject({ status: "finished", outcome: "baseline", errors: [] });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_900);
  });

  it("may have a wrong content type", async () => {
    const { job } = await syncOf(
      "wrong type",
      serve(petDocuments.before, { "content-type": "text/html; charset=utf-8" }),
    );
    expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
  });

  it("may have a dangling $ref or duplicate keys: they are warnings", async () => {
    const dangling = petDocuments.before.replace("#/components/schemas/Pet", "#/components/schemas/Gone");
    const doubled = petDocuments.before.replace('"version":"1.0.0"', '"version":"0.9.0","version":"1.0.0"');
    for (const [name, document] of [
      ["dangling", dangling],
      ["doubled", doubled],
    ] as const) {
      const { id, job } = await syncOf(name, serve(document));
      expect(job, name).toMatchObject({ status: "finished", outcome: "baseline" });
      const [snapshot] = await snapshotsOf(id);
      expect(snapshot?.warningCount, name).toBeGreaterThan(0);
    }
  });

  it("makes no second snapshot and no change while it means the same", async () => {
    const { id } = await syncOf("unchanged", serve(petDocuments.before));
    const reordered = JSON.stringify(JSON.parse(petDocuments.before), undefined, 2);
    origin.answers.set("/unchanged.json", serve(reordered));
    const { id: jobId } = await api<{ id: string }>("POST", `/api/dependencies/${id}/sync`);
    expect(await jobEnd(api, jobId)).toMatchObject({ status: "finished", outcome: "unchanged" });
    expect(await snapshotsOf(id)).toHaveLength(1);
    expect(await api("GET", `/api/dependencies/${id}/changes`)).toEqual([]);
  });

  it("keeps its snapshots when it is deleted upstream, and goes on once it is back", async () => {
    const { id } = await syncOf("deleted", serve(petDocuments.before));
    const sync = async () => jobEnd(api, (await api<{ id: string }>("POST", `/api/dependencies/${id}/sync`)).id);
    origin.answers.set("/deleted.json", status(410));
    expect(await sync()).toMatchObject({ status: "failed", errors: [{ name: "UpstreamNotFoundError" }] });
    expect(await snapshotsOf(id)).toHaveLength(1);
    origin.answers.set("/deleted.json", serve(petDocuments.after));
    expect(await sync()).toMatchObject({ status: "finished", outcome: "changed" });
    const { health } = await api<{ health: unknown }>("GET", `/api/dependencies/${id}`);
    expect(health).toMatchObject({ status: "healthy", consecutiveFailures: 0 });
  });
});
