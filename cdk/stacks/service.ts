import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import { type Config, isProduction } from "../config.ts";
import { Alarms } from "../constructs/alarms.ts";
import { Checks } from "../constructs/checks.ts";
import { DeadLettersApi } from "../constructs/dead-letters-api.ts";
import { Deliveries } from "../constructs/deliveries.ts";
import { Embeddings } from "../constructs/embeddings.ts";
import { FirstSignal } from "../constructs/first-signal.ts";
import { HttpApi } from "../constructs/http-api.ts";
import { OrchestratorSchedule } from "../constructs/schedule.ts";
import { Search } from "../constructs/search.ts";
import { Sessions } from "../constructs/sessions.ts";
import { SyncWorkflow } from "../constructs/sync-workflow.ts";
import type { DataStack } from "./data.ts";

/** Everything that runs. It holds no data: it can be destroyed and deployed anew around the data stack. */
export class ServiceStack extends Stack {
  readonly deliveries: Deliveries;
  readonly embeddings: Embeddings;
  readonly workflow: SyncWorkflow;
  readonly sessions: Sessions;
  readonly search: Search;
  readonly api: HttpApi;
  readonly checks: Checks;
  readonly schedule: OrchestratorSchedule;
  readonly deadLetters: DeadLettersApi;
  readonly firstSignal: FirstSignal;
  readonly alarms: Alarms;

  constructor(app: App, id: string, config: Config, data: DataStack) {
    super(app, id, {
      description: `Forewarn ${config.stage}: API, sync workflow, checks, deliveries, schedule, alarms`,
      terminationProtection: isProduction(config),
    });
    this.deliveries = new Deliveries(this, "Deliveries", { config, data });
    this.embeddings = new Embeddings(this, "Embeddings", { config, data });
    this.workflow = new SyncWorkflow(this, "SyncWorkflow", {
      config,
      data,
      deliveries: this.deliveries,
      embeddings: this.embeddings,
    });
    this.sessions = new Sessions(this, "Sessions", { config, data });
    this.search = new Search(this, "Search", { config, data, embeddings: this.embeddings });
    this.api = new HttpApi(this, "HttpApi", {
      config,
      data,
      workflow: this.workflow,
      deliveries: this.deliveries,
      sessions: this.sessions,
      embeddings: this.embeddings,
      search: this.search,
    });
    this.checks = new Checks(this, "Checks", { config, data, workflow: this.workflow });
    this.schedule = new OrchestratorSchedule(this, "Schedule", {
      config,
      data,
      workflow: this.workflow,
      checks: this.checks,
      deliveries: this.deliveries,
      sessions: this.sessions,
      embeddings: this.embeddings,
    });
    this.deadLetters = new DeadLettersApi(this, "DeadLettersApi", {
      config,
      api: this.api,
      checks: this.checks,
      deliveries: this.deliveries,
      schedule: this.schedule,
      embeddings: this.embeddings,
    });
    this.firstSignal = new FirstSignal(this, "FirstSignal", { config, data, api: this.api });
    this.alarms = new Alarms(this, "Alarms", {
      config,
      api: this.api,
      workflow: this.workflow,
      deliveries: this.deliveries,
      checks: this.checks,
      schedule: this.schedule,
      sessions: this.sessions,
      firstSignal: this.firstSignal,
      embeddings: this.embeddings,
      search: this.search,
    });

    this.output("ApiId", this.api.api.apiId);
    this.output("ApiUrl", this.api.api.apiEndpoint);
    this.output("TableName", data.table.tableName);
    this.output("BucketName", data.bodies.bucketName);
    this.output("AdminKeySecretArn", data.adminKey.secretArn);
    this.output("DependencySyncArn", this.workflow.machines["dependency.sync"].stateMachineArn);
    this.output("ProviderSyncArn", this.workflow.machines["provider.sync"].stateMachineArn);
  }

  private output(name: string, value: string): void {
    new CfnOutput(this, name, { value });
  }
}
