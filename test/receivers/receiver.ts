import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { publicOnlyPolicy } from "../../shared/net/address-guard.ts";
import { createGuardedPost } from "../../shared/net/guarded-post.ts";
import { serve } from "../unit/net/local-server.ts";

export type Reply = { status: number; body?: string; headers?: Record<string, string> };
export type ReceivedRequest = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };

/**
 * A server on a free port that answers each request as `answer` says, and the guarded client that reaches it under the
 * addresses of the real service.
 *
 * @param realOrigins what the service is called, for example `https://events.pagerduty.com`
 */
export async function startReceiver(answer: (request: ReceivedRequest) => Reply, realOrigins: readonly string[] = []) {
  const server = await serve(async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { method = "", url = "", headers } = request;
    const reply = answer({ method, path: url, headers, body });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  const policy = { ...publicOnlyPolicy, allowedPrivateHosts: new Set([server.hostAndPort]) };
  const post = createGuardedPost({ policy });
  const redirected = (url: string) =>
    realOrigins.reduce((address, origin) => address.replace(origin, server.origin), url);
  return {
    origin: server.origin,
    ports: {
      post: (request: Parameters<typeof post>[0]) => post({ ...request, url: redirected(request.url) }),
      nowMs: Date.now,
    },
  };
}
