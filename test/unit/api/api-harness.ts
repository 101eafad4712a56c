import { gunzipSync } from "node:zlib";
import { type ApiClient, createApiClient } from "../../../cli/client/api-client.ts";
import { createApi } from "../../../lambdas/api/api.ts";
import type { ApiPorts } from "../../../lambdas/api/api-ports.ts";
import { identifyCaller } from "../../../lambdas/api/authorize.ts";
import type { DeadLettersApiPorts } from "../../../lambdas/api/dead-letters.ts";
import { createDeadLettersApi } from "../../../lambdas/api/dead-letters-api.ts";
import { createDiffApi } from "../../../lambdas/api/diff-api.ts";
import type { SidePorts } from "../../../lambdas/api/diff-sides.ts";
import { createFirstSignalApi } from "../../../lambdas/api/first-signal-api.ts";
import type { ApiEvent } from "../../../lambdas/api/request.ts";
import { matchRoute } from "../../../lambdas/api/router.ts";
import { createSearchApi } from "../../../lambdas/api/search-api.ts";
import { createSessionApi } from "../../../lambdas/api/session-api.ts";
import { errorEnvelope } from "../../../shared/contracts/api/envelope.ts";
import type { Route } from "../../../shared/contracts/api/route.ts";
import type { Embedder } from "../../../shared/embeddings/embedder.ts";
import { EmbeddingProviderError } from "../../../shared/embeddings/errors.ts";
import { createSignalFinder } from "../../../shared/first-signal/find-signal.ts";
import { inMemorySignals } from "../../../shared/first-signal/in-memory-signals.ts";
import { createRunReader } from "../../../shared/first-signal/read-run.ts";
import { createSyncService } from "../../../shared/jobs/sync-service.ts";
import { memoryDeadLetterBox } from "../../../shared/memory/memory-dead-letter-box.ts";
import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { memoryStreamTicketStore } from "../../../shared/memory/memory-stream-ticket-store.ts";
import { defaultAllowedPorts } from "../../../shared/net/address-guard.ts";
import { HostNotFoundError } from "../../../shared/net/errors.ts";
import type { GuardedFetch } from "../../../shared/net/guarded-fetch.ts";
import { createIndexCache } from "../../../shared/search/index-cache.ts";
import { createSessionWorld } from "../sessions/session-world.ts";
import { wireJobTypes } from "../sessions/wire-job-types.ts";

export const adminKey = "the-admin-key-of-these-tests";
export const startMs = Date.parse("2026-03-01T12:00:00.000Z");

export type Call = {
  /** Bearer token; absent sends none. */
  key?: string;
  body?: unknown;
  /** Instead of `body`: sent as it is. */
  text?: string;
  headers?: Record<string, string>;
  isBase64Encoded?: boolean;
};

export type Reply = {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The JSON, where it is JSON. */
  body: unknown;
  error?: { code: string; message: string; field?: string | undefined };
};

/** As when the embedder cannot be reached. */
const noEmbedder: Embedder = {
  async embed() {
    throw new EmbeddingProviderError("no embedder here");
  },
};

/**
 * The API on memory stores, called with HTTP API events through the real authorizer. Every answer is held against the
 * contract of its route: exactly the fields that the schemas name.
 */
export const createApiHarness = (
  overrides: Partial<
    ApiPorts & Pick<SidePorts, "fetch"> & Pick<DeadLettersApiPorts, "boxes"> & { embedder: Embedder }
  > = {},
) => {
  const stores = createMemoryStores();
  let nowMs = startMs;
  let idsGiven = 0;
  let bytesGiven = 0;
  const logged: { level: "info" | "error"; event: string; fields: Record<string, unknown> }[] = [];
  const clock = { nowMs: () => nowMs, sleep: async () => {} };
  // 26 digits of Crockford's base 32, growing: what a ULID is to the stores.
  const newId = () => `01TEST${String(++idsGiven).padStart(20, "0")}`;
  const ports: ApiPorts = {
    ...stores,
    syncs: createSyncService({ ...stores, clock, newId, heartbeatSeconds: 30, maxUnfinishedSyncs: 50 }),
    orchestratorPolicy: { mode: "opt-in", allowedTenants: [] },
    defaultCadence: "1h",
    clock,
    newId,
    randomBytes: (count) => Buffer.alloc(count, ++bytesGiven),
    addressPolicy: { allowedPrivateHosts: new Set(["127.0.0.1:9999"]), allowedPorts: defaultAllowedPorts },
    alertSenders: {
      sendsEmail: true,
      eventBusArns: new Set(["arn:aws:events:eu-west-1:123456789012:event-bus/alerts"]),
    },
    log: {
      info: (event, fields) => logged.push({ level: "info", event, fields }),
      error: (event, fields) => logged.push({ level: "error", event, fields }),
    },
    ...overrides,
  };
  const api = createApi(ports);
  const boxes = overrides.boxes ?? {
    checks: memoryDeadLetterBox(),
    deliveries: memoryDeadLetterBox(),
    embeds: memoryDeadLetterBox(),
    schedule: memoryDeadLetterBox(),
  };
  const deadLettersApi = createDeadLettersApi({ ...ports, boxes });
  const sessionWorld = createSessionWorld({ types: wireJobTypes, nowMs: clock.nowMs });
  const sessionApi = createSessionApi({ ...ports, sessionPorts: sessionWorld.ports });
  const streamTickets = memoryStreamTicketStore();
  const findSignal = createSignalFinder(
    {
      readRun: createRunReader({ ...ports, records: sessionWorld.ports.records }),
      cache: inMemorySignals("test:"),
      // Nothing is late here.
      clock: {
        nowMs: clock.nowMs,
        sleep: (_, signal) => new Promise((end) => signal?.addEventListener("abort", () => end())),
      },
      log: ports.log.info,
    },
    { ttlSeconds: 60, slidingExpiration: true, coldPathTimeoutMs: 1_000 },
  );
  const firstSignalApi = createFirstSignalApi({
    ...ports,
    findSignal,
    tickets: streamTickets,
    streamUrl: "https://streams.example.com/",
  });
  const diffApi = createDiffApi({ ...ports, fetch: overrides.fetch ?? refuseToFetch });
  const searchApi = createSearchApi({
    ...ports,
    search: {
      manifests: stores.searchManifests,
      indexes: createIndexCache(stores.bodies, 1_000_000),
      dependencies: ports.dependencies,
      embedder: overrides.embedder ?? noEmbedder,
      log: ports.log.error,
    },
  });
  const authorizer = { apiKeys: ports.apiKeys, readAdminKey: async () => adminKey, log: ports.log };

  /** As API Gateway's routes send requests. */
  const apiOf = (method: string, path: string) => {
    if (method === "POST" && path === "/api/diff") return diffApi;
    if (path === "/api/search/operations") return searchApi;
    if (path.startsWith("/api/operator/dead-letters")) return deadLettersApi;
    if (path.startsWith("/api/v1/jobengine")) return firstSignalApi;
    return sessionPaths.test(path) ? sessionApi : api;
  };

  /** @example await request("GET /api/dependencies?limit=2", { key }) */
  const request = async (line: string, call: Call = {}): Promise<Reply> => {
    const [method = "", target = ""] = line.split(" ");
    const [path = "", query = ""] = target.split("?");
    const headers: Record<string, string> = {
      ...(call.key === undefined ? {} : { authorization: `Bearer ${call.key}` }),
      ...call.headers,
    };
    const text = call.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const event: ApiEvent = {
      rawPath: path,
      rawQueryString: query,
      headers,
      ...(text === undefined ? {} : { body: text }),
      isBase64Encoded: call.isBase64Encoded ?? false,
      requestContext: {
        stage: "$default",
        requestId: "request-1",
        http: { method },
        authorizer: { lambda: await identifyCaller(authorizer, headers.authorization) },
      },
    };
    const response = await apiOf(method, path)(event);
    const bytes = Buffer.from(response.body, response.isBase64Encoded ? "base64" : "utf8");
    const isCompressed = response.headers["content-encoding"] === "gzip";
    const answered = (isCompressed ? gunzipSync(bytes) : bytes).toString();
    const isJson = response.headers["content-type"]?.startsWith("application/json") ?? false;
    const body: unknown = isJson ? JSON.parse(answered) : undefined;
    const reply = { status: response.statusCode, headers: response.headers, text: answered, body };
    holdAgainstContract(method, path, reply);
    return reply.status >= 400 ? { ...reply, error: errorEnvelope.parse(body).error } : reply;
  };

  /** The client of the CLI, which hands out typed answers and throws `ApiRefusedError`. */
  const clientOf = (key: string): ApiClient =>
    createApiClient({
      apiUrl: "https://api.example.com",
      apiKey: key,
      retryDelaysMs: [],
      fetch: async (url, init) => {
        const { pathname, search } = new URL(String(url));
        const headers = Object.fromEntries(new Headers(init?.headers));
        const isBase64Encoded = init?.body instanceof Uint8Array;
        const text =
          init?.body instanceof Uint8Array ? Buffer.from(init.body).toString("base64") : init?.body?.toString();
        const call = { headers, isBase64Encoded, ...(text && { text }) };
        const reply = await request(`${init?.method} ${pathname}${search}`, call);
        return new Response(reply.text === "" ? null : reply.text, { status: reply.status });
      },
    });

  return {
    ...stores,
    ports,
    sessionWorld,
    streamTickets,
    findSignal,
    request,
    clientOf,
    logged,
    advance: (durationMs: number) => {
      nowMs += durationMs;
    },
    /** A tenant with its first key. */
    async createTenant(name: string) {
      const { data } = await clientOf(adminKey).call("createTenant", { body: { name } });
      const key = data.apiKey.secret;
      return { tenantId: data.tenant.id, key, client: clientOf(key) };
    },
  };
};

const sessionPaths = /^(\/api\/v1)?\/(session|discovery|scrape|digester|codegen|health)(\/|$)/;

const refuseToFetch: GuardedFetch = async ({ url }) => {
  throw new HostNotFoundError(new URL(url).hostname);
};

export type ApiHarness = ReturnType<typeof createApiHarness>;

const holdAgainstContract = (method: string, path: string, reply: Reply): void => {
  if (reply.status >= 400) {
    assertExact(errorEnvelope.parse(reply.body), reply.body, "error");
    return;
  }
  const { name, route }: { name: string; route: Route } = matchRoute(method, path);
  const answer = route.answers[reply.status];
  if (answer === undefined) throw new Error(`${name} answered ${reply.status}, which its contract does not name`);
  const isJson = reply.headers["content-type"]?.startsWith("application/json");
  if (answer.schema !== undefined && isJson) assertExact(answer.schema.parse(reply.body), reply.body, name);
  const mediaType = reply.headers["content-type"]?.split(";")[0] ?? "";
  const known = [...(answer.schema === undefined ? [] : ["application/json"]), ...(answer.mediaTypes ?? [])];
  if (known.length > 0 && !known.includes(mediaType)) throw new Error(`${name} answered ${mediaType}`);
};

/** The schemas strip what they do not name, so an answer that says more differs from its parsed form. */
const assertExact = (parsed: unknown, answered: unknown, name: string): void => {
  if (JSON.stringify(sorted(parsed)) !== JSON.stringify(sorted(answered))) {
    throw new Error(`${name} answered fields that its contract does not name: ${JSON.stringify(answered)}`);
  }
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};
