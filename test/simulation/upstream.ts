import { UpstreamUnavailableError } from "../../shared/net/errors.ts";
import type { FetchOutcome, FetchRequest } from "../../shared/net/guarded-fetch.ts";
import { petsDocument, petsPaths, petsRewritten, petsWithoutDetails } from "../unit/pipeline/documents.ts";
import type { Choices } from "./choices.ts";

const ok = { "200": { description: "ok", content: { "application/json": { schema: { type: "integer" } } } } };

/** What a host serves in turn. The second means what the first means. */
export const documents: readonly Uint8Array[] = [
  petsDocument(),
  petsRewritten(),
  petsWithoutDetails(),
  petsDocument({ version: "3.0.0", paths: { ...petsPaths, "/pets/count": { get: { responses: ok } } } }),
  petsDocument({ version: "4.0.0", paths: { "/pets/count": { get: { responses: ok } } } }),
];

const loginPage = new TextEncoder().encode("<!doctype html><title>Log in</title><form></form>");

export type Upstream = {
  /** Index of the document that it serves now. */
  serves: number;
  fetch(request: FetchRequest): Promise<FetchOutcome>;
};

/** @param faultsPerMille how often, of 1,000 requests, each kind of wrong answer comes */
export const createUpstream = (choices: Choices, nowMs: () => number, faultsPerMille: () => number): Upstream => {
  const body = (url: string, bytes: Uint8Array, etag?: string): FetchOutcome => ({
    outcome: "body",
    body: bytes,
    finalUrl: url,
    status: 200,
    ...(etag === undefined ? { contentType: "text/html" } : { contentType: "application/json", etag }),
    elapsedMs: 1,
    redirects: [],
  });
  const upstream: Upstream = {
    serves: 0,
    async fetch({ url, etag }) {
      if (choices.happens(faultsPerMille())) throw new UpstreamUnavailableError(`${url} answered 503`);
      if (choices.happens(faultsPerMille())) {
        return { outcome: "rateLimited", retryAtMs: nowMs() + 1_000 + choices.pick(600_000) };
      }
      if (choices.happens(faultsPerMille())) return body(url, loginPage);
      const document = documents[upstream.serves] ?? new Uint8Array();
      if (choices.happens(faultsPerMille())) return body(url, document.subarray(0, document.length / 2), '"cut"');
      const own = `"${upstream.serves}"`;
      return etag === own ? { outcome: "notModified", etag: own } : body(url, document, own);
    },
  };
  return upstream;
};
