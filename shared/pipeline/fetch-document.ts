import type { Dependency } from "../dependencies/dependency.ts";
import type { FetchRequest, GuardedFetch } from "../net/guarded-fetch.ts";
import { assertLooksLikeDocument } from "../net/sniff-document.ts";
import { type BodyStore, bodyKeys } from "../snapshots/ports.ts";
import { sha256 } from "../snapshots/sha256.ts";
import { canonicalSha256 } from "./canonical-hash.ts";
import type { CheckpointOutput } from "./checkpoints.ts";
import { SecretUnavailableError } from "./errors.ts";

/** Reads a secret of the tenant's own. `undefined` when there is none of that name. */
export type SecretReader = { read(tenantId: string, secretName: string): Promise<string | undefined> };

/** The document as it came in, with the hash of its bytes. */
export type ArrivedDocument = {
  body: Uint8Array;
  bodySha256: string;
  canonicalSha256?: string;
  sourceUrl: string;
  contentType?: string;
  etag?: string;
  lastModified?: string;
};

export type DocumentOutcome =
  | ({ outcome: "body" } & ArrivedDocument)
  /** Not modified, or the document that the current snapshot stands for: the same bytes, or the same JSON in another order. */
  | { outcome: "unchanged"; etag?: string; lastModified?: string }
  | { outcome: "rateLimited"; retryAtMs: number };

/**
 * Looks at a dependency's URL: one guarded GET, conditional when the caller compares with the current snapshot. The one
 * code of the fetch stage and of the scheduled checks.
 *
 * @param isConditional that "unchanged" means something: what is compared with is the dependency's current snapshot
 * @throws SecretUnavailableError, and what the guarded fetch and the sniffing refuse
 */
export const fetchDocument = async (
  ports: { fetch: GuardedFetch; secrets: SecretReader },
  dependency: Dependency & { specUrl: string },
  { isConditional, signal }: { isConditional: boolean; signal?: AbortSignal },
): Promise<DocumentOutcome> => {
  const request: FetchRequest = {
    url: dependency.specUrl,
    ...(isConditional ? { etag: dependency.etag, lastModified: dependency.lastModified } : {}),
    headers: await authorizationHeaders(ports.secrets, dependency),
    signal,
  };
  const answer = await ports.fetch(request);
  switch (answer.outcome) {
    case "notModified":
      return { outcome: "unchanged", etag: answer.etag, lastModified: answer.lastModified };
    case "rateLimited":
      return answer;
    case "body": {
      const { body, contentType, etag, lastModified, finalUrl } = answer;
      assertLooksLikeDocument(body, { contentType, url: finalUrl });
      const bodySha256 = sha256(body);
      if (isConditional && bodySha256 === dependency.bodySha256) return { outcome: "unchanged", etag, lastModified };
      const canonical = canonicalSha256(body);
      if (isConditional && canonical !== undefined && canonical === dependency.canonicalSha256)
        return { outcome: "unchanged", etag, lastModified };
      const hashes = { bodySha256, canonicalSha256: canonical };
      return { outcome: "body", body, ...hashes, sourceUrl: finalUrl, contentType, etag, lastModified };
    }
  }
};

/** Stores the bytes under their hash; what the `fetch` checkpoint of a sync says of them. */
export const storeDocument = async (
  bodies: BodyStore,
  tenantId: string,
  { body, ...about }: ArrivedDocument,
): Promise<CheckpointOutput<"fetch">> => {
  const bodyKey = bodyKeys.body(tenantId, about.bodySha256);
  await bodies.putOnce(bodyKey, body, about.contentType ?? "application/octet-stream");
  return { outcome: "body", bodyKey, bodyBytes: body.byteLength, ...about };
};

const authorizationHeaders = async (secrets: SecretReader, dependency: Dependency): Promise<Record<string, string>> => {
  const { auth } = dependency;
  if (auth === undefined) return {};
  const value = await secrets.read(dependency.tenantId, auth.secretName);
  if (value === undefined) throw new SecretUnavailableError(auth.secretName);
  return { [auth.header]: value };
};
