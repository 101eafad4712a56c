import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type * as z from "zod";
import { bundledCode } from "../bundling/bundled-code.ts";
import type { FunctionEntry } from "../bundling/function-entries.ts";
import { type Config, resourceName } from "../config.ts";
import { explainWildcard } from "./nag-reasons.ts";

export type TypedFunctionProps<Env extends z.ZodObject> = {
  config: Config;
  /** Last part of the function's name: `fetch` becomes `forewarn-dev-fetch`. */
  name: string;
  description: string;
  entry: FunctionEntry;
  /** What the handler parses its environment with. A missing or misspelt variable does not compile. */
  env: Env;
  environment: Record<keyof z.input<Env>, string>;
  memoryMib: number;
  timeout: Duration;
  /** `PASS_THROUGH`: traced where the caller is, at no trace of its own. @default ACTIVE */
  tracing?: Tracing;
  /** Instances at once, which no other function may use. @default it shares the account's */
  reservedInstances?: number | undefined;
};

/** A Lambda function whose environment is typed by its handler's schema, with a role and a log group of its own. */
export class TypedFunction<Env extends z.ZodObject = z.ZodObject> extends LambdaFunction {
  /** What the handler parses its environment with. */
  readonly environmentSchema: Env;
  /** The role that only this function has. */
  readonly ownRole: Role;

  constructor(scope: Construct, id: string, props: TypedFunctionProps<Env>) {
    const { config } = props;
    const functionName = resourceName(config, props.name);
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: config.logRetentionDays,
      // Also in production: what must be kept is in the table, and a kept group would block the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName,
      description: props.description,
      code: bundledCode(props.entry, config),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: config.functionPlatform.endsWith("x64") ? Architecture.X86_64 : Architecture.ARM_64,
      memorySize: props.memoryMib,
      timeout: props.timeout,
      ...(props.reservedInstances === undefined ? {} : { reservedConcurrentExecutions: props.reservedInstances }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: props.tracing ?? Tracing.ACTIVE,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: "Forewarn",
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        ...(config.awsEndpointUrl === undefined
          ? {}
          : { AWS_ENDPOINT_URL: config.awsEndpointUrl, AWS_ENDPOINT_URL_S3: config.awsEndpointUrl }),
      },
    });
    this.environmentSchema = props.env;
    this.ownRole = role;
    explainWildcard(role, "*", "X-Ray's actions have no resources");
  }
}
