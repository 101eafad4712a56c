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

const health = { DEGRADED_AFTER_FAILURES: count, UNHEALTHY_AFTER_FAILURES: count, PAUSED_AFTER_FAILURES: count };

/** What starting a sync needs. */
const workflow = { DEPENDENCY_SYNC_ARN: z.string().min(1), HEARTBEAT_SECONDS: count, MAX_UNFINISHED_SYNCS: count };

/** The verified address that alerts are mailed from (empty: none is), and the buses they may be put on, comma-separated. */
const alertSenders = { ALERT_EMAIL_FROM: z.string(), ALERT_EVENT_BUS_ARNS: z.string() };

const deliveries = { DELIVERIES_QUEUE_URL: z.string().min(1) };

export const apiEnv = z.object({
  ...storage,
  ...workflow,
  ...deliveries,
  ...alertSenders,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
});

/** `POST /api/diff`. */
export const diffApiEnv = z.object({
  ...table,
  BUCKET_NAME: storage.BUCKET_NAME,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
});

export const authorizerEnv = z.object({ ...table, ADMIN_KEY_SECRET_ARN: z.string().min(1) });

/** Every stage: its lease is renewed every third of `LEASE_DURATION_MS`. */
export const stageEnv = z.object({ ...storage, LEASE_DURATION_MS: count });

export const fetchStageEnv = z.object({
  ...stageEnv.shape,
  ...fetching,
  MAX_RATE_LIMIT_WAITS: count,
  /** A dependency's `auth.secretName` is read under `<prefix><tenantId>/`. */
  TENANT_SECRETS_PREFIX: z.string().min(1),
});

export const alertStageEnv = z.object({ ...stageEnv.shape, ...deliveries });

/** Records how an execution ended when no stage could: `RecordFailure` and `RecordCancel` of the state machine. */
export const settleEnv = z.object({ ...jobs, ...health });

export const deliverEnv = z.object({
  ...table,
  ...deliveries,
  ALERT_EMAIL_FROM: alertSenders.ALERT_EMAIL_FROM,
  DISABLE_CHANNEL_AFTER_DAYS: count,
  ALLOWED_PRIVATE_HOSTS: fetching.ALLOWED_PRIVATE_HOSTS,
});

export const orchestrateEnv = z.object({ ...jobs, ...workflow, ...deliveries });

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
