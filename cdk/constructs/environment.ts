import { embeddedModel } from "../../shared/contracts/embedded-model.ts";
import type { SyncJobType } from "../../shared/contracts/sync-stages.ts";
import type { Config } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { tenantSecretsPrefix } from "./access.ts";

/** Environment variables that several functions share, as `lambdas/runtime/env.ts` groups them. */
export const jobsEnvironment = (config: Config, data: DataStack) => ({
  TABLE_NAME: data.table.tableName,
  JOB_RETENTION_DAYS: String(config.jobRetentionDays),
});

export const storageEnvironment = (config: Config, data: DataStack) => ({
  ...jobsEnvironment(config, data),
  BUCKET_NAME: data.bodies.bucketName,
});

export const healthEnvironment = (config: Config) => ({
  DEGRADED_AFTER_FAILURES: String(config.degradedAfterFailures),
  UNHEALTHY_AFTER_FAILURES: String(config.unhealthyAfterFailures),
  PAUSED_AFTER_FAILURES: String(config.pausedAfterFailures),
});

export const privateHostsEnvironment = (config: Config) => ({
  ALLOWED_PRIVATE_HOSTS: config.allowedPrivateHosts.join(","),
});

/** What alerts are sent through beside HTTP. */
export const alertSendersEnvironment = (config: Config) => ({
  ALERT_EMAIL_FROM: config.alertEmailFrom ?? "",
  ALERT_EVENT_BUS_ARNS: config.alertEventBusArns.join(","),
});

/** Which documents may be fetched, and how much of them. */
export const fetchEnvironment = (config: Config) => ({
  ...privateHostsEnvironment(config),
  MAX_BODY_BYTES: String(config.maxBodyMib * 1024 * 1024),
  FETCH_TIMEOUT_MS: String(config.fetchTimeoutSeconds * 1000),
  MAX_FETCHES_PER_HOST: String(config.maxFetchesPerHost),
  HOST_INTERVAL_MS: String(config.hostIntervalMs),
  TENANT_SECRETS_PREFIX: tenantSecretsPrefix(config),
});

/** Which targets the schedule looks after. */
export const orchestratorPolicyEnvironment = (config: Config) => ({
  ORCHESTRATOR_MODE: config.orchestratorMode,
  ORCHESTRATOR_TENANTS: config.orchestratorTenants.join(","),
});

/** What finds first signals. */
export const firstSignalEnvironment = (config: Config, data: DataStack) => ({
  ...jobsEnvironment(config, data),
  FIRST_SIGNAL_CACHE_BACKEND: config.firstSignalCacheBackend,
  FIRST_SIGNAL_CACHE_TTL_SECONDS: String(config.firstSignalCacheTtlSeconds),
  FIRST_SIGNAL_CACHE_SLIDING_EXPIRATION: String(config.firstSignalCacheSlidingExpiration),
  FIRST_SIGNAL_CACHE_KEY_PREFIX: config.firstSignalCacheKeyPrefix,
  FIRST_SIGNAL_COLD_PATH_TIMEOUT_MS: String(config.firstSignalColdPathTimeoutMs),
  FIRST_SIGNAL_SNAPSHOT_WRITER_ENABLED: String(config.firstSignalSnapshotWriterEnabled),
  FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS: String(config.firstSignalSnapshotWriterPollIntervalSeconds),
});

/** How long and how often a stream looks. */
export const signalStreamEnvironment = (config: Config) => ({
  FIRST_SIGNAL_STREAM_POLL_INTERVAL_MS: String(config.firstSignalStreamPollIntervalMs),
  FIRST_SIGNAL_STREAM_HEARTBEAT_SECONDS: String(config.firstSignalStreamHeartbeatSeconds),
  FIRST_SIGNAL_STREAM_DURATION_SECONDS: String(config.firstSignalStreamDurationSeconds),
});

/** What the writer of snapshots looks at. */
export const snapshotWriterEnvironment = (config: Config, data: DataStack) => ({
  ...jobsEnvironment(config, data),
  FIRST_SIGNAL_CACHE_TTL_SECONDS: String(config.firstSignalCacheTtlSeconds),
  FIRST_SIGNAL_CACHE_KEY_PREFIX: config.firstSignalCacheKeyPrefix,
  FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS: String(config.firstSignalSnapshotWriterPollIntervalSeconds),
  FIRST_SIGNAL_SNAPSHOT_WRITER_TENANT_ID: config.firstSignalSnapshotWriterTenantId ?? "",
  FIRST_SIGNAL_SNAPSHOT_WRITER_MAX_RUNS_PER_TICK: String(config.firstSignalSnapshotWriterMaxRunsPerTick),
  FIRST_SIGNAL_SNAPSHOT_WRITER_LOOKBACK_MINUTES: String(config.firstSignalSnapshotWriterLookbackMinutes),
});
/** What new vectors are made with. */
export const embeddingEnvironment = ({ embeddingProvider, embeddingModel, embeddingDimension }: Config) =>
  embeddingProvider === "embedded"
    ? { EMBEDDING_MODEL: embeddedModel.id, EMBEDDING_DIMENSION: String(embeddedModel.dimension) }
    : {
        EMBEDDING_MODEL: `${embeddingProvider}:${embeddingModel}`,
        EMBEDDING_DIMENSION: String(embeddingDimension),
      };

/** What starting a session's job needs. */
export const sessionWorkflowEnvironment = (config: Config, data: DataStack, sessionJobArn: string) => ({
  TABLE_NAME: data.table.tableName,
  SESSION_JOB_ARN: sessionJobArn,
  HEARTBEAT_SECONDS: String(config.heartbeatSeconds),
  SESSION_JOBS_PER_TYPE: String(config.sessionJobsPerType),
});

/** What starting a sync needs. */
export const workflowEnvironment = (
  config: Config,
  { machines }: { machines: Readonly<Record<SyncJobType, { stateMachineArn: string }>> },
) => ({
  DEPENDENCY_SYNC_ARN: machines["dependency.sync"].stateMachineArn,
  PROVIDER_SYNC_ARN: machines["provider.sync"].stateMachineArn,
  HEARTBEAT_SECONDS: String(config.heartbeatSeconds),
  MAX_UNFINISHED_SYNCS: String(config.maxUnfinishedSyncs),
});
