import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { embedderEnv, embedEnv } from "../../lambdas/runtime/env.ts";
import { type Config, resourceName } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable } from "./access.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import { embeddingEnvironment } from "./environment.ts";
import { explainWildcard } from "./nag-reasons.ts";
import { TypedFunction } from "./typed-function.ts";

/** Lambda's longest; a job that needs more is handed over to the next worker. */
const longestTimeout = Duration.minutes(15);
/** What the embedder needs beyond a call's time to answer that it was too long. */
const answerSeconds = 10;
/** Crashes of the worker that one message survives; failed attempts are counted on the job. */
const maxReceives = 5;

export type EmbeddingsProps = { config: Config; data: DataStack };

/** Embed jobs on a queue, the worker that does them, and the function that holds the model. */
export class Embeddings extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly embed: TypedFunction;
  readonly embedder: TypedFunction;

  constructor(scope: Construct, id: string, { config, data }: EmbeddingsProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, "DeadLetters", resourceName(config, "embeds-dead-letters"));
    this.queue = new Queue(this, "Queue", {
      queueName: resourceName(config, "embeds"),
      enforceSSL: true,
      // What AWS asks for: six times the function's timeout. The orchestrator misses a dead worker long before.
      visibilityTimeout: Duration.seconds(longestTimeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    this.embedder = this.createEmbedder(config);
    this.embed = new TypedFunction(this, "Embed", {
      config,
      name: "embed",
      description: "Embeds the operations of new snapshots and brings the search index up to date",
      entry: "lambdas/embeddings/embed.ts",
      env: embedEnv,
      environment: {
        TABLE_NAME: data.table.tableName,
        BUCKET_NAME: data.bodies.bucketName,
        EMBED_QUEUE_URL: this.queue.queueUrl,
        ...embeddingEnvironment(config),
        EMBEDDER_FUNCTION: this.embedder.functionName,
        EMBED_TIMEOUT_MS: String(config.embedTimeoutSeconds * 1000),
        EMBED_LEASE_DURATION_MS: String(config.embedLeaseSeconds * 1000),
        EMBED_BATCH_SIZE: String(config.embedBatchSize),
      },
      memoryMib: 1024, // a model and the indexes that are merged
      timeout: longestTimeout,
    });
    this.embed.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: config.embedWorkers,
        maxConcurrency: config.maxEmbedWorkers,
        reportBatchItemFailures: true,
      }),
    );
    allowTable(this.embed, data.table, {
      items: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
      indexes: ["GSI1"], // who follows a surface
    });
    // A model of an older release is made anew from its body.
    allowBodies(this.embed, data.bodies, {
      read: ["models", "bodies", "vectors", "indexes"],
      write: ["vectors", "indexes"],
    });
    this.allowSending(this.embed); // a try again is a message with a delay
    this.allowEmbedding(this.embed);
  }

  private createEmbedder(config: Config): TypedFunction {
    const embedder = new TypedFunction(this, "Embedder", {
      config,
      name: "embedder",
      description: "Makes vectors of texts, with the model that it carries or by asking a provider",
      entry: "lambdas/embeddings/embedder.ts",
      env: embedderEnv,
      environment: {
        EMBEDDING_BASE_URL: config.embeddingBaseUrl ?? "",
        EMBEDDING_KEY_SECRET: config.embeddingKeySecret ?? "",
      },
      memoryMib: 1769, // one processor, from which on the model answers in milliseconds; somebody who searches waits
      timeout: Duration.seconds(Math.min(config.embedTimeoutSeconds + answerSeconds, longestTimeout.toSeconds())),
    });
    const allow = (action: string, resource: string) =>
      embedder.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    const { embeddingProvider, embeddingModel, embeddingKeySecret } = config;
    const stack = Stack.of(this);
    if (embeddingProvider === "bedrock")
      allow(
        "bedrock:InvokeModel",
        stack.formatArn({
          service: "bedrock",
          account: "",
          resource: "foundation-model",
          resourceName: embeddingModel ?? "",
        }),
      );
    if (embeddingKeySecret !== undefined) {
      const resourceName = `${embeddingKeySecret}-??????`;
      const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
      allow(
        "secretsmanager:GetSecretValue",
        stack.formatArn({ service: "secretsmanager", resource: "secret", resourceName, arnFormat }),
      );
      explainWildcard(
        embedder.ownRole,
        `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${resourceName}`,
        "Secrets Manager ends each secret's name with six characters of its own",
      );
    }
    return embedder;
  }

  /** Lets `lambda` ask for embed jobs. */
  allowSending(lambda: TypedFunction): void {
    lambda.addToRolePolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }));
  }

  /** Lets `lambda` have vectors made. */
  allowEmbedding(lambda: TypedFunction): void {
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [this.embedder.functionArn] }),
    );
  }
}
