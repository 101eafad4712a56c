import type * as z from "zod";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoPauseStore } from "../../shared/aws/dynamo-pause-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { dynamoSessionRecords } from "../../shared/aws/dynamo-session-records.ts";
import { dynamoSignalStore } from "../../shared/aws/dynamo-signal-store.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { createSignalFinder, type SignalFinder } from "../../shared/first-signal/find-signal.ts";
import { inMemorySignals } from "../../shared/first-signal/in-memory-signals.ts";
import { createRunReader } from "../../shared/first-signal/read-run.ts";
import type { firstSignalEnv, runReaderEnv } from "./env.ts";

/** Where runs are read on AWS. */
export const awsRunPorts = (env: z.output<typeof runReaderEnv>) => {
  const table = { client: dynamoClient(), tableName: env.TABLE_NAME };
  const retentionDays = env.JOB_RETENTION_DAYS;
  const stores = {
    jobs: dynamoJobStore({ ...table, jobRetentionDays: retentionDays }),
    records: dynamoSessionRecords(table),
    runs: dynamoRunStore({ ...table, runRetentionDays: retentionDays }),
    pauses: dynamoPauseStore(table),
  };
  return { table, ...stores, readRun: createRunReader({ ...stores, clock: systemClock }) };
};

/** What finds signals on AWS, under the configuration. */
export const awsSignalFinder = (
  env: z.output<typeof firstSignalEnv>,
  log: (event: string, fields: Record<string, unknown>) => void,
): SignalFinder => {
  const { table, readRun } = awsRunPorts(env);
  const keyPrefix = env.FIRST_SIGNAL_CACHE_KEY_PREFIX;
  const inTable = dynamoSignalStore(table, keyPrefix);
  const isWritten = env.FIRST_SIGNAL_SNAPSHOT_WRITER_ENABLED;
  return createSignalFinder(
    {
      readRun,
      cache: env.FIRST_SIGNAL_CACHE_BACKEND === "table" ? inTable : inMemorySignals(keyPrefix),
      // One look of the writer may be late.
      snapshots: isWritten
        ? { store: inTable, freshForMs: env.FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS * 2_000 }
        : undefined,
      clock: systemClock,
      log,
    },
    {
      ttlSeconds: env.FIRST_SIGNAL_CACHE_TTL_SECONDS,
      slidingExpiration: env.FIRST_SIGNAL_CACHE_SLIDING_EXPIRATION,
      coldPathTimeoutMs: env.FIRST_SIGNAL_COLD_PATH_TIMEOUT_MS,
    },
  );
};
