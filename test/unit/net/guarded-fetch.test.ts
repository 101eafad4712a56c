import { once } from "node:events";
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { publicOnlyPolicy } from "../../../shared/net/address-guard.ts";
import {
  BodyTooLargeError,
  FetchTimedOutError,
  HeaderRefusedError,
  HostNotFoundError,
  PrivateAddressError,
  TlsFailedError,
  TooManyRedirectsError,
  TruncatedBodyError,
  UnreadableBodyError,
  UpstreamNotFoundError,
  UpstreamRefusedError,
  UpstreamUnavailableError,
  UrlRefusedError,
} from "../../../shared/net/errors.ts";
import type { Lookup } from "../../../shared/net/guarded-connector.ts";
import { createGuardedFetch, type FetchRequest, type GuardedFetchOptions } from "../../../shared/net/guarded-fetch.ts";
import { exampleCertificate } from "./example-certificate.ts";
import { serve, serveTls } from "./local-server.ts";

// One file above the usual length: a case for each way in which a server or an address can harm the one client.

const nowMs = Date.parse("2026-03-01T12:00:00Z");
const document = '{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}}';
const loopbackLookup: Lookup = async () => [{ address: "127.0.0.1", family: 4 }];

/** A guarded fetch that may reach `hostsAndPorts` and sees a stopped clock. */
const fetchAllowing = (hostsAndPorts: string[], options: Partial<GuardedFetchOptions> = {}) =>
  createGuardedFetch({
    policy: { ...publicOnlyPolicy, allowedPrivateHosts: new Set(hostsAndPorts) },
    now: () => nowMs,
    ...options,
  });

/** Serves `answer` and fetches `/openapi.json` from it. */
async function fetchFrom(
  answer: RequestListener,
  options: Partial<GuardedFetchOptions> = {},
  request: Partial<FetchRequest> = {},
) {
  const server = await serve(answer);
  const url = `${server.origin}/openapi.json`;
  const outcome = fetchAllowing([server.hostAndPort], options)({ url, ...request });
  // The caller awaits it; until then a failure is not unhandled.
  outcome.catch(() => undefined);
  return { server, url, outcome };
}

const text = (outcome: { outcome: string; body?: Uint8Array }) => new TextDecoder().decode(outcome.body);

describe("a document", () => {
  test("comes back with everything that is known about it", async () => {
    const { outcome, url, server } = await fetchFrom((_, response) => {
      response.setHeader("content-type", "application/json");
      response.setHeader("etag", '"7"');
      response.setHeader("last-modified", "Sun, 01 Mar 2026 10:00:00 GMT");
      response.end(document);
    });
    expect(await outcome).toEqual({
      outcome: "body",
      body: Buffer.from(document),
      finalUrl: url,
      status: 200,
      contentType: "application/json",
      etag: '"7"',
      lastModified: "Sun, 01 Mar 2026 10:00:00 GMT",
      elapsedMs: 0,
      redirects: [],
    });
    expect(server.requests.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      {
        method: "GET",
        url: "/openapi.json",
        headers: {
          host: server.hostAndPort,
          connection: "close",
          accept: "application/json, application/yaml, text/yaml, */*;q=0.5",
          "user-agent": "Forewarn/0.1 (+https://github.com/forewarn)",
          "accept-encoding": "zstd, br, gzip",
        } satisfies IncomingHttpHeaders,
      },
    ]);
  });

  test("is accepted with a wrong content type", async () => {
    const { outcome } = await fetchFrom((_, response) => {
      response.setHeader("content-type", "image/png");
      response.end(document);
    });
    expect(text(await outcome)).toBe(document);
  });

  test.each([
    ["gzip", gzipSync(document)],
    ["x-gzip", gzipSync(document)],
    ["br", brotliCompressSync(document)],
    ["zstd", zstdCompressSync(document)],
    ["deflate", deflateSync(document)],
    ["deflate", deflateRawSync(document)],
    ["gzip, br", brotliCompressSync(gzipSync(document))],
    ["identity", Buffer.from(document)],
  ])("is decompressed from %s", async (coding, bytes) => {
    const { outcome } = await fetchFrom((_, response) => {
      response.setHeader("content-encoding", coding);
      response.end(bytes);
    });
    expect(text(await outcome)).toBe(document);
  });

  test("that has the validators we hold is not sent again", async () => {
    const { outcome, server } = await fetchFrom(
      (_, response) => response.writeHead(304, { etag: '"8"' }).end(),
      {},
      { etag: '"7"', lastModified: "Sun, 01 Mar 2026 10:00:00 GMT" },
    );
    expect(await outcome).toEqual({ outcome: "notModified", etag: '"8"' });
    expect(server.requests[0]?.headers).toMatchObject({
      "if-none-match": '"7"',
      "if-modified-since": "Sun, 01 Mar 2026 10:00:00 GMT",
    });
  });

  test("that is empty is handed over as no bytes, compressed or not", async () => {
    const plain = await fetchFrom((_, response) => response.end());
    expect(text(await plain.outcome)).toBe("");
    const gzipped = await fetchFrom((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end());
    expect(text(await gzipped.outcome)).toBe("");
  });

  test("comes from the name's checked address with the name in TLS and Host", async () => {
    const servernames: unknown[] = [];
    const server = await serveTls((request, response) => {
      servernames.push("servername" in request.socket ? request.socket.servername : undefined);
      response.end(document);
    });
    const hostAndPort = `api.example.test:${server.port}`;
    const options = { lookup: loopbackLookup, trustedCertificates: [exampleCertificate.cert] };
    const outcome = await fetchAllowing([hostAndPort], options)({ url: `https://${hostAndPort}/` });
    expect(text(outcome)).toBe(document);
    expect(servernames).toEqual(["api.example.test"]);
    expect(server.requests[0]?.headers.host).toBe(hostAndPort);
  });

  test("comes from the next address when the first is dead", async () => {
    const server = await serve((_, response) => response.end(document));
    const hostAndPort = `api.example.test:${server.port}`;
    const lookup: Lookup = async () => [
      { address: "::1", family: 6 },
      { address: "127.0.0.99", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    const outcome = await fetchAllowing([hostAndPort], { lookup, connectTimeoutMs: 2000 })({
      url: `http://${hostAndPort}/`,
    });
    expect(text(outcome)).toBe(document);
  });
});

describe("a name", () => {
  const fetchResolving = (lookup: Lookup) =>
    createGuardedFetch({ policy: publicOnlyPolicy, lookup })({ url: "https://api.example.test/openapi.json" });
  const failingLookup =
    (code: string): Lookup =>
    async () => {
      throw Object.assign(new Error(code), { code });
    };

  test.each([
    ["10.0.0.7", "private"],
    ["127.0.0.1", "loopback"],
    ["169.254.169.254", "linkLocal"],
    ["::1", "loopback"],
    ["::ffff:10.0.0.7", "private"],
    ["fe80::1%eth0", "linkLocal"],
  ])("that resolves to %s is refused", async (address, range) => {
    await expect(fetchResolving(async () => [{ address, family: address.includes(":") ? 6 : 4 }])).rejects.toEqual(
      new PrivateAddressError(
        `api.example.test resolves to ${address}, which is not an address on the public internet (${range}).`,
      ),
    );
  });

  test("that resolves to a public and a private address is refused whole", async () => {
    const lookup: Lookup = async () => [
      { address: "93.184.216.34", family: 4 },
      { address: "192.168.0.10", family: 4 },
    ];
    await expect(fetchResolving(lookup)).rejects.toEqual(
      new PrivateAddressError(
        "api.example.test resolves to 192.168.0.10, which is not an address on the public internet (private).",
      ),
    );
  });

  test("that is asked once cannot answer differently for the connection", async () => {
    const server = await serve((_, response) => response.end(document));
    const hostAndPort = `api.example.test:${server.port}`;
    let questions = 0;
    const lookup: Lookup = async () => {
      questions += 1;
      return [{ address: questions === 1 ? "127.0.0.1" : "127.0.0.99", family: 4 }];
    };
    await fetchAllowing([hostAndPort], { lookup })({ url: `http://${hostAndPort}/` });
    expect(questions).toBe(1);
  });

  test("that does not exist is a permanent failure", async () => {
    await expect(fetchResolving(failingLookup("ENOTFOUND"))).rejects.toEqual(new HostNotFoundError("api.example.test"));
  });

  test("that cannot be resolved at the moment is a retryable one", async () => {
    const failure = await fetchResolving(failingLookup("EAI_AGAIN")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UpstreamUnavailableError);
    expect(failure).toMatchObject({
      kind: "retryable",
      message: "The name api.example.test cannot be resolved at the moment (EAI_AGAIN).",
    });
  });
});

describe("a redirect", () => {
  const redirectTo =
    (location: string, status = 302): RequestListener =>
    (_, response) =>
      response.writeHead(status, { location }).end("moved");

  test.each([301, 302, 303, 307, 308])("with %i is followed", async (status) => {
    const { outcome, server } = await fetchFrom((request, response) => {
      if (request.url === "/v2.json?x=1") response.end(document);
      else redirectTo("v2.json?x=1#top", status)(request, response);
    });
    const finalUrl = `${server.origin}/v2.json?x=1`;
    expect(await outcome).toMatchObject({ outcome: "body", finalUrl, redirects: [finalUrl] });
  });

  test.each([
    ["http://10.0.0.1/", "10.0.0.1 is not an address on the public internet (private)."],
    ["http://0x7f.1/", "127.0.0.1 is not an address on the public internet (loopback)."],
    ["http://[::ffff:a9fe:a9fe]/", "::ffff:a9fe:a9fe is not an address on the public internet (linkLocal)."],
    ["//169.254.169.254/latest/", "169.254.169.254 is not an address on the public internet (linkLocal)."],
    ["http://localhost/", "localhost is a name of a private network, not of a public host."],
  ])("to the private address %s is refused", async (location, reason) => {
    const { outcome, url } = await fetchFrom(redirectTo(location));
    await expect(outcome).rejects.toEqual(new PrivateAddressError(reason, { redirectedFrom: url }));
  });

  test("to a name that resolves to a private address is refused", async () => {
    const lookup: Lookup = async () => [{ address: "10.0.0.9", family: 4 }];
    const { outcome, url } = await fetchFrom(redirectTo("http://api.example.test/"), { lookup });
    await expect(outcome).rejects.toEqual(
      new PrivateAddressError(
        "api.example.test resolves to 10.0.0.9, which is not an address on the public internet (private).",
        { redirectedFrom: url },
      ),
    );
  });

  test.each([
    ["file:///etc/passwd", "Only http and https URLs are fetched, not file."],
    ["http://8.8.8.8:22/", "Port 22 is not fetched from; allowed are 80, 443, 8080, 8443."],
    ["http://a:b@8.8.8.8/", "The URL contains a user name or password. Send credentials in a header."],
    ["http://[::", '"http://[::" is not a URL.'],
  ])("to %s is refused", async (location, reason) => {
    const { outcome, url } = await fetchFrom(redirectTo(location));
    await expect(outcome).rejects.toEqual(new UrlRefusedError(reason, { redirectedFrom: url }));
  });

  test("from https to http is refused", async () => {
    const plain = await serve((_, response) => response.end(document));
    const secure = await serveTls(redirectTo(`${plain.origin}/`));
    const hostAndPort = `api.example.test:${secure.port}`;
    const options = { lookup: loopbackLookup, trustedCertificates: [exampleCertificate.cert] };
    const url = `https://${hostAndPort}/`;
    await expect(fetchAllowing([hostAndPort, plain.hostAndPort], options)({ url })).rejects.toEqual(
      new UrlRefusedError("A redirect from https to http would give up the encryption.", { redirectedFrom: url }),
    );
    expect(plain.requests).toEqual([]);
  });

  test("too many of them end with the limit named", async () => {
    const { outcome, url, server } = await fetchFrom(redirectTo("/openapi.json"), { maxRedirects: 2 });
    await expect(outcome).rejects.toEqual(new TooManyRedirectsError(url, 2));
    expect(new TooManyRedirectsError("https://a.example/", 2).message).toBe(
      "https://a.example/ redirected more than 2 times. Give the URL that the redirects end at.",
    );
    expect(server.requests).toHaveLength(3);
  });

  test("without a location is refused", async () => {
    const { outcome, url } = await fetchFrom((_, response) => response.writeHead(302).end());
    await expect(outcome).rejects.toEqual(new UpstreamRefusedError(url, 302, "a redirect that does not say where to."));
  });

  test("keeps headers on the same origin and drops every one of them for good at another", async () => {
    const headers = { Authorization: "Bearer secret", "X-Api-Key": "k", Cookie: "c=1" };
    const sentSecrets = ({ headers }: { headers: IncomingHttpHeaders }) =>
      Object.keys(headers).filter((name) => ["authorization", "x-api-key", "cookie"].includes(name));

    const foreign = await serve((_, response) => response.writeHead(302, { location: `${home.origin}/back` }).end());
    const home = await serve((request, response) => {
      if (request.url === "/back") response.end(document);
      else response.writeHead(302, { location: request.url === "/a" ? "/b" : `${foreign.origin}/` }).end();
    });
    const fetchGuarded = fetchAllowing([home.hostAndPort, foreign.hostAndPort]);
    expect(text(await fetchGuarded({ url: `${home.origin}/a`, headers, etag: '"1"' }))).toBe(document);

    const secretNames = ["authorization", "x-api-key", "cookie"];
    expect(home.requests.map(sentSecrets)).toEqual([secretNames, secretNames, []]);
    expect(foreign.requests.map(sentSecrets)).toEqual([[]]);
    expect(foreign.requests[0]?.headers["if-none-match"]).toBe('"1"');
  });

  test("that loses the credentials says so when the other origin wants some", async () => {
    const foreign = await serve((_, response) => response.writeHead(401).end());
    const home = await serve(redirectTo(`${foreign.origin}/doc`));
    const fetchGuarded = fetchAllowing([home.hostAndPort, foreign.hostAndPort]);
    await expect(fetchGuarded({ url: home.origin, headers: { authorization: "Bearer s" } })).rejects.toThrow(
      `${foreign.origin}/doc answered 401: it wants credentials. Set an authorization header for this dependency, or ` +
        "give a public URL. Headers are not sent on when a redirect leads to another origin: give this address itself.",
    );
  });
});

describe("an answer with status", () => {
  const answering =
    (status: number, headers: Record<string, string> = {}): RequestListener =>
    (_, response) =>
      response.writeHead(status, headers).end(status === 304 ? undefined : "sorry");

  test.each([
    [404, "answered 404: there is no document at this URL. Check whether it was moved or deleted."],
    [410, "answered 410: the document was withdrawn for good. Give its new URL."],
  ])("%i means that the document is gone", async (status, reason) => {
    const { outcome, url } = await fetchFrom(answering(status));
    await expect(outcome).rejects.toEqual(new UpstreamNotFoundError(url, status));
    await expect(outcome).rejects.toMatchObject({ kind: "permanent", message: `${url} ${reason}` });
  });

  test.each([
    [400, "it refuses the request."],
    [401, "it wants credentials. Set an authorization header for this dependency, or give a public URL."],
    [403, "access is denied. Check the credentials of this dependency, and whether the document is public."],
    [451, "the document is withheld for legal reasons."],
  ])("%i is a refusal", async (status, reason) => {
    const { outcome, url } = await fetchFrom(answering(status));
    await expect(outcome).rejects.toEqual(new UpstreamRefusedError(url, status, reason));
    await expect(outcome).rejects.toMatchObject({ kind: "permanent" });
  });

  test.each([
    [500, "the server has a problem"],
    [502, "the server has a problem"],
    [408, "it cannot answer at the moment"],
    [304, "it cannot answer at the moment"],
  ])("%i may pass", async (status, reason) => {
    const { outcome, url } = await fetchFrom(answering(status));
    await expect(outcome).rejects.toEqual(
      new UpstreamUnavailableError(`${url} answered ${status}: ${reason}.`, { status }),
    );
    await expect(outcome).rejects.toMatchObject({ kind: "retryable" });
  });

  test("503 carries the Retry-After of the server", async () => {
    const { outcome } = await fetchFrom(answering(503, { "retry-after": "30" }));
    await expect(outcome).rejects.toMatchObject({ kind: "retryable", status: 503, retryAtMs: nowMs + 30_000 });
  });

  test("500 and then 200 is fine at the next attempt", async () => {
    let requests = 0;
    const server = await serve((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? 500 : 200).end(document);
    });
    const fetchGuarded = fetchAllowing([server.hostAndPort]);
    await expect(fetchGuarded({ url: server.origin })).rejects.toBeInstanceOf(UpstreamUnavailableError);
    expect(text(await fetchGuarded({ url: server.origin }))).toBe(document);
  });

  test.each([
    ["seconds", "120", 120_000],
    ["an HTTP date", "Sun, 01 Mar 2026 12:05:00 GMT", 300_000],
    ["a date in the past", "Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["more than an hour", "86400", 3_600_000],
    ["nonsense", "soon", 60_000],
    ["nothing", undefined, 60_000],
  ])("429 says how long to wait, in %s", async (_, header, waitMs) => {
    const { outcome } = await fetchFrom(answering(429, header === undefined ? {} : { "retry-after": header }));
    expect(await outcome).toEqual({ outcome: "rateLimited", retryAtMs: nowMs + waitMs });
  });

  test("206 is a body with parts missing", async () => {
    const { outcome, url } = await fetchFrom(answering(206));
    await expect(outcome).rejects.toEqual(
      new TruncatedBodyError(url, "it answered 206 with a part that was not asked for"),
    );
  });
});

describe("a limit", () => {
  test("of time ends a server that does not begin to answer", async () => {
    const { outcome, url } = await fetchFrom(() => undefined, { headersTimeoutMs: 50 });
    const failure = await outcome.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FetchTimedOutError);
    expect(failure).toMatchObject({ kind: "retryable", message: `${url} did not begin to answer in time.` });
  });

  test("of time ends a slow drip", async () => {
    const { outcome, url } = await fetchFrom(
      (_, response) => {
        const drip = setInterval(() => response.write(" "), 10);
        response.on("close", () => clearInterval(drip));
      },
      { totalTimeoutMs: 150 },
    );
    await expect(outcome).rejects.toEqual(new FetchTimedOutError(`${url} did not answer in full within 1 s.`));
  });

  test("of time covers all redirects together", async () => {
    const { outcome } = await fetchFrom(
      (_, response) => setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60),
      { totalTimeoutMs: 150, maxRedirects: 1000 },
    );
    await expect(outcome).rejects.toBeInstanceOf(FetchTimedOutError);
  });

  const tooLarge = (url: string) =>
    `The document at ${url} is larger than 50 MiB (counted after decompression), the most that is read.`;

  test("of size refuses a declared 60 MB without reading it", async () => {
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-length": String(60 * 1024 * 1024) }).write("{");
    });
    await expect(outcome).rejects.toEqual(new BodyTooLargeError(url, 50 * 1024 * 1024));
    await expect(outcome).rejects.toMatchObject({ kind: "permanent", message: tooLarge(url) });
  });

  test("of size stops an undeclared 60 MB", async () => {
    const { outcome, url } = await fetchFrom((_, response) => writeForever(response, Buffer.alloc(1 << 20, 32)));
    await expect(outcome).rejects.toThrow(tooLarge(url));
  });

  test("of size stops a gzip bomb", async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    await expect(outcome).rejects.toThrow(tooLarge(url));
  });

  test("of size stops a bomb inside a bomb", async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(1024 * 1024)));
    const { outcome } = await fetchFrom(
      (_, response) => response.writeHead(200, { "content-encoding": "gzip, gzip" }).end(bomb),
      { maxBodyBytes: 1000 },
    );
    await expect(outcome).rejects.toThrow("is larger than 1000 bytes (counted after decompression)");
  });
});

describe("a broken answer", () => {
  test("that is shorter than its content-length is cut off", async () => {
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(document, () => response.destroy());
    });
    const failure = await outcome.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TruncatedBodyError);
    expect(failure).toMatchObject({
      kind: "retryable",
      message: `The answer of ${url} was cut off: the connection ended before the whole body had arrived.`,
    });
  });

  test("whose chunks stop without an end is cut off", async () => {
    const { outcome } = await fetchFrom((_, response) => void response.write(document, () => response.destroy()));
    await expect(outcome).rejects.toBeInstanceOf(TruncatedBodyError);
  });

  test("whose compressed data ends early is cut off", async () => {
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(document).subarray(0, 40));
    });
    const failure = await outcome.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TruncatedBodyError);
    expect(failure).toMatchObject({ message: `The answer of ${url} was cut off: the compressed data ends early.` });
  });

  test.each(["gzip", "deflate", "br", "zstd"])("that is not the %s it claims to be cannot be read", async (coding) => {
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-encoding": coding }).end(document);
    });
    const failure = await outcome.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableBodyError);
    expect(failure).toMatchObject({
      kind: "permanent",
      message: `${url} says that its body is ${coding}, but it does not decompress.`,
    });
  });

  test.each(["compress", "gzip, gzip, gzip"])("that is compressed as %s cannot be read", async (coding) => {
    const { outcome, url } = await fetchFrom((_, response) => {
      response.writeHead(200, { "content-encoding": coding }).end(document);
    });
    await expect(outcome).rejects.toEqual(
      new UnreadableBodyError(`${url} is compressed in a way that is not read: ${coding}.`),
    );
  });

  test("that is no HTTP cannot be read", async () => {
    const { outcome, url } = await fetchFrom((request) => void request.socket.end("hello\r\n\r\n"));
    await expect(outcome).rejects.toBeInstanceOf(UnreadableBodyError);
    await expect(outcome).rejects.toThrow(`${url} did not answer in HTTP that can be read.`);
  });

  test("that stops in the middle of its headers may pass", async () => {
    const { outcome, url } = await fetchFrom((request) => void request.socket.end("HTTP/1.1 200 OK\r\ncontent-ty"));
    await expect(outcome).rejects.toBeInstanceOf(UpstreamUnavailableError);
    await expect(outcome).rejects.toThrow(`${url} closed the connection without a whole answer.`);
  });

  test("that never comes because the connection is reset may pass", async () => {
    const { outcome, url } = await fetchFrom((request) => void request.socket.resetAndDestroy());
    const failure = await outcome.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UpstreamUnavailableError);
    expect(failure).toMatchObject({ message: expect.stringContaining(url) });
  });

  test("that never comes because nobody listens may pass", async () => {
    const { createServer } = await import("node:net");
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    server.close();
    await once(server, "close");
    const hostAndPort = `127.0.0.1:${port}`;
    const failure = await fetchAllowing([hostAndPort])({ url: `http://${hostAndPort}/` }).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(UpstreamUnavailableError);
    expect(failure).toMatchObject({ message: `http://${hostAndPort}/ refused the connection.` });
  });

  test("over http where https was asked for names TLS", async () => {
    const server = await serve((_, response) => response.end(document));
    const failure = fetchAllowing([server.hostAndPort])({ url: `https://${server.hostAndPort}/` });
    await expect(failure).rejects.toBeInstanceOf(TlsFailedError);
    await expect(failure).rejects.toThrow("does not speak TLS as expected; is this an http URL?");
  });

  test("under a certificate that nobody vouches for names the certificate", async () => {
    const server = await serveTls((_, response) => response.end(document));
    const hostAndPort = `api.example.test:${server.port}`;
    const failure = fetchAllowing([hostAndPort], { lookup: loopbackLookup })({ url: `https://${hostAndPort}/` });
    await expect(failure).rejects.toThrow(
      `${hostAndPort} has a certificate that is not trusted for this host name. (DEPTH_ZERO_SELF_SIGNED_CERT)`,
    );
  });

  test("under the certificate of another host names the certificate", async () => {
    const server = await serveTls((_, response) => response.end(document));
    const hostAndPort = `other.example.test:${server.port}`;
    const options = { lookup: loopbackLookup, trustedCertificates: [exampleCertificate.cert] };
    const failure = fetchAllowing([hostAndPort], options)({ url: `https://${hostAndPort}/` });
    await expect(failure).rejects.toThrow(
      `${hostAndPort} has a certificate that is not trusted for this host name. (ERR_TLS_CERT_ALTNAME_INVALID)`,
    );
  });
});

describe("the caller", () => {
  test.each(["Host", "content-length", "Transfer-Encoding", "connection", "Accept-Encoding"])(
    "cannot set the header %s",
    async (name) => {
      const { outcome, server } = await fetchFrom((_, response) => response.end(), {}, { headers: { [name]: "x" } });
      await expect(outcome).rejects.toEqual(new HeaderRefusedError(`The header ${name} cannot be set.`));
      expect(server.requests).toEqual([]);
    },
  );

  test.each([
    ["x-a", "1\r\nhost: evil"],
    ["x a", "1"],
    ["", "1"],
    ["x-a", "naïve ✓"],
  ])("cannot smuggle the header %j: %j", async (name, value) => {
    const { outcome } = await fetchFrom((_, response) => response.end(), {}, { headers: { [name]: value } });
    await expect(outcome).rejects.toEqual(
      new HeaderRefusedError(`The header ${JSON.stringify(name)} cannot be sent in HTTP.`),
    );
  });

  test("stops a fetch with a signal and gets its own reason", async () => {
    const controller = new AbortController();
    const reason = new Error("lease lost");
    const { outcome } = await fetchFrom(() => controller.abort(reason), {}, { signal: controller.signal });
    await expect(outcome).rejects.toBe(reason);
  });

  test("never reads query parameters, which may be keys, in a message", async () => {
    const { outcome, server } = await fetchFrom((_, response) => response.writeHead(500).end());
    await outcome.catch(() => undefined);
    const url = `${server.origin}/a?key=secret`;
    const failure = await fetchAllowing([server.hostAndPort])({ url }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: `${server.origin}/a answered 500: the server has a problem.` });
  });
});

/** Writes `chunk` until the client closes the connection. */
function writeForever(response: ServerResponse, chunk: Buffer): void {
  const endless = Readable.from(
    (function* () {
      for (;;) yield chunk;
    })(),
  );
  pipeline(endless, response, () => undefined);
}
