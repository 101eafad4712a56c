import { type HostLimits, hostOf } from "../../hosts/host-turns.ts";
import type { HostTurns } from "../../hosts/ports.ts";
import { takeTurn } from "../../hosts/take-turn.ts";
import type { Clock } from "../../jobs/ports.ts";
import { upstreamWaitOf } from "../../net/errors.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { assertLooksLikeDocument } from "../../net/sniff-document.ts";
import type { BodyStore } from "../../snapshots/ports.ts";
import { sha256 } from "../../snapshots/sha256.ts";
import type { CheckpointOutput } from "../checkpoints.ts";
import { MissingBodyError, StillRateLimitedError } from "../errors.ts";
import { type DocumentOutcome, fetchDocument, type SecretReader, storeDocument } from "../fetch-document.ts";
import type { Stage, StageContext, StageResult } from "../stage.ts";

export type FetchStagePorts = {
  bodies: BodyStore;
  fetch: GuardedFetch;
  secrets: SecretReader;
  hosts: HostTurns;
  clock: Clock;
};

export type FetchStageOptions = {
  maxRateLimitWaits: number;
  hostLimits: HostLimits;
  /** Milliseconds after which a fetch is certainly over. */
  fetchTimeoutMs: number;
};

/** For so long the stage itself waits for a turn at the host; a longer wait is the state machine's. */
const patienceMs = 5_000;

/** Brings the document in: a guarded, conditional GET, or the upload; stores its bytes under their hash. */
export const fetchStage = (ports: FetchStagePorts, options: FetchStageOptions): Stage => ({
  name: "fetch",
  async run(context) {
    const { dependency, job } = context;
    const { specUrl } = dependency;
    if (specUrl === undefined) return storeUpload(ports, context);
    const outcome = await fetchPolitely(ports, options, context, specUrl);
    switch (outcome.outcome) {
      case "waitForTurn":
        return { result: "rateLimited", retryAtMs: outcome.retryAtMs, isCounted: false };
      case "unchanged":
        return completed({ outcome: "notModified", etag: outcome.etag, lastModified: outcome.lastModified });
      case "rateLimited":
        if (job.rateLimitedCount >= options.maxRateLimitWaits)
          throw new StillRateLimitedError(specUrl, job.rateLimitedCount);
        return { result: "rateLimited", retryAtMs: outcome.retryAtMs, isCounted: true };
      case "body":
        return completed(await storeDocument(ports.bodies, job.tenantId, outcome));
    }
  },
});

const completed = (output: CheckpointOutput<"fetch">): StageResult => ({ result: "completed", output });

/** One request in a turn at the host. What the host says of waiting holds for everybody who fetches from it. */
const fetchPolitely = async (
  ports: FetchStagePorts,
  { hostLimits, fetchTimeoutMs }: FetchStageOptions,
  { dependency, job, signal }: StageContext,
  specUrl: string,
): Promise<DocumentOutcome | { outcome: "waitForTurn"; retryAtMs: number }> => {
  const host = hostOf(specUrl);
  const holder = `${job.id}-${job.attempt}-${job.term}`;
  const ask = { holder, requests: 1, holdMs: fetchTimeoutMs + turnMarginMs, limits: hostLimits, patienceMs, signal };
  const turn = await takeTurn(ports, host, ask);
  if (!turn.taken) return { outcome: "waitForTurn", retryAtMs: turn.retryAtMs };
  let pausedUntilMs: number | undefined;
  try {
    const waitMs = turn.startAtMs - ports.clock.nowMs();
    if (waitMs > 0) await ports.clock.sleep(waitMs, signal);
    // Validators belong to the current snapshot; with none there is nothing that "not modified" could mean.
    const isConditional = job.baseSnapshotId !== null && job.baseSnapshotId === dependency.currentSnapshotId;
    const outcome = await fetchDocument(ports, { ...dependency, specUrl }, { isConditional, signal });
    if (outcome.outcome === "rateLimited") pausedUntilMs = outcome.retryAtMs;
    return outcome;
  } catch (error) {
    pausedUntilMs = upstreamWaitOf(error);
    throw error;
  } finally {
    // A turn that cannot be given back ends by itself; what was fetched is not fetched again for it.
    await ports.hosts.giveBack(host, holder, pausedUntilMs).catch(() => {});
  }
};

/** What reading secrets and writing the turn back may take. */
const turnMarginMs = 10_000;

const storeUpload = async (ports: FetchStagePorts, context: StageContext): Promise<StageResult> => {
  const key = context.dependency.uploadKey ?? "(no upload)";
  const body = await ports.bodies.get(key);
  if (body === undefined) throw new MissingBodyError(key);
  assertLooksLikeDocument(body, { url: "the uploaded document" });
  const document = { body, bodySha256: sha256(body), sourceUrl: "upload" };
  return completed(await storeDocument(ports.bodies, context.job.tenantId, document));
};
