import * as z from "zod";

/**
 * Environment of every function, one schema each. The handlers parse `process.env` with them and the CDK app types the
 * functions' `environment` from them, so a missing or misspelt variable does not compile.
 */

const count = z.coerce.number().int().positive();

const table = { TABLE_NAME: z.string().min(1) };

/** Jobs are kept for so many days after their end; snapshots and changes for good. */
const jobs = { ...table, JOB_RETENTION_DAYS: count };

/** Where everything is stored. */
const storage = { ...jobs, BUCKET_NAME: z.string().min(1) };

/** `host:port`, comma-separated: private hosts that may be fetched. Empty in production. */
const fetching = { ALLOWED_PRIVATE_HOSTS: z.string(), MAX_BODY_BYTES: count, FETCH_TIMEOUT_MS: count };

/** Politeness towards each host that is fetched from, over all tenants. */
const politeness = { MAX_FETCHES_PER_HOST: count, HOST_INTERVAL_MS: z.coerce.number().int().nonnegative() };

const health = { DEGRADED_AFTER_FAILURES: count, UNHEALTHY_AFTER_FAILURES: count, PAUSED_AFTER_FAILURES: count };

/** What starting a sync needs. */
const workflow = {
  DEPENDENCY_SYNC_ARN: z.string().min(1),
  PROVIDER_SYNC_ARN: z.string().min(1),
  HEARTBEAT_SECONDS: count,
  MAX_UNFINISHED_SYNCS: count,
};

/** The verified address that alerts are mailed from (empty: none is), and the buses they may be put on, comma-separated. */
const alertSenders = { ALERT_EMAIL_FROM: z.string(), ALERT_EVENT_BUS_ARNS: z.string() };
/** What starting a session's job needs. */
const sessionWorkflow = {
  ...table,
  SESSION_JOB_ARN: z.string().min(1),
  HEARTBEAT_SECONDS: count,
  SESSION_JOBS_PER_TYPE: count,
};

const checks = { CHECKS_QUEUE_URL: z.string().min(1) };

const deliveries = { DELIVERIES_QUEUE_URL: z.string().min(1) };

const embedQueue = { EMBED_QUEUE_URL: z.string().min(1) };

/** What new vectors are made with: `provider:model`, and the length of its vectors. */
const embedding = { EMBEDDING_MODEL: z.string().min(1), EMBEDDING_DIMENSION: count };

/** Which targets the schedule looks after; tenants comma-separated, none meaning all. */
const orchestratorPolicyEnv = {
  ORCHESTRATOR_MODE: z.enum(["opt-in", "opt-out"]),
  ORCHESTRATOR_TENANTS: z.string(),
};

export const apiEnv = z.object({
  ...storage,
  ...workflow,
  ...deliveries,
  ...alertSenders,
  ...orchestratorPolicyEnv,
  ...embedQueue,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
  DEFAULT_CADENCE: z.string().min(1),
});

/** `POST /api/diff`. */
export const diffApiEnv = z.object({
  ...table,
  BUCKET_NAME: storage.BUCKET_NAME,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
});

/** `GET /api/search/operations`. */
export const searchApiEnv = z.object({
  ...table,
  BUCKET_NAME: storage.BUCKET_NAME,
  EMBEDDER_FUNCTION: z.string().min(1),
});

/** The routes of dead letters: each queue of them, and where its letters came from. */
export const deadLettersEnv = z.object({
  CHECKS_DEAD_LETTERS_URL: z.string().min(1),
  DELIVERIES_DEAD_LETTERS_URL: z.string().min(1),
  SCHEDULE_DEAD_LETTERS_URL: z.string().min(1),
  EMBEDS_DEAD_LETTERS_URL: z.string().min(1),
  ...checks,
  ...deliveries,
  ...embedQueue,
  ORCHESTRATE_FUNCTION_NAME: z.string().min(1),
});

/** Where runs are read. */
export const runReaderEnv = z.object(jobs);

/** Of first signals, under the names of their configuration. */
const firstSignal = {
  ...jobs,
  FIRST_SIGNAL_CACHE_BACKEND: z.enum(["inmemory", "table"]),
  FIRST_SIGNAL_CACHE_TTL_SECONDS: count,
  FIRST_SIGNAL_CACHE_SLIDING_EXPIRATION: z.stringbool(),
  FIRST_SIGNAL_CACHE_KEY_PREFIX: z.string().min(1),
  FIRST_SIGNAL_COLD_PATH_TIMEOUT_MS: count,
  FIRST_SIGNAL_SNAPSHOT_WRITER_ENABLED: z.stringbool(),
  FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS: count,
};

export const firstSignalEnv = z.object(firstSignal);

/** The routes of first signals; a ticket opens a stream under `FIRST_SIGNAL_STREAM_URL`, a base with or without its slash. */
export const firstSignalApiEnv = z.object({ ...firstSignal, FIRST_SIGNAL_STREAM_URL: z.string().min(1) });

export const signalStreamEnv = z.object({
  ...firstSignal,
  FIRST_SIGNAL_STREAM_POLL_INTERVAL_MS: count,
  FIRST_SIGNAL_STREAM_HEARTBEAT_SECONDS: count,
  FIRST_SIGNAL_STREAM_DURATION_SECONDS: count,
});

export const snapshotWriterEnv = z.object({
  ...jobs,
  FIRST_SIGNAL_CACHE_TTL_SECONDS: count,
  FIRST_SIGNAL_CACHE_KEY_PREFIX: z.string().min(1),
  FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS: count,
  /** Empty: the runs of all tenants. */
  FIRST_SIGNAL_SNAPSHOT_WRITER_TENANT_ID: z.string(),
  FIRST_SIGNAL_SNAPSHOT_WRITER_MAX_RUNS_PER_TICK: count,
  FIRST_SIGNAL_SNAPSHOT_WRITER_LOOKBACK_MINUTES: count,
});

export const authorizerEnv = z.object({ ...table, ADMIN_KEY_SECRET_ARN: z.string().min(1) });

/** Every stage: its lease is renewed every third of `LEASE_DURATION_MS`. */
export const stageEnv = z.object({ ...storage, LEASE_DURATION_MS: count });

export const fetchStageEnv = z.object({
  ...stageEnv.shape,
  ...fetching,
  ...politeness,
  MAX_RATE_LIMIT_WAITS: count,
  /** A dependency's `auth.secretName` is read under `<prefix><tenantId>/`. */
  TENANT_SECRETS_PREFIX: z.string().min(1),
});

/** The stages `alert` and `notify`. */
export const alertStageEnv = z.object({ ...stageEnv.shape, ...deliveries });

export const doneStageEnv = z.object({ ...stageEnv.shape, ...embedQueue });

/** The embedder's function: an endpoint that speaks OpenAI's protocol and the name of its key's secret, where there are. */
export const embedderEnv = z.object({ EMBEDDING_BASE_URL: z.string(), EMBEDDING_KEY_SECRET: z.string() });

/** The embed worker. */
export const embedEnv = z.object({
  ...table,
  BUCKET_NAME: storage.BUCKET_NAME,
  ...embedQueue,
  ...embedding,
  EMBEDDER_FUNCTION: z.string().min(1),
  EMBED_TIMEOUT_MS: count,
  EMBED_LEASE_DURATION_MS: count,
  EMBED_BATCH_SIZE: count,
});

/** Records how an execution ended when no stage could: `RecordFailure` and `RecordCancel` of the state machine. */
export const settleEnv = z.object({ ...jobs, ...health });

export const deliverEnv = z.object({
  ...table,
  ...deliveries,
  ALERT_EMAIL_FROM: alertSenders.ALERT_EMAIL_FROM,
  DISABLE_CHANNEL_AFTER_DAYS: count,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
});

export const orchestrateEnv = z.object({
  ...jobs,
  ...workflow,
  ...checks,
  ...deliveries,
  ...orchestratorPolicyEnv,
  HOST_INTERVAL_MS: politeness.HOST_INTERVAL_MS,
  ...sessionWorkflow,
  ...embedQueue,
  ...embedding,
});

/** Starts the jobs of sessions that a lane lets go. */
export const sessionWorkflowEnv = z.object(sessionWorkflow);

export const sessionApiEnv = z.object({
  ...sessionWorkflow,
  BUCKET_NAME: storage.BUCKET_NAME,
  SESSION_RETENTION_DAYS: count,
});

/** Runs a job of any registered type. */
export const sessionJobEnv = z.object({
  ...sessionWorkflow,
  ...fetching,
  BUCKET_NAME: storage.BUCKET_NAME,
  LEASE_DURATION_MS: count,
});

export const checkEnv = z.object({
  ...storage,
  ...fetching,
  ...workflow,
  ...checks,
  ...health,
  ...politeness,
  TENANT_SECRETS_PREFIX: fetchStageEnv.shape.TENANT_SECRETS_PREFIX,
});

/** The state machine of each type of job. */
export const stateMachineArns = (env: { DEPENDENCY_SYNC_ARN: string; PROVIDER_SYNC_ARN: string }) => ({
  "dependency.sync": env.DEPENDENCY_SYNC_ARN,
  "provider.sync": env.PROVIDER_SYNC_ARN,
});

/** The parts of a comma-separated setting. */
export const listOf = (text: string): string[] => text.split(",").filter((part) => part !== "");

export const orchestratorPolicy = (env: {
  ORCHESTRATOR_MODE: "opt-in" | "opt-out";
  ORCHESTRATOR_TENANTS: string;
}): { mode: "opt-in" | "opt-out"; allowedTenants: string[] } => ({
  mode: env.ORCHESTRATOR_MODE,
  allowedTenants: listOf(env.ORCHESTRATOR_TENANTS),
});

export const hostLimits = (env: {
  MAX_FETCHES_PER_HOST: number;
  HOST_INTERVAL_MS: number;
}): { maxTurns: number; intervalMs: number } => ({
  maxTurns: env.MAX_FETCHES_PER_HOST,
  intervalMs: env.HOST_INTERVAL_MS,
});

export const embeddingModel = (env: {
  EMBEDDING_MODEL: string;
  EMBEDDING_DIMENSION: number;
}): { id: string; dimension: number } => ({ id: env.EMBEDDING_MODEL, dimension: env.EMBEDDING_DIMENSION });

/** Consecutive failures at which a dependency's health gets worse. */
export const healthThresholds = (env: {
  DEGRADED_AFTER_FAILURES: number;
  UNHEALTHY_AFTER_FAILURES: number;
  PAUSED_AFTER_FAILURES: number;
}): { degraded: number; unhealthy: number; paused: number } => ({
  degraded: env.DEGRADED_AFTER_FAILURES,
  unhealthy: env.UNHEALTHY_AFTER_FAILURES,
  paused: env.PAUSED_AFTER_FAILURES,
});
