import { Duration } from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { deadLettersEnv } from "../../lambdas/runtime/env.ts";
import type { Config } from "../config.ts";
import type { Checks } from "./checks.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Embeddings } from "./embeddings.ts";
import type { HttpApi } from "./http-api.ts";
import type { OrchestratorSchedule } from "./schedule.ts";
import { TypedFunction } from "./typed-function.ts";

export type DeadLettersApiProps = {
  config: Config;
  api: HttpApi;
  checks: Checks;
  deliveries: Deliveries;
  schedule: OrchestratorSchedule;
  embeddings: Embeddings;
};

/** Looks at every dead-letter queue of the stack and sends letters back; for operators alone. */
export class DeadLettersApi extends Construct {
  readonly handler: TypedFunction;

  constructor(scope: Construct, id: string, props: DeadLettersApiProps) {
    const { config, api, checks, deliveries, schedule, embeddings } = props;
    super(scope, id);
    this.handler = new TypedFunction(this, "Handler", {
      config,
      name: "api-dead-letters",
      description: "Lists dead letters and sends them back",
      entry: "lambdas/api/dead-letters-handler.ts",
      env: deadLettersEnv,
      environment: {
        CHECKS_DEAD_LETTERS_URL: checks.deadLetters.queueUrl,
        DELIVERIES_DEAD_LETTERS_URL: deliveries.deadLetters.queueUrl,
        SCHEDULE_DEAD_LETTERS_URL: schedule.deadLetters.queueUrl,
        EMBEDS_DEAD_LETTERS_URL: embeddings.deadLetters.queueUrl,
        CHECKS_QUEUE_URL: checks.queue.queueUrl,
        DELIVERIES_QUEUE_URL: deliveries.queue.queueUrl,
        EMBED_QUEUE_URL: embeddings.queue.queueUrl,
        ORCHESTRATE_FUNCTION_NAME: schedule.orchestrate.functionName,
      },
      memoryMib: 512,
      timeout: Duration.seconds(29), // API Gateway gives up after 30 s
    });
    for (const { queueArn } of [checks, deliveries, schedule, embeddings].map((one) => one.deadLetters)) {
      this.handler.addToRolePolicy(
        new PolicyStatement({
          actions: ["sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage"],
          resources: [queueArn],
        }),
      );
    }
    checks.allowSending(this.handler);
    deliveries.allowSending(this.handler);
    embeddings.allowSending(this.handler);
    this.handler.addToRolePolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [schedule.orchestrate.functionArn] }),
    );
    const integration = new HttpLambdaIntegration("Integration", this.handler);
    for (const path of ["/api/operator/dead-letters", "/api/operator/dead-letters/redrive"]) {
      api.api.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer: api.routeAuthorizer });
    }
  }
}
