import { describe, expect, it } from "vitest";
import { readConfig, resourceName } from "../../../cdk/config.ts";
import { ConfigurationError } from "../../../cdk/errors.ts";

const refusal = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
  }
  return "accepted";
};

describe("the configuration", () => {
  it("needs no variable at all", () => {
    expect(readConfig({ PATH: "/bin" })).toEqual({
      stage: "dev",
      allowedPrivateHosts: [],
      scheduleEnabled: true,
      scheduleEveryMinutes: 5,
      orchestratorMode: "opt-in",
      orchestratorTenants: [],
      defaultCadence: "1h",
      maxCheckWorkers: 10,
      maxFetchesPerHost: 4,
      hostIntervalMs: 250,
      maxUnfinishedSyncs: 100,
      leaseSeconds: 30,
      heartbeatSeconds: 30,
      maxBodyMib: 50,
      fetchTimeoutSeconds: 60,
      maxRateLimitWaits: 5,
      degradedAfterFailures: 3,
      unhealthyAfterFailures: 5,
      pausedAfterFailures: 10,
      alertEventBusArns: [],
      disableChannelAfterDays: 5,
      apiRequestsPerSecond: 100,
      diffsPerSecond: 10,
      firstSignalCacheBackend: "inmemory",
      firstSignalCacheTtlSeconds: 86_400,
      firstSignalCacheSlidingExpiration: true,
      firstSignalCacheKeyPrefix: "orchestrator:first_signal:",
      firstSignalColdPathTimeoutMs: 3_000,
      searchesPerSecond: 20,
      embeddingProvider: "embedded",
      embeddingDimension: 384,
      embedWorkers: 1,
      maxEmbedWorkers: 5,
      embedTimeoutSeconds: 300,
      embedLeaseSeconds: 600,
      embedBatchSize: 32,
      functionPlatform: "linux-arm64",
      firstSignalSnapshotWriterEnabled: false,
      firstSignalSnapshotWriterPollIntervalSeconds: 10,
      firstSignalSnapshotWriterMaxRunsPerTick: 50,
      firstSignalSnapshotWriterLookbackMinutes: 60,
      firstSignalStreamPollIntervalMs: 1_000,
      firstSignalStreamHeartbeatSeconds: 15,
      firstSignalStreamDurationSeconds: 300,
      messagingTransport: "inmemory",
      logRetentionDays: 30,
      jobRetentionDays: 90,
      sessionRetentionDays: 28,
      sessionJobsPerType: 2,
      logLevel: "INFO",
    });
  });

  it("takes each setting from the variable of its name", () => {
    expect(
      readConfig({
        FOREWARN_STAGE: "local",
        FOREWARN_ALLOWED_PRIVATE_HOSTS: "127.0.0.1:9000, docs.internal:443,[::1]:80",
        FOREWARN_AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
        FOREWARN_SCHEDULE_ENABLED: "false",
        FOREWARN_LOG_RETENTION_DAYS: "7",
        FOREWARN_ALARM_EMAIL: "ops@example.com",
        FOREWARN_ALERT_EMAIL_FROM: "forewarn@example.com",
        FOREWARN_ALERT_EVENT_BUS_ARNS:
          "arn:aws:events:eu-west-1:123456789012:event-bus/a, arn:aws:events:eu-west-1:123456789012:event-bus/b",
      }),
    ).toMatchObject({
      stage: "local",
      allowedPrivateHosts: ["127.0.0.1:9000", "docs.internal:443", "[::1]:80"],
      awsEndpointUrl: "http://127.0.0.1:4566",
      scheduleEnabled: false,
      logRetentionDays: 7,
      jobRetentionDays: 90,
      sessionRetentionDays: 28,
      sessionJobsPerType: 2,
      alarmEmail: "ops@example.com",
      alertEmailFrom: "forewarn@example.com",
      alertEventBusArns: [
        "arn:aws:events:eu-west-1:123456789012:event-bus/a",
        "arn:aws:events:eu-west-1:123456789012:event-bus/b",
      ],
    });
  });

  it("takes an empty variable for an absent one", () => {
    expect(readConfig({ FOREWARN_STAGE: "", FOREWARN_ALLOWED_PRIVATE_HOSTS: "" })).toEqual(readConfig({}));
  });

  it("leaves the variables of the command line and the local cloud alone", () => {
    expect(readConfig({ FOREWARN_API_URL: "https://x.example", FOREWARN_API_KEY: "k" })).toEqual(readConfig({}));
  });

  it("refuses in production what would let tenants reach private hosts", () => {
    expect(refusal({ FOREWARN_STAGE: "prod", FOREWARN_ALLOWED_PRIVATE_HOSTS: "10.0.0.1:80" })).toBe(
      "This configuration cannot be deployed:\n" +
        "  FOREWARN_ALLOWED_PRIVATE_HOSTS: is refused in prod: tenants could reach the hosts it names",
    );
  });

  it("refuses another endpoint than AWS in production", () => {
    expect(refusal({ FOREWARN_STAGE: "prod", FOREWARN_AWS_ENDPOINT_URL: "http://127.0.0.1:4566" })).toBe(
      "This configuration cannot be deployed:\n  FOREWARN_AWS_ENDPOINT_URL: is refused in prod",
    );
  });

  it("names a misspelt variable", () => {
    expect(refusal({ FOREWARN_LOG_RETENTION: "7" })).toBe(
      "This configuration cannot be deployed:\n" +
        "  FOREWARN_LOG_RETENTION: there is no such setting (see docs/configuration.md)",
    );
  });

  it("names every wrong value at once", () => {
    expect(
      refusal({
        FOREWARN_STAGE: "Prod",
        FOREWARN_ALLOWED_PRIVATE_HOSTS: "localhost",
        FOREWARN_LOG_RETENTION_DAYS: "8",
        FOREWARN_LEASE_SECONDS: "soon",
        FOREWARN_ALERT_EVENT_BUS_ARNS: "alerts",
      }).split("\n  "),
    ).toEqual([
      "This configuration cannot be deployed:",
      "FOREWARN_STAGE: takes lower-case letters, digits and hyphens, at most 20, a letter first",
      "FOREWARN_ALLOWED_PRIVATE_HOSTS: takes host:port, comma-separated",
      "FOREWARN_LEASE_SECONDS: takes a whole number from 6 to 600",
      "FOREWARN_ALERT_EVENT_BUS_ARNS: takes ARNs of event buses, comma-separated",
      "FOREWARN_LOG_RETENTION_DAYS: takes a retention of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731",
    ]);
  });

  it.each([
    [
      { FOREWARN_LEASE_SECONDS: "60" },
      "FOREWARN_HEARTBEAT_SECONDS: must be at least two thirds of FOREWARN_LEASE_SECONDS",
    ],
    [
      { FOREWARN_DEGRADED_AFTER_FAILURES: "5" },
      "FOREWARN_UNHEALTHY_AFTER_FAILURES: must be above FOREWARN_DEGRADED_AFTER_FAILURES",
    ],
    [
      { FOREWARN_UNHEALTHY_AFTER_FAILURES: "10" },
      "FOREWARN_PAUSED_AFTER_FAILURES: must be above FOREWARN_UNHEALTHY_AFTER_FAILURES",
    ],
  ])("refuses %o, which does not go together", (environment, line) => {
    expect(refusal(environment)).toBe(`This configuration cannot be deployed:\n  ${line}`);
  });

  it("names resources after the stage", () => {
    expect(resourceName(readConfig({ FOREWARN_STAGE: "prod" }), "fetch")).toBe("forewarn-prod-fetch");
  });
});
