import { Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { type Config, resourceName } from "../config.ts";
import type { Checks } from "./checks.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Embeddings } from "./embeddings.ts";
import type { FirstSignal } from "./first-signal.ts";
import type { HttpApi } from "./http-api.ts";
import type { OrchestratorSchedule } from "./schedule.ts";
import type { Search } from "./search.ts";
import type { Sessions } from "./sessions.ts";
import type { SyncWorkflow } from "./sync-workflow.ts";

/**
 * Executions that may fail in a quarter of an hour before it is an alarm: a document that cannot be read is its owner's
 * matter and shows on the job; many at once are ours.
 */
const manyFailedExecutions = 20;

export type AlarmsProps = {
  config: Config;
  api: HttpApi;
  workflow: SyncWorkflow;
  deliveries: Deliveries;
  checks: Checks;
  schedule: OrchestratorSchedule;
  sessions: Sessions;
  firstSignal: FirstSignal;
  embeddings: Embeddings;
  search: Search;
};

type AlarmDefinition = {
  name: string;
  /** What it means and what to do, for whoever is woken by it. */
  description: string;
  metric: IMetric;
  /** The alarm goes off at this value. @default 1 */
  threshold?: number;
};

/** What a person has to look at, and the topic that tells them. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { config, api, workflow, deliveries, checks, schedule, sessions, firstSignal, embeddings, search } = props;
    this.topic = this.createTopic(config);
    const period = Duration.minutes(5);
    const { machines } = workflow;
    const definitions: AlarmDefinition[] = [
      {
        name: "deliveries-dead-letters",
        description:
          "Deliveries whose worker crashed again and again: see the deliver function's log, then forewarn dead-letters redrive.",
        metric: deliveries.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      },
      {
        name: "checks-dead-letters",
        description:
          "Checks whose worker failed again and again: see the check function's log, then forewarn dead-letters redrive.",
        metric: checks.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      },
      {
        name: "embeds-dead-letters",
        description:
          "Embed jobs whose worker crashed again and again: see the embed function's log, then forewarn dead-letters redrive.",
        metric: embeddings.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      },
      {
        name: "embedder-errors",
        description:
          "The embedding model's function crashes: searches go by words alone. See the embedder function's log.",
        metric: embeddings.embedder.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "api-search-errors",
        description: "Searches fail or run out of memory; callers get 5xx. See the api-search function's log.",
        metric: search.handler.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "schedule-dead-letters",
        description: "Runs of the orchestrator that could not be started: forewarn dead-letters list says why.",
        metric: schedule.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      },
      {
        name: "orchestrate-errors",
        description: "The orchestrator fails: syncs are neither started nor reclaimed. See its log.",
        metric: schedule.orchestrate.metricErrors({ period }),
      },
      {
        name: "settle-errors",
        description: "A failed sync could not be recorded on its job; the job looks as if it still ran.",
        metric: workflow.settle.metricErrors({ period }),
      },
      {
        name: "api-errors",
        description: "The API's function fails; callers get 5xx. See its log.",
        metric: api.handler.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "api-diff-errors",
        description: "Comparisons fail or run out of time or memory; callers get 5xx. See the api-diff function's log.",
        metric: api.diff.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "session-api-errors",
        description: "The sessions' function fails; callers get 5xx. See the session-api function's log.",
        metric: sessions.api.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "session-settle-errors",
        description: "A failed job of a session could not be recorded, so that its queue stands still.",
        metric: sessions.settle.metricErrors({ period }),
      },
      {
        name: "first-signal-errors",
        description: "The function of first signals fails; callers get 5xx. See the first-signal function's log.",
        metric: firstSignal.handler.metricErrors({ period }),
        threshold: 5,
      },
      {
        name: "sync-failures",
        description: "Many syncs fail at once, so it is hardly their documents. See the failed executions.",
        metric: machines["dependency.sync"].metricFailed({ period: Duration.minutes(15) }),
        threshold: manyFailedExecutions,
      },
      {
        name: "sync-throttles",
        description:
          "Step Functions throttles executions: lower FOREWARN_MAX_UNFINISHED_SYNCS or ask for a higher quota.",
        metric: machines["dependency.sync"].metricThrottled({ period }),
      },
      {
        name: "provider-sync-failures",
        description:
          "A provider surface, which no tenant looks after, could not be synced or its subscribers not be told: see the failed executions, then sync it again.",
        metric: machines["provider.sync"].metricFailed({ period: Duration.minutes(15) }),
      },
    ];
    for (const definition of definitions) this.addAlarm(config, definition);
    if (config.scheduleEnabled) this.addMissedRunAlarm(config, schedule);
  }

  private addAlarm(config: Config, { name, description, metric, threshold = 1 }: AlarmDefinition): void {
    new Alarm(this, name, {
      alarmName: resourceName(config, name),
      alarmDescription: description,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  /** Silence is the failure here: no run at all for three times the interval. */
  private addMissedRunAlarm(config: Config, schedule: OrchestratorSchedule): void {
    new Alarm(this, "orchestrate-missed", {
      alarmName: resourceName(config, "orchestrate-missed"),
      alarmDescription: "The orchestrator did not run for three intervals. See the schedule and its dead letters.",
      metric: schedule.orchestrate.metricInvocations({ period: Duration.minutes(config.scheduleEveryMinutes) }),
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  private createTopic(config: Config): Topic {
    const topic = new Topic(this, "Topic", { topicName: resourceName(config, "alarms"), enforceSSL: true });
    // The TLS rule replaces SNS's default policy, which is what lets alarms of the account publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    if (config.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(config.alarmEmail));
    return topic;
  }
}
