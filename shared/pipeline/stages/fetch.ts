import type { Dependency } from "../../dependencies/dependency.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { assertLooksLikeDocument } from "../../net/sniff-document.ts";
import { type BodyStore, bodyKeys } from "../../snapshots/ports.ts";
import { sha256 } from "../../snapshots/sha256.ts";
import type { CheckpointOutput } from "../checkpoints.ts";
import { MissingBodyError, SecretUnavailableError, StillRateLimitedError } from "../errors.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";

/** Reads a secret of the tenant's own. `undefined` when there is none of that name. */
export type SecretReader = { read(tenantId: string, secretName: string): Promise<string | undefined> };

export type FetchStagePorts = { bodies: BodyStore; fetch: GuardedFetch; secrets: SecretReader };

/** Brings the document in: a guarded, conditional GET, or the upload; stores its bytes under their hash. */
export const fetchStage = (ports: FetchStagePorts, options: { maxRateLimitWaits: number }): Stage => ({
  name: "fetch",
  async run(context) {
    const { dependency, job } = context;
    if (dependency.specUrl === undefined) return storeUpload(ports, context);
    const outcome = await ports.fetch({
      url: dependency.specUrl,
      // Validators belong to the current snapshot; with none there is nothing that "not modified" could mean.
      ...(job.baseSnapshotId !== null && job.baseSnapshotId === dependency.currentSnapshotId
        ? { etag: dependency.etag, lastModified: dependency.lastModified }
        : {}),
      headers: await authorizationHeaders(ports.secrets, dependency),
      signal: context.signal,
    });
    switch (outcome.outcome) {
      case "notModified":
        return completed({ outcome: "notModified" });
      case "rateLimited":
        if (job.rateLimitedCount >= options.maxRateLimitWaits)
          throw new StillRateLimitedError(dependency.specUrl, job.rateLimitedCount);
        return { result: "rateLimited", retryAtMs: outcome.retryAtMs };
      case "body": {
        assertLooksLikeDocument(outcome.body, { contentType: outcome.contentType, url: outcome.finalUrl });
        const { contentType, etag, lastModified } = outcome;
        return storeBody(ports.bodies, context, outcome.body, outcome.finalUrl, { contentType, etag, lastModified });
      }
    }
  },
});

const completed = (output: CheckpointOutput<"fetch">): StageResult => ({ result: "completed", output });

const authorizationHeaders = async (secrets: SecretReader, dependency: Dependency): Promise<Record<string, string>> => {
  const { auth } = dependency;
  if (auth === undefined) return {};
  const value = await secrets.read(dependency.tenantId, auth.secretName);
  if (value === undefined) throw new SecretUnavailableError(auth.secretName);
  return { [auth.header]: value };
};

const storeUpload = async (ports: FetchStagePorts, context: StageContext): Promise<StageResult> => {
  const key = context.dependency.uploadKey ?? "(no upload)";
  const body = await ports.bodies.get(key);
  if (body === undefined) throw new MissingBodyError(key);
  assertLooksLikeDocument(body, { url: "the uploaded document" });
  return storeBody(ports.bodies, context, body, "upload", {});
};

const storeBody = async (
  bodies: BodyStore,
  context: StageContext,
  body: Uint8Array,
  sourceUrl: string,
  headers: { contentType?: string; etag?: string; lastModified?: string },
): Promise<StageResult> => {
  const bodySha256 = sha256(body);
  const bodyKey = bodyKeys.body(context.job.tenantId, bodySha256);
  await bodies.putOnce(bodyKey, body, headers.contentType ?? "application/octet-stream");
  return completed({ outcome: "body", bodyKey, bodySha256, bodyBytes: body.byteLength, sourceUrl, ...headers });
};
