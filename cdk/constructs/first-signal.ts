import { Duration } from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { firstSignalEnv } from "../../lambdas/runtime/env.ts";
import type { Config } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowTable } from "./access.ts";
import { firstSignalEnvironment } from "./environment.ts";
import type { HttpApi } from "./http-api.ts";
import { TypedFunction } from "./typed-function.ts";

export type FirstSignalProps = { config: Config; data: DataStack; api: HttpApi };

/** First signals of runs. */
export class FirstSignal extends Construct {
  readonly handler: TypedFunction;

  constructor(scope: Construct, id: string, { config, data, api }: FirstSignalProps) {
    super(scope, id);
    this.handler = new TypedFunction(this, "Handler", {
      config,
      name: "first-signal",
      description: "Tells the first signal of a run",
      entry: "lambdas/first-signal/api.ts",
      env: firstSignalEnv,
      environment: firstSignalEnvironment(config, data),
      memoryMib: 512,
      timeout: Duration.seconds(29),
    });
    const isRemembered = config.firstSignalCacheBackend === "table";
    // Pauses, which a queued sync may wait for, are a list.
    allowTable(this.handler, data.table, {
      items: ["GetItem", "Query", ...(isRemembered ? ["PutItem" as const] : [])],
    });
    api.api.addRoutes({
      path: "/api/v1/jobengine/{proxy+}",
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration("Integration", this.handler),
      authorizer: api.routeAuthorizer,
    });
  }
}
