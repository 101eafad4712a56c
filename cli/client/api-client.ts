import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { errorEnvelope } from "../../shared/contracts/api/envelope.ts";
import type {
  AnswerOf,
  BodyInputOf,
  FileBody,
  ParamsOf,
  QueryInputOf,
  Route,
} from "../../shared/contracts/api/route.ts";
import { type RouteName, type Routes, routes } from "../../shared/contracts/api/routes.ts";
import { ApiRefusedError, ApiUnavailableError } from "./errors.ts";
import type { ApiSettings } from "./settings.ts";

type AnyInput = { params?: object; query?: object; body?: object };

/** A part that the route has not, or of which nothing must be given, may be left out. */
type Part<Name extends keyof AnyInput, Value> =
  Record<never, never> extends Value ? { [N in Name]?: Value } : { [N in Name]: Value };

export type CallInput<R extends Route> = AnyInput &
  Part<"params", ParamsOf<R>> &
  Part<"query", QueryInputOf<R>> &
  Part<"body", BodyInputOf<R>>;

/** The client asks for JSON where a route has other forms too. */
export type CallResult<R extends Route> = Exclude<AnswerOf<R>["body"], FileBody>;

/** Routes that answer with JSON or nothing: those that the client reads. */
type JsonRouteName = { [N in RouteName]: [CallResult<Routes[N]>] extends [never] ? never : N }[RouteName];

export type ApiClient = {
  /** Without a slash at its end. */
  apiUrl: string;
  /**
   * Calls a route of the deployment and checks its answer. A POST carries an `Idempotency-Key`, so that it can be sent
   * again when no answer comes.
   * @throws ApiRefusedError, ApiUnavailableError
   * @example const { data } = await client.call("getDependency", { params: { dependencyId } });
   */
  call<N extends JsonRouteName>(name: N, input: CallInput<Routes[N]>): Promise<CallResult<Routes[N]>>;
};

export type ApiClientOptions = ApiSettings & {
  /** @default global fetch */
  fetch?: typeof fetch;
  /** Waits before the second and the third attempt, in milliseconds. @default [300, 1500] */
  retryDelaysMs?: readonly number[];
};

/** API Gateway ends a request after 30 s. */
const timeoutMs = 35_000;

/**
 * The typed client of the API, from the table of routes that the API itself is made of.
 */
export const createApiClient = (options: ApiClientOptions): ApiClient => ({
  apiUrl: options.apiUrl,
  async call(name, input) {
    const route: Route = routes[name];
    const { params, query, body }: AnyInput = input;
    const url = `${options.apiUrl}${pathWith(route.path, params ?? {})}${queryText(query ?? {})}`;
    const content = body === undefined ? undefined : await writtenBody(body);
    const response = await send(options, url, {
      method: route.method,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${options.apiKey}`,
        ...content?.headers,
        ...(route.method === "POST" && !route.changesNothing ? { "idempotency-key": randomUUID() } : {}),
      },
      ...(content === undefined ? {} : { body: content.body }),
    });
    const answer = await readAnswer(response);
    const spec = route.answers[response.status];
    if (response.status >= 400) throw refusalOf(response.status, answer, options.apiUrl);
    const parsed = spec?.schema?.safeParse(answer);
    if (spec === undefined || parsed?.success === false) {
      throw new ApiUnavailableError(`${options.apiUrl} does not answer as a Forewarn API of this version does`);
    }
    // The schema of the table that this type comes from has just read it.
    return parsed?.data as CallResult<Routes[typeof name]>;
  },
});

/** From here on a body is sent compressed: an API in Lambda takes 6 MB, and a document is often larger. */
const compressedFromBytes = 256 * 1024;

const writtenBody = async (
  body: object,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> }> => {
  const text = JSON.stringify(body);
  if (text.length < compressedFromBytes) return { body: text, headers: { "content-type": "application/json" } };
  const compressed = await promisify(gzip)(text);
  // API Gateway hands a body over whole, and not as text, by its media type.
  return {
    body: new Uint8Array(compressed),
    headers: { "content-type": "application/gzip", "content-encoding": "gzip" },
  };
};

const pathWith = (template: string, params: object): string => {
  const values = new Map<string, unknown>(Object.entries(params));
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
};

const queryText = (query: object): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? "" : `?${given}`;
};

/**
 * Failures of the network and of the deployment are tried again: GET changes nothing, POST has its key. A POST that is sent again
 * may find the first one still running.
 */
const send = async (options: ApiClientOptions, url: string, init: RequestInit): Promise<Response> => {
  const fetchNow = options.fetch ?? fetch;
  const delaysMs = [...(options.retryDelaysMs ?? [300, 1_500])];
  for (;;) {
    const response = await fetchNow(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }).catch(reasonOf);
    const failed = typeof response === "string" || mayPass(response);
    const delayMs = failed ? delaysMs.shift() : undefined;
    if (delayMs === undefined) {
      if (typeof response !== "string") return response;
      throw new ApiUnavailableError(`${options.apiUrl} cannot be reached: ${response}`);
    }
    await sleep(delayMs);
  }
};

const mayPass = ({ status, headers }: Response): boolean =>
  status >= 500 || status === 429 || (status === 409 && headers.has("retry-after"));

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
};

const readAnswer = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refusalOf = (status: number, answer: unknown, apiUrl: string): ApiRefusedError | ApiUnavailableError => {
  const parsed = errorEnvelope.safeParse(answer);
  if (status >= 500 || status === 429 || !parsed.success) {
    const reason = parsed.success ? parsed.data.error.message : `HTTP ${status}`;
    return new ApiUnavailableError(`${apiUrl} failed: ${reason}`);
  }
  return new ApiRefusedError(status, parsed.data.error.message, parsed.data.error.field);
};
