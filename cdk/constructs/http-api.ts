import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  HttpApi as ApiGatewayHttpApi,
  CfnStage,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { apiEnv, authorizerEnv, diffApiEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable } from "./access.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Embeddings } from "./embeddings.ts";
import {
  alertSendersEnvironment,
  orchestratorPolicyEnvironment,
  privateHostsEnvironment,
  storageEnvironment,
  workflowEnvironment,
} from "./environment.ts";
import { explainFinding } from "./nag-reasons.ts";
import type { Search } from "./search.ts";
import type { Sessions } from "./sessions.ts";
import type { SyncWorkflow } from "./sync-workflow.ts";
import { TypedFunction } from "./typed-function.ts";

/** Routes that anyone may call: what the service is, and that it lives. */
const publicPaths = ["/api/openapi.json", "/api/health"] as const;

/** What the sessions' function answers, under both of its bases. */
const sessionPaths = ["", "/api/v1"].flatMap((base) => [
  `${base}/session`,
  ...["session", "discovery", "scrape", "digester", "codegen"].map((root) => `${base}/${root}/{proxy+}`),
]);
const sessionHealthPaths = ["/health", "/api/v1/health"];

export type HttpApiProps = {
  config: Config;
  data: DataStack;
  workflow: SyncWorkflow;
  deliveries: Deliveries;
  sessions: Sessions;
  embeddings: Embeddings;
  search: Search;
};

/** Routes that functions of their own answer. */
const diffPath = "/api/diff";
const searchPath = "/api/search/operations";

/** API Gateway gives up after 30 s. */
const requestTimeout = Duration.seconds(29);

/** Two documents of 25 MiB with their models, and the processor time that comes with it: somebody waits. */
const diffMemoryMib = 3008;

/**
 * The REST API: one function behind an HTTP API, one more for the route that carries the engine, and the authorizer that
 * tells them who calls.
 */
export class HttpApi extends Construct {
  readonly api: ApiGatewayHttpApi;
  readonly handler: TypedFunction;
  readonly diff: TypedFunction;
  readonly authorizer: TypedFunction;
  /** Of routes that are added to `api`. */
  readonly routeAuthorizer: HttpLambdaAuthorizer;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    const { config, data, workflow, deliveries, sessions, embeddings, search } = props;
    super(scope, id);
    this.handler = new TypedFunction(this, "Handler", {
      config,
      name: "api",
      description: "Answers the API's requests",
      entry: "lambdas/api/handler.ts",
      env: apiEnv,
      environment: {
        ...storageEnvironment(config, data),
        ...privateHostsEnvironment(config),
        ...orchestratorPolicyEnvironment(config),
        DEFAULT_CADENCE: config.defaultCadence,
        ...workflowEnvironment(config, workflow),
        ...alertSendersEnvironment(config),
        DELIVERIES_QUEUE_URL: deliveries.queue.queueUrl,
        EMBED_QUEUE_URL: embeddings.queue.queueUrl,
      },
      memoryMib: 512,
      timeout: requestTimeout,
    });
    allowTable(this.handler, data.table, {
      items: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
      indexes: ["GSI1", "GSI2"],
    });
    // A presigned URL has the rights of the function that signed it.
    allowBodies(this.handler, data.bodies, { read: ["bodies", "operations"], write: ["uploads"] });
    workflow.allowStarting(this.handler);
    deliveries.allowSending(this.handler);
    embeddings.allowSending(this.handler);

    this.diff = new TypedFunction(this, "Diff", {
      config,
      name: "api-diff",
      description: "Compares two documents for a request",
      entry: "lambdas/api/diff-handler.ts",
      env: diffApiEnv,
      environment: {
        TABLE_NAME: data.table.tableName,
        BUCKET_NAME: data.bodies.bucketName,
        ...privateHostsEnvironment(config),
      },
      memoryMib: diffMemoryMib,
      timeout: requestTimeout,
    });
    allowTable(this.diff, data.table, { items: ["GetItem"] });
    // A model of an older release is made anew from its body.
    allowBodies(this.diff, data.bodies, { read: ["models", "bodies"] });

    this.authorizer = new TypedFunction(this, "Authorizer", {
      config,
      name: "authorizer",
      description: "Tells whose key a request carries",
      entry: "lambdas/api/authorizer.ts",
      env: authorizerEnv,
      environment: { TABLE_NAME: data.table.tableName, ADMIN_KEY_SECRET_ARN: data.adminKey.secretArn },
      memoryMib: 512,
      timeout: Duration.seconds(10),
    });
    allowTable(this.authorizer, data.table, { items: ["GetItem"] });
    this.authorizer.addToRolePolicy(
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [data.adminKey.secretArn] }),
    );

    this.api = new ApiGatewayHttpApi(this, "Api", {
      apiName: resourceName(config, "api"),
      description: `Forewarn ${config.stage}`,
      createDefaultStage: false,
    });
    this.routeAuthorizer = new HttpLambdaAuthorizer("Authorizer", this.authorizer, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      // Without identity source and cache it runs for every request, also for one without a key, and hands over who
      // calls: the function can then answer 401 in the API's own envelope.
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
    });
    const throttled = this.addRoutes(sessions, search);
    const stage = this.addStage(config);
    // A stage that names a route before it exists cannot be created.
    stage.node.addDependency(...throttled);
  }

  /** @returns the routes with a rate of their own */
  private addRoutes(sessions: Sessions, search: Search): HttpRoute[] {
    const integration = new HttpLambdaIntegration("Integration", this.handler);
    const authorizer = this.routeAuthorizer;
    for (const path of ["/api/{proxy+}", "/orchestrator/{proxy+}"])
      this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer });
    const diffRoutes = this.api.addRoutes({
      path: diffPath,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration("DiffIntegration", this.diff),
      authorizer,
    });
    const searchRoutes = this.api.addRoutes({
      path: searchPath,
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration("SearchIntegration", search.handler),
      authorizer,
    });
    const sessionIntegration = new HttpLambdaIntegration("SessionIntegration", sessions.api);
    for (const path of sessionPaths)
      this.api.addRoutes({ path, methods: [HttpMethod.ANY], integration: sessionIntegration, authorizer });
    for (const path of [...publicPaths, ...sessionHealthPaths]) {
      const routes = this.api.addRoutes({
        path,
        methods: [HttpMethod.GET],
        integration: sessionHealthPaths.includes(path) ? sessionIntegration : integration,
        authorizer: new HttpNoneAuthorizer(),
      });
      for (const route of routes) {
        explainFinding(route, "APIG4", "Public: describes the service, and holds no data");
      }
    }
    return [...diffRoutes, ...searchRoutes];
  }

  private addStage(config: Config): HttpStage {
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: config.apiRequestsPerSecond, burstLimit: config.apiRequestsPerSecond * 2 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, "AccessLogs", {
            logGroupName: `/aws/vendedlogs/apis/${resourceName(config, "api")}`,
            retention: config.logRetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
      },
    });
    // CDK's stage knows the default route's throttle only. One of these costs what a thousand other requests do.
    if (stage.node.defaultChild instanceof CfnStage) {
      stage.node.defaultChild.routeSettings = {
        [`POST ${diffPath}`]: {
          ThrottlingRateLimit: config.diffsPerSecond,
          ThrottlingBurstLimit: config.diffsPerSecond * 2,
        },
        [`GET ${searchPath}`]: {
          ThrottlingRateLimit: config.searchesPerSecond,
          ThrottlingBurstLimit: config.searchesPerSecond * 2,
        },
      };
    }
    return stage;
  }
}
