import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { publicOnlyPolicy } from "../../../shared/net/address-guard.ts";
import { FetchTimedOutError, PrivateAddressError, UpstreamUnavailableError } from "../../../shared/net/errors.ts";
import { createGuardedPost, type GuardedPostOptions } from "../../../shared/net/guarded-post.ts";
import { serve } from "./local-server.ts";

const nowMs = Date.parse("2026-03-01T12:00:00Z");

async function postTo(answer: RequestListener, options: Partial<GuardedPostOptions> = {}) {
  const server = await serve(answer);
  const policy = { ...publicOnlyPolicy, allowedPrivateHosts: new Set([server.hostAndPort]) };
  const post = createGuardedPost({ policy, now: () => nowMs, ...options });
  const url = `${server.origin}/hook`;
  const outcome = post({ url, headers: { "content-type": "application/json" }, body: '{"a":"é"}' });
  outcome.catch(() => undefined);
  return { outcome, url, server };
}

test("a post arrives whole and its answer comes back", async () => {
  let received = "";
  const { outcome, server } = await postTo(async (request, response) => {
    for await (const chunk of request) received += chunk;
    response.writeHead(202).end("thanks");
  });
  expect(await outcome).toEqual({ status: 202, bodyExcerpt: "thanks", elapsedMs: 0 });
  expect(received).toBe('{"a":"é"}');
  expect(server.requests.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
    {
      method: "POST",
      url: "/hook",
      headers: {
        host: server.hostAndPort,
        connection: "close",
        "content-type": "application/json",
        "content-length": "10",
        "user-agent": "Forewarn/0.1 (+https://github.com/forewarn)",
      },
    },
  ]);
});

test("a redirect is an answer and is not followed", async () => {
  const { outcome, server } = await postTo((_, response) => response.writeHead(307, { location: "/other" }).end());
  expect(await outcome).toEqual({ status: 307, bodyExcerpt: "", elapsedMs: 0 });
  expect(server.requests).toHaveLength(1);
});

test("Retry-After comes with the status that it explains", async () => {
  const { outcome } = await postTo((_, response) => response.writeHead(429, { "retry-after": "7" }).end());
  expect(await outcome).toEqual({ status: 429, bodyExcerpt: "", retryAtMs: nowMs + 7_000, elapsedMs: 0 });
});

describe("of the answer's body", () => {
  test("only the first 4 KiB are read, without half a character", async () => {
    const { outcome } = await postTo((_, response) => response.end(`x${"é".repeat(100_000)}`));
    expect(await outcome).toEqual({ status: 200, bodyExcerpt: `x${"é".repeat(2047)}`, elapsedMs: 0 });
  });

  test("what came before it broke is kept: the status counts", async () => {
    const { outcome } = await postTo((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("ok", () => response.destroy());
    });
    expect(await outcome).toEqual({ status: 200, bodyExcerpt: "ok", elapsedMs: 0 });
  });

  test("a drip is cut short by the time limit", async () => {
    const { outcome } = await postTo(
      (_, response) => {
        response.write("ok");
      },
      { totalTimeoutMs: 1000 },
    );
    expect(await outcome).toEqual({ status: 200, bodyExcerpt: "ok", elapsedMs: 0 });
  });
});

test("a receiver that never answers is timed out", async () => {
  const { outcome, url } = await postTo(() => undefined, { totalTimeoutMs: 100 });
  await expect(outcome).rejects.toEqual(new FetchTimedOutError(`${url} did not answer in full within 1 s.`));
});

test("a receiver that hangs up may be back later", async () => {
  const { outcome } = await postTo((request) => void request.socket.destroy());
  await expect(outcome).rejects.toBeInstanceOf(UpstreamUnavailableError);
});

test.each(["http://127.0.0.1/hook", "http://169.254.169.254/", "http://[::1]/", "http://localhost/"])(
  "%s is not posted to",
  async (url) => {
    const post = createGuardedPost({ policy: publicOnlyPolicy });
    await expect(post({ url, headers: {}, body: "" })).rejects.toBeInstanceOf(PrivateAddressError);
  },
);

test("a name that resolves to a private address is not posted to", async () => {
  const post = createGuardedPost({
    policy: publicOnlyPolicy,
    lookup: async () => [{ address: "10.0.0.1", family: 4 }],
  });
  await expect(post({ url: "https://hooks.example.test/", headers: {}, body: "" })).rejects.toEqual(
    new PrivateAddressError(
      "hooks.example.test resolves to 10.0.0.1, which is not an address on the public internet (private).",
    ),
  );
});
