import * as z from "zod";
import { cadence } from "../shared/contracts/api/cadence.ts";
import { ConfigurationError } from "./errors.ts";

/** The stage that holds what is unsafe to lose. */
export const productionStage = "prod";

const wholeNumber = (min: number, max: number) => {
  const message = `takes a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};

/** `a.example:8080`, `127.0.0.1:9000`, `[::1]:9000` */
const hostAndPort = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i;

const commaSeparated = (item: RegExp, message: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    )
    .pipe(z.array(z.string().regex(item, message)));

const oneTenant = /^[A-Za-z0-9][\w.-]{0,127}$/;
const tenantId = z.string().regex(oneTenant, "takes the id of a tenant");
const hostList = commaSeparated(hostAndPort, "takes host:port, comma-separated");
const tenantList = commaSeparated(oneTenant, "takes ids of tenants, comma-separated");
const busArnList = commaSeparated(
  /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/,
  "takes ARNs of event buses, comma-separated",
);

/**
 * Everything that a deployment can be told. Each setting is read from the environment variable that
 * `settingVariable` derives from its name; `docs/configuration.md` is held to these descriptions and defaults by a test.
 */
export const configSchema = z
  .strictObject({
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/, "takes lower-case letters, digits and hyphens, at most 20, a letter first")
      .default("dev")
      .describe("Name of the deployment, part of every resource name; `prod` keeps its data when it is torn down."),
    allowedPrivateHosts: hostList
      .default([])
      .describe("`host:port`, comma-separated: private hosts that may be fetched or called. Refused in `prod`."),
    awsEndpointUrl: z.url().optional().describe("Endpoint that the functions call instead of AWS. Refused in `prod`."),
    scheduleEnabled: z
      .stringbool()
      .default(true)
      .describe("Whether scheduled checks and the reclaim of lost workers run."),
    scheduleEveryMinutes: wholeNumber(1, 59).default(5).describe("Minutes between two runs of the orchestrator."),
    orchestratorMode: z
      .enum(["opt-in", "opt-out"], "takes opt-in or opt-out")
      .default("opt-in")
      .describe(
        "Which dependencies the schedule looks after: `opt-in` those that are enabled, of the tenants named below; `opt-out` all that were not disabled, whoever's they are.",
      ),
    orchestratorTenants: tenantList
      .default([])
      .describe("Ids of tenants, comma-separated: the allowlist of the opt-in mode. None means all."),
    defaultCadence: cadence
      .default("1h")
      .describe("How often a dependency is checked that does not say it: from `5m` to `31d`."),
    maxCheckWorkers: wholeNumber(2, 1000)
      .default(10)
      .describe("Check workers at once, each with up to ten dependencies."),
    maxFetchesPerHost: wholeNumber(1, 100)
      .default(4)
      .describe("Workers that may fetch from one host at once, over all tenants."),
    hostIntervalMs: wholeNumber(0, 60_000)
      .default(250)
      .describe("Milliseconds from one request to a host to the next one, over all tenants."),
    maxUnfinishedSyncs: wholeNumber(1, 10_000)
      .default(100)
      .describe("Syncs in flight over all tenants; what is above waits in `queued`."),
    leaseSeconds: wholeNumber(6, 600)
      .default(30)
      .describe("Seconds for which a worker owns a stage; it renews every third of them."),
    heartbeatSeconds: wholeNumber(6, 3600)
      .default(30)
      .describe(
        "Seconds without a heartbeat after which Step Functions gives a worker up; at least two thirds of the lease.",
      ),
    maxBodyMib: wholeNumber(1, 100).default(50).describe("Largest document, in MiB after decompression."),
    fetchTimeoutSeconds: wholeNumber(1, 600)
      .default(60)
      .describe("Seconds that one fetch may take, redirects and body included."),
    maxRateLimitWaits: wholeNumber(0, 100)
      .default(5)
      .describe("Times that one sync waits for a host that answers 429 before it fails."),
    degradedAfterFailures: wholeNumber(1, 1000)
      .default(3)
      .describe("Failures in a row after which a dependency counts as degraded."),
    unhealthyAfterFailures: wholeNumber(1, 1000)
      .default(5)
      .describe("Failures in a row after which a dependency counts as unhealthy."),
    pausedAfterFailures: wholeNumber(1, 1000)
      .default(10)
      .describe(
        "Failures in a row after which a dependency is only checked once a day, until a check or a manual sync succeeds.",
      ),
    alertEmailFrom: z
      .email("takes an e-mail address")
      .optional()
      .describe(
        "Address, verified in SES, that alerts are mailed from; without it there are no channels of type `email`.",
      ),
    alertEventBusArns: busArnList
      .default([])
      .describe("ARNs, comma-separated: EventBridge buses, of any account, that channels may put alerts on."),
    disableChannelAfterDays: wholeNumber(1, 90)
      .default(5)
      .describe(
        "Days of nothing but failed attempts after which a channel is disabled and the tenant's others are told.",
      ),
    apiRequestsPerSecond: wholeNumber(1, 10_000)
      .default(100)
      .describe(
        "Requests a second that the API takes, over all callers; bursts may be twice that. More are answered 429.",
      ),
    diffsPerSecond: wholeNumber(1, 1000)
      .default(10)
      .describe(
        "Of these requests, how many a second may be `POST /api/diff`, over all callers; bursts may be twice that.",
      ),
    firstSignalCacheBackend: z
      .enum(["inmemory", "table"], "takes inmemory or table")
      .default("inmemory")
      .describe("Where signals are remembered: `inmemory`, of each function instance, or `table`, of all of them."),
    firstSignalCacheTtlSeconds: wholeNumber(1, 31_536_000)
      .default(86_400)
      .describe("Seconds for which a signal is remembered."),
    firstSignalCacheSlidingExpiration: z
      .stringbool()
      .default(true)
      .describe("Whether a signal that is asked for is remembered anew."),
    firstSignalCacheKeyPrefix: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, "takes letters, digits and . : _ -, at most 100")
      .default("orchestrator:first_signal:")
      .describe("What the keys of remembered signals begin with."),
    firstSignalColdPathTimeoutMs: wholeNumber(1, 20_000)
      .default(3_000)
      .describe(
        "Milliseconds that reading a run may take; after them what is remembered of it is told, or `unavailable`.",
      ),
    searchesPerSecond: wholeNumber(1, 1000)
      .default(20)
      .describe(
        "Of these requests, how many a second may be `GET /api/search/operations`, over all callers; bursts may be twice that.",
      ),
    embeddingProvider: z
      .enum(["embedded", "openai", "bedrock"], "takes embedded, openai or bedrock")
      .default("embedded")
      .describe(
        "What makes the vectors of search: `embedded` (MiniLM, in a function of its own, without network), `openai` (any endpoint that speaks OpenAI's protocol) or `bedrock`.",
      ),
    embeddingModel: z
      .string()
      .regex(/^[\w.:/-]{1,128}$/, "takes the model's name")
      .optional()
      .describe("The model as `openai` or `bedrock` call it. Another one embeds everything anew, in the background."),
    embeddingDimension: wholeNumber(8, 4096).default(384).describe("Length of the model's vectors."),
    embeddingBaseUrl: z
      .url()
      .optional()
      .describe("Of the `openai` endpoint, with its version: `https://api.openai.com/v1`."),
    embeddingKeySecret: z
      .string()
      .regex(/^[\w+=.@/-]{1,200}$/, "takes the name of a secret")
      .optional()
      .describe("Name of the secret in Secrets Manager that holds the key of the `openai` endpoint."),
    embedWorkers: wholeNumber(1, 10).default(1).describe("Embed jobs that one embed worker runs at once (`workers`)."),
    maxEmbedWorkers: wholeNumber(2, 1000).default(5).describe("Embed workers at once."),
    embedTimeoutSeconds: wholeNumber(1, 840)
      .default(300)
      .describe("Seconds that one call of the embedder may take (`embed_timeout`); on a time-out the batch halves."),
    embedLeaseSeconds: wholeNumber(6, 3600)
      .default(600)
      .describe(
        "Seconds for which a worker owns an embed job (`lease_duration`); it renews every third of them. Keep it above the time-out.",
      ),
    embedBatchSize: wholeNumber(1, 256).default(32).describe("Texts of one call of the embedder (`batch_size`)."),
    functionPlatform: z
      .enum(["linux-arm64", "linux-x64", "darwin-arm64"], "takes linux-arm64 or linux-x64")
      .default("linux-arm64")
      .describe(
        "What the functions run on: `linux-arm64` or `linux-x64`. The local cloud sets it to what this machine is.",
      ),
    firstSignalSnapshotWriterEnabled: z
      .stringbool()
      .default(false)
      .describe("Whether signals of runs that go on are written to the table, where one that is fresh answers alone."),
    firstSignalSnapshotWriterTenantId: tenantId
      .optional()
      .describe("The one tenant whose runs the snapshot writer looks at; without it those of all."),
    firstSignalSnapshotWriterPollIntervalSeconds: wholeNumber(1, 60)
      .default(10)
      .describe(
        "Seconds from one look of the snapshot writer to the next; what is older than two of them is not fresh.",
      ),
    firstSignalSnapshotWriterMaxRunsPerTick: wholeNumber(1, 500)
      .default(50)
      .describe("Snapshots that one look writes, of the runs that changed last."),
    firstSignalSnapshotWriterLookbackMinutes: wholeNumber(1, 10_080)
      .default(60)
      .describe("Minutes without a change after which the snapshot writer leaves a run alone."),
    firstSignalStreamPollIntervalMs: wholeNumber(100, 60_000)
      .default(1_000)
      .describe("Milliseconds from one look of a stream at its run to the next."),
    firstSignalStreamHeartbeatSeconds: wholeNumber(1, 300)
      .default(15)
      .describe("Seconds without an event after which a stream sends a comment."),
    firstSignalStreamDurationSeconds: wholeNumber(1, 840)
      .default(300)
      .describe("Seconds after which the server ends a stream; the client connects again and goes on."),
    firstSignalStreamMaxStreams: wholeNumber(1, 10_000)
      .optional()
      .describe("Streams at once, kept free for them; without it they share the account's concurrency."),
    messagingTransport: z
      .enum(["inmemory"], "takes inmemory: there is no broker to name")
      .default("inmemory")
      .describe("How streams hear of changes: `inmemory`, each looks at its run itself."),
    logRetentionDays: z.coerce
      .number()
      .pipe(
        z.literal(
          [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
          "takes a retention of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731",
        ),
      )
      .default(30)
      .describe("Days that logs are kept; one of the periods of CloudWatch Logs."),
    jobRetentionDays: wholeNumber(1, 3650)
      .default(90)
      .describe("Days that a job is kept after its end; snapshots and changes are kept for good."),
    sessionRetentionDays: wholeNumber(1, 365)
      .default(28)
      .describe("Days after its creation for which a session is kept, with its jobs and documentation."),
    sessionJobsPerType: wholeNumber(1, 100)
      .default(2)
      .describe(
        "Jobs of one type that run at once in the sessions of a tenant; the others wait in `queued`, in order.",
      ),
    logLevel: z
      .enum(["DEBUG", "INFO", "WARN", "ERROR"])
      .default("INFO")
      .describe("Least severe log line that the functions write: `DEBUG`, `INFO`, `WARN` or `ERROR`."),
    alarmEmail: z.email().optional().describe("Address that alarms are mailed to; it must confirm the subscription."),
  })
  .superRefine((config, context) => {
    const refuse = (setting: string, message: string) =>
      context.addIssue({ code: "custom", path: [setting], message, input: config });
    if (config.stage === productionStage && config.allowedPrivateHosts.length > 0)
      refuse("allowedPrivateHosts", `is refused in ${productionStage}: tenants could reach the hosts it names`);
    if (config.stage === productionStage && config.awsEndpointUrl !== undefined)
      refuse("awsEndpointUrl", `is refused in ${productionStage}`);
    if (config.embeddingProvider !== "embedded" && config.embeddingModel === undefined)
      refuse("embeddingModel", `is needed with the provider ${config.embeddingProvider}`);
    if (config.embeddingProvider === "openai" && config.embeddingBaseUrl === undefined)
      refuse("embeddingBaseUrl", "is needed with the provider openai");
    // A heartbeat goes out with each renewal; one of them may be lost.
    if (config.heartbeatSeconds * 3 < config.leaseSeconds * 2)
      refuse("heartbeatSeconds", "must be at least two thirds of FOREWARN_LEASE_SECONDS");
    if (config.unhealthyAfterFailures <= config.degradedAfterFailures)
      refuse("unhealthyAfterFailures", "must be above FOREWARN_DEGRADED_AFTER_FAILURES");
    if (config.pausedAfterFailures <= config.unhealthyAfterFailures)
      refuse("pausedAfterFailures", "must be above FOREWARN_UNHEALTHY_AFTER_FAILURES");
  });

export type Config = z.infer<typeof configSchema>;

const prefix = "FOREWARN_";

/** Variables of our other programs, which may be set in the same shell. */
const clientVariables: ReadonlySet<string> = new Set(["FOREWARN_API_URL", "FOREWARN_API_KEY", "FOREWARN_OWNER_PID"]);

/**
 * The environment variable of a setting.
 * @example settingVariable("maxBodyMib") // "FOREWARN_MAX_BODY_MIB"
 */
export const settingVariable = (setting: string): string =>
  prefix + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const settingOf = new Map(Object.keys(configSchema.shape).map((setting) => [settingVariable(setting), setting]));

/**
 * Reads the configuration from environment variables. An empty variable counts as absent.
 * @throws ConfigurationError that names every wrong, refused or unknown `FOREWARN_` variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(
    ([variable, value]) => variable.startsWith(prefix) && !clientVariables.has(variable) && value,
  );
  const parsed = configSchema.safeParse(
    Object.fromEntries(given.map(([variable, value]) => [settingOf.get(variable) ?? variable, value])),
  );
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    ["This configuration cannot be deployed:", ...parsed.error.issues.flatMap(linesOf)].join("\n  "),
  );
}

function linesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((variable) => `${variable}: there is no such setting (see docs/configuration.md)`);
  return [`${settingVariable(String(issue.path[0]))}: ${issue.message}`];
}

export const isProduction = (config: Config): boolean => config.stage === productionStage;

/**
 * Name of a resource in an account that may hold several stages.
 * @example resourceName(config, "fetch") // "forewarn-dev-fetch"
 */
export const resourceName = (config: Config, name: string): string => `forewarn-${config.stage}-${name}`;
