import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoSignalStore } from "../../shared/aws/dynamo-signal-store.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { repeatLook } from "../../shared/first-signal/repeat-look.ts";
import { type FollowedRun, writeSnapshots } from "../../shared/first-signal/write-snapshots.ts";
import { snapshotWriterEnv } from "../runtime/env.ts";
import { awsRunPorts } from "../runtime/first-signal-ports.ts";

const env = snapshotWriterEnv.parse(process.env);
const logger = new Logger({ serviceName: "signal-snapshots" });
const { table, ...runPorts } = awsRunPorts(env);
const ports = {
  ...runPorts,
  store: dynamoSignalStore(table, env.FIRST_SIGNAL_CACHE_KEY_PREFIX),
  clock: systemClock,
  log: (event: string, fields: Record<string, unknown>) => logger.info(event, { fields }),
};
const settings = {
  tenantId: env.FIRST_SIGNAL_SNAPSHOT_WRITER_TENANT_ID || undefined,
  maxRunsPerTick: env.FIRST_SIGNAL_SNAPSHOT_WRITER_MAX_RUNS_PER_TICK,
  lookbackMinutes: env.FIRST_SIGNAL_SNAPSHOT_WRITER_LOOKBACK_MINUTES,
  ttlSeconds: env.FIRST_SIGNAL_CACHE_TTL_SECONDS,
};
const everyMs = env.FIRST_SIGNAL_SNAPSHOT_WRITER_POLL_INTERVAL_SECONDS * 1_000;

/** The scheduler's shortest interval; the next invocation goes on where this one ends. */
const forMs = 60_000;

/** Kept by a warm instance: a run that ended between two invocations is seen by the next. */
let followed: FollowedRun[] = [];

/** Started by the schedule once a minute, while the snapshot writer is on. */
export const handler = (): Promise<void> =>
  repeatLook(systemClock, { everyMs, forMs }, async () => {
    followed = await writeSnapshots(ports, settings, followed);
  });
